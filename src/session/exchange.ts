/** Exchanges a source's keys for a session at STS: GetSessionToken with a code, or AssumeRole. */
import type { Code, CodeRequest } from './codes.ts';
import { DEFAULT_SESSION_SECONDS, LONGEST_SESSION_SECONDS } from '../aws/duration.ts';
import { Failure } from '../problems/problem.ts';
import type { CallContext } from '../problems/faults.ts';
import type { Session } from '../credentials/keys.ts';
import { devicesOfKeys, serialOf } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { judgeSerial } from '../aws/mfa-device.ts';
import { connectionOf, noteSkew, withProblems } from './aws-call.ts';
import { durationOf } from './length.ts';
import type { ExchangeTerms } from './context.ts';
import { assumeRole, prepareRole } from './role.ts';
import type { RoleExchange } from './role.ts';
import type { RunContext } from './context.ts';
import type { Wish } from './context.ts';
import { longTermKeys } from './source-keys.ts';
import type { SigningKeys, Sts } from '../world.ts';
import { words } from './words.ts';

/** An exchange that has been checked as far as it can be without asking anybody. */
export type Exchange = SessionTokenExchange | RoleExchange;

interface SessionTokenExchange extends ExchangeTerms {
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
    context.settings.session.serialNumber ??
    serialOf(profile) ??
    wish.borrowedSerial ??
    devicesOfKeys(files, profile)[0];
  if (!serialNumber) throw new Failure({ kind: 'no-device', profile: profile.name });
  const verdict = judgeSerial(serialNumber);
  if (verdict.kind === 'bad') {
    throw new Failure({
      kind: 'bad-setting',
      profile: profile.name,
      setting: 'mfa_serial',
      reason: verdict.reason,
      hint: words.findDevice(profile.name),
    });
  }
  return {
    kind: 'session-token',
    profile,
    keys,
    serialNumber,
    device: serialNumber,
    durationSeconds: durationOf(profile, wish, context, {
      usual: DEFAULT_SESSION_SECONDS,
      longest: LONGEST_SESSION_SECONDS,
    }),
    connection: connectionOf(profile, files, serialNumber, context),
  };
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
  reporter.warn(words.shortSession(profile.name, given, durationSeconds));
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
    context.reporter.warn(words.doubtfulSerial(serialNumber, verdict.reason, verdict.suggestion));
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
