/** Exchanges a source's keys for a session at STS: GetSessionToken with a code, or AssumeRole. */
import { DEFAULT_SESSION_SECONDS, LONGEST_SESSION_SECONDS } from '../aws/duration.ts';
import { Failure } from '../problems/problem.ts';
import type { CallContext } from '../problems/faults.ts';
import type { Session } from '../credentials/keys.ts';
import { devicesOfKeys, serialOf } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { connectionOf, oddLengthsOf } from './aws-call.ts';
import { withLines } from './bad-setting.ts';
import { checkMinTtl, durationOf } from './length.ts';
import type { CodeRequest } from './codes.ts';
import type { ExchangeTerms, RunContext, Wish } from './context.ts';
import { assumeRole, prepareRole } from './role.ts';
import type { RoleExchange } from './role.ts';
import { longTermKeys } from './source-keys.ts';
import { callWithCode, checkSerial, commandOf, promptOf } from './with-code.ts';
import type { SigningKeys } from '../world.ts';
import { words } from './words.ts';

/** An exchange that has been checked as far as it can be without asking anybody. */
export type Exchange = SessionTokenExchange | RoleExchange;

/** For what a code is needed; undefined if none is. */
export function requestOf(exchange: Exchange): CodeRequest | undefined {
  if (exchange.kind === 'session-token') return exchange.request;
  return exchange.signer.kind === 'code' ? exchange.signer.request : undefined;
}

interface SessionTokenExchange extends ExchangeTerms {
  readonly kind: 'session-token';
  readonly keys: SigningKeys;
  readonly request: CodeRequest;
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
  const exchange: Exchange = await withLines<Exchange>(files, () =>
    profile.settings.get('role_arn')
      ? prepareRole(profile, files, wish, context)
      : prepareSessionToken(profile, files, wish, context),
  );
  checkMinTtl(exchange, wish, context);
  return exchange;
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
  checkSerial(profile, serialNumber);
  return {
    kind: 'session-token',
    profile,
    keys,
    request: {
      session: profile.name,
      serialNumber,
      prompt: promptOf([profile]),
      ...commandOf([profile], files),
    },
    device: serialNumber,
    durationSeconds: durationOf(profile, wish, context, {
      usual: DEFAULT_SESSION_SECONDS,
      longest: LONGEST_SESSION_SECONDS,
    }),
    connection: connectionOf(profile, files, serialNumber, context),
  };
}

/** Carries an exchange out. @throws Failure */
export async function performExchange(
  exchange: Exchange,
  wish: Wish,
  context: RunContext,
): Promise<Session> {
  const session =
    exchange.kind === 'role'
      ? await assumeRole(exchange, context)
      : await getSessionToken(exchange, context);
  noteShortSession(exchange, session, wish, context);
  return session;
}

/** Root users get an hour, whatever they ask for (broamski/aws-mfa#64). */
function noteShortSession(
  { profile, durationSeconds }: Exchange,
  { expiration }: Session,
  wish: Wish,
  { settings, world, reporter }: RunContext,
): void {
  const given = Math.round((expiration - world.now()) / 60_000) * 60;
  const { minTtlSeconds } = settings.session;
  const isShort = given <= durationSeconds * 0.75;
  const isTooShort = wish.path.length === 0 && given < minTtlSeconds;
  if (!isShort && !isTooShort) return;
  reporter.warn(
    isTooShort
      ? words.tooShortSession(profile.name, given, durationSeconds, minTtlSeconds)
      : words.shortSession(profile.name, given, durationSeconds),
  );
}

async function getSessionToken(
  exchange: SessionTokenExchange,
  context: RunContext,
): Promise<Session> {
  const { profile, connection, keys, request, durationSeconds } = exchange;
  const { serialNumber } = request;
  const call: CallContext = {
    action: 'GetSessionToken',
    profile: profile.name,
    region: connection.region,
    serialNumber,
    durationSeconds,
    codeSent: true,
    oddLengths: oddLengthsOf(keys),
  };
  return callWithCode(
    {
      ...{ call, request, connection, keys },
      send: (sts, tokenCode) => sts.getSessionToken({ serialNumber, durationSeconds, tokenCode }),
    },
    context,
  );
}
