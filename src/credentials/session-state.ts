/** What a section's session is worth at one moment. */
import { readExpiry } from './expiry.ts';
import { readKeys } from './keys.ts';
import type { Session } from './keys.ts';
import type { OriginChange } from './origin.ts';
import type { Values } from '../document/values.ts';

/** `stale`: the profile names another identity now than when the session was got. */
export type SessionState = 'valid' | 'expiring' | 'expired' | 'stale' | 'missing' | 'unknown';

/** What a section holds, seen at one moment. */
export interface SessionView {
  readonly state: SessionState;
  /** Present in the states valid, expiring, expired and stale. */
  readonly session?: Session;
  /** What has changed since a stale session was got. */
  readonly changed?: OriginChange;
}

/**
 * Judges a session section.
 * @param values the section's values, or undefined if the file has no such section
 * @param now milliseconds since the epoch
 * @param minTtlSeconds with less than this left a session is `expiring`
 * @param changeSince what has changed in the profile since the session was got; asked only for a
 *   session that is whole and has not expired
 */
export function viewSession(
  values: Values | undefined,
  now: number,
  minTtlSeconds: number,
  changeSince?: (values: Values) => OriginChange | undefined,
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
  const state = stateOf(expiration, now, minTtlSeconds);
  if (state === 'expired') return { state, session };
  const changed = changeSince?.(values);
  return changed === undefined ? { state, session } : { state: 'stale', session, changed };
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
