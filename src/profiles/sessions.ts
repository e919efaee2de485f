/** What `status` tells of each session: which there are, and the state of each. */
import { readSection, readTogether } from '../document/index.ts';
import type { Document } from '../document/index.ts';
import { expiryText } from '../credentials/expiry.ts';
import { sourceOfSessionName } from './names.ts';
import { viewSession } from '../credentials/session-state.ts';
import { changeSince } from './origin.ts';
import { holdsSession } from '../credentials/keys.ts';
import { devicesOf, listSources, readProfile, resolveSource } from './profiles.ts';
import type { AwsFiles, Profile } from './profiles.ts';
import { MANAGER } from './session-keys.ts';
import { makeRow } from './session-row.ts';
import type { SessionPlace, StatusRow } from './session-row.ts';

/** Where the session of a profile is kept. */
export function placeOf(source: Profile): SessionPlace {
  return { profile: source.name, sessionProfile: source.sessionName, source };
}

/** The place of the session that `name` means, be it a source's name or a session's. */
export function findPlace(
  files: AwsFiles,
  name: string,
  sessionProfile?: string,
): SessionPlace | undefined {
  const source = resolveSource(files, name);
  if (isSession(files.credentials, name) && source === name) {
    // A session whose source is not known, or is kept by another tool under a name of its own.
    const owner = sourceOfSessionName(name) ?? name;
    return {
      profile: owner,
      sessionProfile: sessionProfile ?? name,
      source: readProfile(files, owner),
    };
  }
  const profile = readProfile(files, source);
  if (!profile) return undefined;
  const place = placeOf(profile);
  return sessionProfile === undefined ? place : { ...place, sessionProfile };
}

function isSession(credentials: Document, name: string): boolean {
  const values = readSection(credentials, name);
  return values !== undefined && holdsSession(values);
}

/** Every source and role whose device is known, then every other section that holds a session. */
export function listPlaces(files: AwsFiles): SessionPlace[] {
  const places = new Map<string, SessionPlace>();
  for (const profile of listSources(files)) {
    if (devicesOf(files, profile).length > 0) places.set(profile.sessionName, placeOf(profile));
  }
  files.credentials.byName.forEach((sections, name) => {
    if (places.has(name)) return;
    const values = readTogether(files.credentials, sections);
    if (!values || !holdsSession(values)) return;
    const place = findPlace(files, name);
    if (place) places.set(name, place);
  });
  return [...places.values()];
}

/** When, and in which environment, a session is looked at. */
export interface Viewpoint {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly minTtlSeconds: number;
  /** The device that the caller names instead of the profile's. */
  readonly serialNumber?: string | undefined;
  /** The access key ID in the caller's environment. */
  readonly heldKeyId?: string | undefined;
}

export function describeSession(
  files: AwsFiles,
  place: SessionPlace,
  { now, minTtlSeconds, serialNumber, heldKeyId }: Viewpoint,
): StatusRow {
  const values = readSection(files.credentials, place.sessionProfile);
  const { source } = place;
  const { state, session } = viewSession(values, now, minTtlSeconds, (held) => {
    return source && changeSince(held, files, source, serialNumber);
  });
  const seen = {
    state,
    expiration: session?.expiration,
    doubtfulExpiry: state === 'unknown' && values ? expiryText(values) : undefined,
    managed: values?.get('manager') === MANAGER,
    isHeld: heldKeyId !== undefined && session?.accessKeyId === heldKeyId,
  };
  return makeRow(place, seen, now);
}
