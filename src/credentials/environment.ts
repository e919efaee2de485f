/** The variables that hand a session to a program, and those that would contradict them there. */
import { formatExpiry } from './expiry.ts';
import type { Session } from './keys.ts';

export interface EnvironmentChange {
  /** Secrets in the clear: this goes to a shell or a child, and to nobody else. */
  readonly set: ReadonlyMap<string, string>;
  readonly unset: readonly string[];
}

const CREDENTIALS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
];
const REGIONS = ['AWS_REGION', 'AWS_DEFAULT_REGION'];
const ACCOUNT = 'AWS_ACCOUNT_ID';

// The SDKs for JavaScript and Go let a profile's name win over keys in the environment, and
// botocore reads the old name of the session token first.
const CONTRADICTIONS = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SECURITY_TOKEN'];

/** Where a session is at home. */
export interface SessionHome {
  readonly region: string | undefined;
  readonly accountId: string | undefined;
}

/**
 * What makes a session the one that programs use. If no region is given the caller's own stays;
 * another account's number would contradict the session, and is removed.
 */
export function enterSession(
  session: Session,
  { region, accountId }: SessionHome,
): EnvironmentChange {
  const values = [
    session.accessKeyId,
    session.secretAccessKey.reveal(),
    session.sessionToken.reveal(),
    formatExpiry(session.expiration),
  ];
  const set = new Map(CREDENTIALS.map((name, index) => [name, values[index]!]));
  if (region) for (const name of REGIONS) set.set(name, region);
  if (!accountId) return { set, unset: [...CONTRADICTIONS, ACCOUNT] };
  set.set(ACCOUNT, accountId);
  return { set, unset: CONTRADICTIONS };
}

/** What removes a session from a shell. */
export function leaveSession(withRegion: boolean): EnvironmentChange {
  const unset = [...CREDENTIALS, ACCOUNT, ...(withRegion ? REGIONS : [])];
  return { set: new Map(), unset };
}

/** A whole environment with the change made. Windows takes names without regard to case. */
export function changeEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { set, unset }: EnvironmentChange,
  platform: string,
): Record<string, string> {
  const same = (name: string): string => (platform === 'win32' ? name.toUpperCase() : name);
  const gone = new Set([...set.keys(), ...unset]);
  const changed: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !gone.has(same(name))) changed[name] = value;
  }
  return Object.assign(changed, Object.fromEntries(set));
}
