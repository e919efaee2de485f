/** What `status` tells of each session: which there are, and the state of each. */
import { readSection } from './document.ts';
import type { Document } from './document.ts';
import { expiryText, formatExpiry } from './expiry.ts';
import { sourceOfSessionName } from './names.ts';
import { viewSession } from './plan.ts';
import type { SessionState } from './plan.ts';
import { holdsSession } from './keys.ts';
import { listSources, readProfile, resolveSource, serialOf } from './profiles.ts';
import type { AwsFiles, Profile } from './profiles.ts';
import { MANAGER } from './session-keys.ts';

export interface StatusRow {
  readonly profile: string;
  readonly sessionProfile: string;
  readonly state: SessionState;
  /** Milliseconds since the epoch. */
  readonly expiration: number | undefined;
  /** An expiry that cannot be trusted, word for word. */
  readonly doubtfulExpiry: string | undefined;
  /** Zero where the session is over. */
  readonly remainingSeconds: number | undefined;
  readonly managed: boolean;
  /** The length of a whole session of this profile, for the bar. */
  readonly fullSeconds: number | undefined;
}

/** A profile and the section its session is kept in. */
export interface SessionPlace {
  readonly profile: string;
  readonly sessionProfile: string;
  /** The profile's `duration_seconds`, as it stands there. */
  readonly duration?: string | undefined;
}

function placeOf({ name, sessionName, settings }: Profile): SessionPlace {
  return {
    profile: name,
    sessionProfile: sessionName,
    duration: settings.get('duration_seconds'),
  };
}

/** The place of the session that `name` means, be it a source's name or a session's. */
export function findPlace(
  files: AwsFiles,
  name: string,
  sessionProfile?: string,
): SessionPlace | undefined {
  const source = resolveSource(files, name);
  const profile = readProfile(files, source);
  if (isSession(files.credentials, name) && source === name) {
    // A session whose source is not known, or is kept by another tool under a name of its own.
    return { profile: sourceOfSessionName(name) ?? name, sessionProfile: sessionProfile ?? name };
  }
  if (!profile) return undefined;
  const place = placeOf(profile);
  return sessionProfile === undefined ? place : { ...place, sessionProfile };
}

function isSession(credentials: Document, name: string): boolean {
  const values = readSection(credentials, name);
  return values !== undefined && holdsSession(values);
}

/** Every source whose device is known, then every other section that holds a session. */
export function listPlaces(files: AwsFiles): SessionPlace[] {
  const places = new Map<string, SessionPlace>();
  for (const profile of listSources(files)) {
    if (serialOf(profile)) places.set(profile.sessionName, placeOf(profile));
  }
  for (const { name } of files.credentials.sections) {
    if (places.has(name) || !isSession(files.credentials, name)) continue;
    const place = findPlace(files, name);
    if (place) places.set(name, place);
  }
  return [...places.values()];
}

/** @param now milliseconds since the epoch */
export function describeSession(
  files: AwsFiles,
  { profile, sessionProfile, duration }: SessionPlace,
  now: number,
  minTtlSeconds: number,
): StatusRow {
  const values = readSection(files.credentials, sessionProfile);
  const { state, session } = viewSession(values, now, minTtlSeconds);
  const expiration = session?.expiration;
  return {
    profile,
    sessionProfile,
    state,
    expiration,
    doubtfulExpiry: state === 'unknown' && values ? expiryText(values) : undefined,
    remainingSeconds:
      expiration === undefined ? undefined : Math.max(0, Math.floor((expiration - now) / 1000)),
    managed: values?.get('manager') === MANAGER,
    fullSeconds: Number(duration) > 0 ? Number(duration) : undefined,
  };
}

/** The contract's JSON. */
export function statusJson(rows: readonly StatusRow[]): string {
  return `${JSON.stringify({ profiles: rows.map(rowJson) }, null, 2)}\n`;
}

function rowJson(row: StatusRow): Record<string, unknown> {
  return {
    profile: row.profile,
    session_profile: row.sessionProfile,
    state: row.state,
    expiration: row.expiration === undefined ? null : formatExpiry(row.expiration),
    remaining_seconds: row.remainingSeconds ?? null,
    managed: row.managed,
  };
}
