/** The library: a credential provider for the AWS SDK for JavaScript v3, with the same sessions. */
import { randomUUID } from 'node:crypto';
import { realWorld } from './real-world.ts';
import { SESSION_OPTIONS } from './cli/options.ts';
import { namesOrDefault, readSettings } from './cli/settings.ts';
import type { Settings } from './cli/settings.ts';
import { Failure, isFailure } from './problems/problem.ts';
import type { Session } from './credentials/keys.ts';
import { accountOf } from './profiles/account.ts';
import { Secret } from './credentials/secret.ts';
import { readTokenCode } from './aws/mfa-device.ts';
import type { Reporter } from './output/reporter.ts';
import { speakEnglish } from './problems/text.ts';
import { startSessions } from './session/index.ts';
import type { Terminal, World } from './world.ts';

/** What the command line's options of the same names mean; all are optional. */
export interface FromMfaProfileOptions {
  /** The source profile; else `$AWS_PROFILE`, else `default`. */
  readonly profile?: string;
  /** The profile that its session is kept in, instead of `NAME_token`. */
  readonly sessionProfile?: string;
  readonly credentialsFile?: string;
  readonly configFile?: string;
  /** The MFA device, instead of `mfa_serial`. */
  readonly serialNumber?: string;
  /** How long a new session lasts: 900 to 129600 seconds. */
  readonly durationSeconds?: number;
  /** A session with fewer seconds left is renewed; 300 unless given, as the SDK's clients do. */
  readonly minTtlSeconds?: number;
  /** A command line for the shell that prints the MFA code. */
  readonly mfaProcess?: string;
  /** Asked for the code instead of the person at the terminal; again if AWS rejects it. */
  readonly mfaCodeProvider?: (serialNumber: string) => Promise<string>;
  /** False: nobody is ever asked; a session that needs a code is an error. */
  readonly prompt?: boolean;
  /** The region to call STS in. */
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly caBundle?: string;
  /** Called with what the command line would say on stderr. */
  readonly logger?: { info(line: string): void; warn(line: string): void };
}

/** The SDK's `AwsCredentialIdentity`, with all that a session has. */
export interface MfaProfileCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** What STS returned; the SDK's clients ask again five minutes before. */
  readonly expiration: Date;
  /** The account, if the profile names it: by `aws_account_id`, its role's ARN or its device's. */
  readonly accountId?: string;
}

/** Assignable to the SDK's `AwsCredentialIdentityProvider`, of whichever release. */
export type MfaProfileProvider = (
  identityProperties?: Record<string, unknown>,
) => Promise<MfaProfileCredentials>;

/** An expected failure: `message` says what happened, `hint` what to do. No secret is in either. */
export class MfaProfileError extends Error {
  override readonly name = 'MfaProfileError';
  /** Stable, such as `no-code` or `wrong-code`: the `error.code` of `refresh --json`. */
  readonly code: string;
  readonly hint: string | undefined;
  /** What the command line would have ended with. */
  readonly exitCode: number;

  constructor(code: string, message: string, hint: string | undefined, exitCode: number) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

/**
 * A provider of a profile's session: it reuses the one in the credentials file while that is valid,
 * waits if another process is getting it, and otherwise gets it, asking for the MFA code.
 *
 * ```js
 * const client = new S3Client({ credentials: fromMfaProfile({ profile: 'prod' }) });
 * ```
 *
 * The provider rejects with an {@link MfaProfileError}, and with whatever `mfaCodeProvider` throws.
 */
export function fromMfaProfile(options: FromMfaProfileOptions = {}): MfaProfileProvider {
  let underWay: Promise<MfaProfileCredentials> | undefined;
  // Clients of one provider that need it at the same moment wait for one answer.
  return () =>
    (underWay ??= provide(options).finally(() => {
      underWay = undefined;
    }));
}

async function provide(options: FromMfaProfileOptions): Promise<MfaProfileCredentials> {
  const host = realWorld({ debug: false, ownsSignals: false, speak: speakEnglish });
  try {
    const settings = readOptions(options, host);
    const name = namesOrDefault(settings, host.env)[0]!;
    const world = withCodeProvider(host, options, name);
    const sessions = startSessions(settings, world, makeReporter(options));
    try {
      const { profile, session } = await sessions.ensureForNow(name);
      return credentialsOf(session, accountOf(profile.settings));
    } finally {
      sessions.close();
    }
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { explain } = await import('./output/explain.ts');
    const { message, hint, exitCode } = explain(error.problem);
    throw new MfaProfileError(error.problem.kind, message, hint, exitCode);
  }
}

function credentialsOf(session: Session, accountId: string | undefined): MfaProfileCredentials {
  return {
    accessKeyId: session.accessKeyId,
    secretAccessKey: session.secretAccessKey.reveal(),
    sessionToken: session.sessionToken.reveal(),
    expiration: new Date(session.expiration),
    ...(accountId === undefined ? {} : { accountId }),
  };
}

/** The options as a command line, so that they are checked where its are. @throws Failure usage */
function readOptions(options: FromMfaProfileOptions, host: World): Settings {
  const { durationSeconds, minTtlSeconds } = options;
  const given = {
    profile: options.profile,
    'session-profile': options.sessionProfile,
    'credentials-file': options.credentialsFile,
    'config-file': options.configFile,
    'serial-number': options.serialNumber,
    'duration-seconds': durationSeconds === undefined ? undefined : String(durationSeconds),
    'min-ttl': minTtlSeconds === undefined ? undefined : String(minTtlSeconds),
    'mfa-process': options.mfaProcess,
    'no-prompt': options.prompt === false ? (true as const) : undefined,
    region: options.region,
    'endpoint-url': options.endpointUrl,
    'ca-bundle': options.caBundle,
  };
  const words = new Map<string, string | true>();
  for (const [name, value] of Object.entries(given))
    if (value !== undefined) words.set(name, value);
  const line = { command: 'library', names: [], rest: undefined, options: words };
  const settings = readSettings<never>(line, { options: SESSION_OPTIONS }, host);
  if (!options.mfaCodeProvider) return settings;
  // The function stands for the person, wherever the profile would have that one asked.
  return { ...settings, session: { ...settings.session, prompt: 'terminal' } };
}

function makeReporter({ logger }: FromMfaProfileOptions): Reporter {
  const ignore = (): void => undefined;
  return {
    say: (line) => logger?.info(speakEnglish(line)),
    warn: (line) => logger?.warn(speakEnglish(line)),
    debug: ignore,
    fault: ignore,
    problem: () => Promise.reject(new Error('the library throws its problems')),
  };
}

/** All functions of one program ask the same person. */
const CODE_PROVIDERS = randomUUID();

/** Asks the caller's function instead of the person at the terminal. */
function withCodeProvider(
  world: World,
  { mfaCodeProvider }: FromMfaProfileOptions,
  profile: string,
): World {
  if (!mfaCodeProvider) return world;
  const given = new Set<string>();
  const terminal: Pick<Terminal, 'askCode' | 'say' | 'close'> = {
    askCode: async (_message, serialNumber) => {
      const code = readTokenCode(await mfaCodeProvider(serialNumber));
      if (code === undefined) {
        throw new Failure({ kind: 'usage', message: 'mfaCodeProvider did not give six digits' });
      }
      // A person would be told to wait for the next one; a function might give it forever.
      if (given.has(code)) throw new Failure({ kind: 'wrong-code', profile });
      given.add(code);
      return new Secret(code);
    },
    say: () => undefined,
    close: () => undefined,
  };
  return {
    ...world,
    terminal: () => Promise.resolve(terminal as Terminal),
    askingPlace: () => Promise.resolve(CODE_PROVIDERS),
  };
}
