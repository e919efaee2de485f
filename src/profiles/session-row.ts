/** One session as `status` tells of it: a row of the table, an object of the JSON. */
import { LONGEST_SESSION_SECONDS } from '../aws/duration.ts';
import { formatExpiry } from '../credentials/expiry.ts';
import { nameWithoutSecrets } from '../credentials/known-secrets.ts';
import type { SessionState } from '../credentials/session-state.ts';
import type { Profile } from './profiles.ts';

export interface StatusRow {
  readonly profile: string;
  readonly sessionProfile: string;
  readonly state: SessionState;
  /** Milliseconds since the epoch. */
  readonly expiration: number | undefined;
  /** An expiry that cannot be trusted, word for word. */
  readonly doubtfulExpiry: string | undefined;
  /** Zero if the session has expired. */
  readonly remainingSeconds: number | undefined;
  readonly managed: boolean;
  /** The length of a whole session of this profile, for the bar. */
  readonly fullSeconds: number | undefined;
  /** True for the session whose keys this shell has in its environment. */
  readonly isHeld: boolean;
}

/** A profile and the section its session is kept in. */
export interface SessionPlace {
  readonly profile: string;
  readonly sessionProfile: string;
  /** As the files have it; undefined if the files do not say whose session it is. */
  readonly source?: Profile | undefined;
}

/** What was seen of a session. */
export interface SeenSession {
  readonly state: SessionState;
  /** Milliseconds since the epoch. */
  readonly expiration: number | undefined;
  readonly doubtfulExpiry?: string | undefined;
  readonly managed: boolean;
  readonly isHeld?: boolean;
}

/** @param now milliseconds since the epoch */
export function makeRow(
  { profile, sessionProfile, source }: SessionPlace,
  { state, expiration, doubtfulExpiry, managed, isHeld = false }: SeenSession,
  now: number,
): StatusRow {
  const duration = Number(source?.settings.get('duration_seconds'));
  return {
    profile,
    sessionProfile,
    state,
    expiration,
    doubtfulExpiry,
    remainingSeconds:
      expiration === undefined ? undefined : Math.max(0, Math.floor((expiration - now) / 1000)),
    managed,
    isHeld,
    fullSeconds: duration > 0 ? duration : undefined,
  };
}

/** A clock that differs from AWS's by more is refused by AWS. */
const CLOCK_MARGIN_SECONDS = 300;

/**
 * True for an end that lies further ahead than STS gives sessions for: the file or this machine's
 * clock is wrong, and nobody knows whether it is valid.
 */
export function isBeyondSts({ remainingSeconds = 0 }: StatusRow): boolean {
  return remainingSeconds > LONGEST_SESSION_SECONDS + CLOCK_MARGIN_SECONDS;
}

/** The contract's JSON. */
export function statusJson(rows: readonly StatusRow[]): string {
  return `${JSON.stringify({ profiles: rows.map(rowJson) }, null, 2)}\n`;
}

function rowJson(row: StatusRow): Record<string, unknown> {
  return {
    profile: nameWithoutSecrets(row.profile),
    session_profile: nameWithoutSecrets(row.sessionProfile),
    state: row.state,
    expiration: row.expiration === undefined ? null : formatExpiry(row.expiration),
    remaining_seconds: row.remainingSeconds ?? null,
    managed: row.managed,
    // Left out of the text where it is undefined.
    in_this_shell: row.isHeld || undefined,
  };
}
