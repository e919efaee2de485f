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

// The SDKs for JavaScript and Go let a profile's name win over keys in the environment, and
// botocore reads the old name of the session token first.
const CONTRADICTIONS = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SECURITY_TOKEN'];

/** What makes a session the one that programs use; the region stays as it is where none is given. */
export function enterSession(session: Session, region: string | undefined): EnvironmentChange {
  const values = [
    session.accessKeyId,
    session.secretAccessKey.reveal(),
    session.sessionToken.reveal(),
    formatExpiry(session.expiration),
  ];
  const set = new Map(CREDENTIALS.map((name, index) => [name, values[index]!]));
  if (region) for (const name of REGIONS) set.set(name, region);
  return { set, unset: CONTRADICTIONS };
}

/** What takes a session out of a shell again. */
export function leaveSession(withRegion: boolean): EnvironmentChange {
  return { set: new Map(), unset: withRegion ? [...CREDENTIALS, ...REGIONS] : CREDENTIALS };
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
