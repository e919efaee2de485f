/** What a section's session is worth at one moment. */
import { readExpiry } from './expiry.ts';
import { readKeys } from './keys.ts';
import type { Session } from './keys.ts';
import type { Values } from '../document/values.ts';

export type SessionState = 'valid' | 'expiring' | 'expired' | 'missing' | 'unknown';

/** What a section holds, seen at one moment. */
export interface SessionView {
  readonly state: SessionState;
  /** Present in the states valid, expiring and expired. */
  readonly session?: Session;
}

/**
 * Judges a session section.
 * @param values the section's values, or undefined where the file has no such section
 * @param now milliseconds since the epoch
 * @param minTtlSeconds with less than this left a session is `expiring`
 */
export function viewSession(
  values: Values | undefined,
  now: number,
  minTtlSeconds: number,
): SessionView {
  const keys = values && readKeys(values);
  if (!values || !keys?.sessionToken) return { state: 'missing' };
  const expiration = readExpiry(values);
  // Without a secret nobody can use it; without a certain expiry nobody may trust it.
  if (expiration === undefined || !keys.secretAccessKey) return { state: 'unknown' };
  const session: Session = {
    accessKeyId: keys.accessKeyId,
    secretAccessKey: keys.secretAccessKey,
    sessionToken: keys.sessionToken,
    expiration,
  };
  return { state: stateOf(expiration, now, minTtlSeconds), session };
}

/** The state of a session that is whole. */
export function stateOf(
  expiration: number,
  now: number,
  minTtlSeconds: number,
): 'valid' | 'expiring' | 'expired' {
  const left = expiration - now;
  if (left <= 0) return 'expired';
  return left < minTtlSeconds * 1000 ? 'expiring' : 'valid';
}
