/** Exchanges a source's keys for a session at STS: GetSessionToken with a code, or AssumeRole. */
import { readAwsFiles } from './aws-files.ts';
import type { Code, CodeRequest } from './codes.ts';
import { chooseConnection } from './core/connection.ts';
import type { ConnectionSettings } from './core/connection.ts';
import type { ServiceName } from './core/endpoints.ts';
import {
  DEFAULT_SESSION_SECONDS,
  LONGEST_SESSION_SECONDS,
  SHORTEST_SESSION_SECONDS,
  formatDuration,
  parseDuration,
} from './core/duration.ts';
import { Failure } from './core/errors.ts';
import { explainFault, isAwsFault } from './core/faults.ts';
import type { CallContext } from './core/faults.ts';
import type { Session } from './core/keys.ts';
import { serialOf, serviceSettings } from './core/profiles.ts';
import type { AwsFiles, Profile } from './core/profiles.ts';
import { judgeSerial } from './core/serial.ts';
import type { SessionSettings } from './core/session-options.ts';
import { assumeRole, prepareRole } from './role-exchange.ts';
import type { RoleExchange } from './role-exchange.ts';
import type { Outcome, RunContext, Wish } from './session.ts';
import { longTermKeys } from './source-keys.ts';
import type { CallerIdentity, SigningKeys, Sts, World } from './world.ts';

/** An exchange that has been checked as far as it can be without asking anybody. */
export type Exchange = SessionTokenExchange | RoleExchange;

export interface Common {
  readonly profile: Profile;
  readonly connection: ConnectionSettings;
  readonly durationSeconds: number;
}

interface SessionTokenExchange extends Common {
  readonly kind: 'session-token';
  readonly keys: SigningKeys;
  readonly serialNumber: string;
}

/**
 * Checks all that an exchange for `profile` needs.
 * @throws Failure naming what is missing or wrong
 */
export async function prepareExchange(
  profile: Profile,
  files: AwsFiles,
  wish: Wish,
  context: RunContext,
): Promise<Exchange> {
  return profile.settings.get('role_arn')
    ? prepareRole(profile, files, wish, context)
    : prepareSessionToken(profile, files, wish, context);
}

async function prepareSessionToken(
  profile: Profile,
  files: AwsFiles,
  wish: Wish,
  context: RunContext,
): Promise<SessionTokenExchange> {
  const keys = await longTermKeys(profile, files, context);
  const serialNumber =
    context.settings.session.serialNumber ?? serialOf(profile) ?? wish.borrowedSerial;
  if (!serialNumber) throw new Failure({ kind: 'no-device', profile: profile.name });
  const verdict = judgeSerial(serialNumber);
  if (verdict.kind === 'bad') {
    throw new Failure({
      kind: 'bad-setting',
      profile: profile.name,
      setting: 'mfa_serial',
      reason: verdict.reason,
      hint: `let mfa-profile init ${profile.name} find the device`,
    });
  }
  return {
    kind: 'session-token',
    profile,
    keys,
    serialNumber,
    durationSeconds: durationOf(profile, wish, context, {
      usual: DEFAULT_SESSION_SECONDS,
      longest: LONGEST_SESSION_SECONDS,
    }),
    connection: connectionOf(profile, files, serialNumber, context),
  };
}

/** @throws Failure usage for an option, bad-setting for a setting, that is out of bounds */
export function durationOf(
  profile: Profile,
  wish: Wish,
  { settings }: RunContext,
  { usual, longest }: { usual: number; longest: number },
): number {
  const asked = wish.path.length === 0 ? settings.session.durationSeconds : undefined;
  if (asked !== undefined) {
    if (asked <= longest) return asked;
    throw new Failure({
      kind: 'usage',
      message: `${profile.name} is a role: its sessions last ${longest} seconds (${formatDuration(longest)}) at most`,
    });
  }
  const setting = profile.settings.get('duration_seconds');
  if (!setting) return usual;
  const seconds = /^\d+$/.test(setting) ? parseDuration(setting) : undefined;
  if (seconds === undefined || seconds < SHORTEST_SESSION_SECONDS || seconds > longest) {
    throw new Failure({
      kind: 'bad-setting',
      profile: profile.name,
      setting: 'duration_seconds',
      reason: `it must be a whole number from ${SHORTEST_SESSION_SECONDS} to ${longest}`,
    });
  }
  return seconds;
}

/** How a profile's calls reach a service. @throws Failure bad-setting */
export function connectionOf(
  profile: Profile,
  files: AwsFiles,
  serialNumber: string | undefined,
  { settings, world }: Pick<RunContext, 'settings' | 'world'>,
  service: ServiceName = 'sts',
): ConnectionSettings {
  return chooseConnection({
    profile: profile.name,
    options: settings.connection,
    env: world.env,
    settings: profile.settings,
    service,
    serviceSettings: serviceSettings(profile, files, service),
    serialNumber,
  });
}

/** Carries an exchange out. @throws Failure */
export async function performExchange(exchange: Exchange, context: RunContext): Promise<Session> {
  if (exchange.kind === 'role') return assumeRole(exchange, context);
  const session = await getSessionToken(exchange, context);
  noteShortSession(exchange, session, context);
  return session;
}

/** Root users get an hour, whatever they ask for (broamski/aws-mfa#64). */
function noteShortSession(
  { profile, durationSeconds }: Exchange,
  { expiration }: Session,
  { world, reporter }: RunContext,
): void {
  const given = Math.round((expiration - world.now()) / 60_000) * 60;
  if (given > durationSeconds * 0.75) return;
  reporter.warn(
    `AWS gave ${profile.name} a session of ${formatDuration(given)}, not of the ${formatDuration(durationSeconds)} asked for`,
  );
}

async function getSessionToken(
  exchange: SessionTokenExchange,
  context: RunContext,
): Promise<Session> {
  const { profile, connection, keys, serialNumber, durationSeconds } = exchange;
  const request: CodeRequest = {
    session: profile.name,
    serialNumber,
    mfaProcess: profile.settings.get('mfa_process') || undefined,
  };
  const call: CallContext = {
    action: 'GetSessionToken',
    profile: profile.name,
    region: connection.region,
    serialNumber,
    durationSeconds,
    codeSent: true,
  };
  const verdict = judgeSerial(serialNumber);
  if (verdict.kind === 'doubtful') {
    context.reporter.warn(
      `mfa_serial ${serialNumber}: ${verdict.reason}; you may mean ${verdict.suggestion}`,
    );
  }
  const codes = await context.codes();
  const sts = await context.world.sts(connection, keys);
  // The SDK and the connection get ready while the person types.
  void sts.warmUp();
  try {
    for (;;) {
      const code = await codes.next(request);
      const session = await exchangeCode(sts, exchange, code, call, request, context);
      if (!session) continue;
      noteSkew(sts, context);
      return session;
    }
  } finally {
    sts.close();
  }
}

/** One try with one code; undefined where another code may be tried. */
async function exchangeCode(
  sts: Sts,
  { serialNumber, durationSeconds }: SessionTokenExchange,
  code: Code,
  call: CallContext,
  request: CodeRequest,
  context: RunContext,
): Promise<Session | undefined> {
  const codes = await context.codes();
  try {
    const session = await withProblems(
      call,
      sts.getSessionToken({ serialNumber, durationSeconds, tokenCode: code.value }),
    );
    codes.taken(serialNumber, code);
    return session;
  } catch (error) {
    const wrongCode = error instanceof Failure && error.problem.kind === 'wrong-code';
    if (wrongCode && (await codes.refused(request, code))) return undefined;
    throw error;
  }
}

/** Turns what the adapter throws into a Failure. */
export async function withProblems<T>(call: CallContext, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw isAwsFault(error) ? new Failure(explainFault(error.fault, call)) : error;
  }
}

// Beyond this the times that this program shows and decides by are visibly off.
const SKEW_WORTH_A_WORD_SECONDS = 60;

/** Warns of a clock that is off, by the answer's `Date`. */
export function noteSkew(sts: Sts, { reporter }: RunContext): void {
  const skew = sts.clockSkewSeconds();
  if (skew === undefined || Math.abs(skew) <= SKEW_WORTH_A_WORD_SECONDS) return;
  const direction = skew > 0 ? 'ahead of' : 'behind';
  reporter.warn(
    `this machine's clock is ${formatDuration(Math.abs(skew))} ${direction} AWS's: set it`,
  );
}

/** Asks STS who a session is. @throws Failure */
export async function identify(
  { profile, session }: Outcome,
  settings: SessionSettings,
  world: World,
): Promise<CallerIdentity> {
  const files = await readAwsFiles(settings.files, world);
  return askCaller(profile, files, session, { settings, world });
}

/** Asks STS whose keys these are. @throws Failure */
export async function askCaller(
  profile: Profile,
  files: AwsFiles,
  keys: SigningKeys,
  context: Pick<RunContext, 'settings' | 'world'>,
): Promise<CallerIdentity> {
  const connection = connectionOf(profile, files, serialOf(profile), context);
  const sts = await context.world.sts(connection, keys);
  const call: CallContext = {
    action: 'GetCallerIdentity',
    profile: profile.name,
    region: connection.region,
    codeSent: false,
  };
  try {
    return await withProblems(call, sts.getCallerIdentity());
  } finally {
    sts.close();
  }
}
