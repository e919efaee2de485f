/** Assumes a role with its source's session, or with its source's keys where those need no MFA. */
import {
  DEFAULT_ROLE_SECONDS,
  LONGEST_CHAINED_SECONDS,
  LONGEST_ROLE_SECONDS,
} from '../aws/duration.ts';
import { Failure, isFailure } from '../problems/problem.ts';
import type { CallContext } from '../problems/faults.ts';
import type { Session } from '../credentials/keys.ts';
import { devicesOf, readProfile, resolveSource, serialOf } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { connectionOf, noteSkew, withProblems } from './aws-call.ts';
import { durationOf } from './length.ts';
import type { ExchangeTerms } from './context.ts';
import type { RunContext } from './context.ts';
import type { Wish } from './context.ts';
import { sourceKeys } from './source-keys.ts';
import type { SigningKeys } from '../world.ts';
import type { Said } from '../problems/text.ts';
import { words } from './words.ts';

export interface RoleExchange extends ExchangeTerms {
  readonly kind: 'role';
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly externalId: string | undefined;
  readonly sourceName: string;
  /** The source's session signs the call; its own keys do where no MFA device is known. */
  readonly signer: { wish: Wish } | { keys: SigningKeys };
  /** What was asked for, where AWS gives a role that is assumed from a role less. */
  readonly wantedSeconds: number;
}

/** The forms are those of the STS API reference for AssumeRole. */
const FORMS: Record<string, readonly [form: RegExp, reason: Said]> = {
  role_arn: [/^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, words.noRoleArn],
  role_session_name: [/^[\w+=,.@-]{2,64}$/, words.badRoleSessionName],
  external_id: [/^[\w+=,.@:/-]{2,1224}$/, words.badExternalId],
};

/** @throws Failure naming what is missing or wrong in the role or on the way to it */
export async function prepareRole(
  profile: Profile,
  files: AwsFiles,
  wish: Wish,
  context: RunContext,
): Promise<RoleExchange> {
  const source = findSource(profile, files);
  const path = [...wish.path, profile.name];
  const borrowedSerial = serialOf(profile) ?? wish.borrowedSerial;
  const serialNumber =
    context.settings.session.serialNumber ??
    serialOf(source) ??
    borrowedSerial ??
    devicesOf(files, profile)[0];
  const sourceWish: Wish = { name: source.name, path, force: false, borrowedSerial };
  const chained = Boolean(source.settings.get('role_arn'));
  const needsSession = chained || serialNumber !== undefined;
  if (path.includes(source.name)) {
    throw new Failure({ kind: 'role-loop', profiles: [...path, source.name] });
  }
  if (needsSession) await context.check(sourceWish);
  const signer = needsSession
    ? { wish: sourceWish }
    : { keys: await sourceKeys(source, files, context) };
  const bounds = { usual: DEFAULT_ROLE_SECONDS, longest: LONGEST_ROLE_SECONDS };
  const wantedSeconds = durationOf(profile, wish, context, bounds);
  return {
    kind: 'role',
    profile,
    roleArn: settingOf(profile, 'role_arn')!,
    roleSessionName: settingOf(profile, 'role_session_name') ?? 'mfa-profile',
    externalId: settingOf(profile, 'external_id'),
    sourceName: source.name,
    signer,
    device: serialNumber,
    wantedSeconds,
    durationSeconds: chained ? Math.min(wantedSeconds, LONGEST_CHAINED_SECONDS) : wantedSeconds,
    connection: connectionOf(profile, files, serialNumber, context),
  };
}

function settingOf(profile: Profile, setting: string): string | undefined {
  const value = profile.settings.get(setting);
  if (!value) return undefined;
  const [form, reason] = FORMS[setting]!;
  if (form.test(value)) return value;
  throw new Failure({ kind: 'bad-setting', profile: profile.name, setting, reason });
}

function findSource(profile: Profile, files: AwsFiles): Profile {
  const name = profile.settings.get('source_profile');
  const source = name ? readProfile(files, resolveSource(files, name)) : undefined;
  if (source) return source;
  throw new Failure({
    kind: 'bad-setting',
    profile: profile.name,
    setting: 'source_profile',
    reason: name ? words.noSource(name) : words.sourceMissing,
  });
}

/** @throws Failure */
export async function assumeRole(exchange: RoleExchange, context: RunContext): Promise<Session> {
  const { signer, connection, profile, durationSeconds, wantedSeconds } = exchange;
  const keys = 'keys' in signer ? signer.keys : (await context.ensure(signer.wish)).session;
  if (wantedSeconds > durationSeconds) sayChained(exchange, context);
  const sts = await context.world.sts(connection, keys);
  const call: CallContext = {
    action: 'AssumeRole',
    profile: profile.name,
    signer: exchange.sourceName,
    region: connection.region,
    durationSeconds,
    withoutMfa: 'keys' in signer,
    codeSent: false,
  };
  const assume = (seconds: number): Promise<Session> =>
    withProblems(call, sts.assumeRole({ ...exchange, durationSeconds: seconds }));
  try {
    const session = await assume(durationSeconds).catch((error: unknown) => {
      if (!isChainingCap(error)) throw error;
      sayChained(exchange, context);
      return assume(LONGEST_CHAINED_SECONDS);
    });
    noteSkew(sts, context);
    return session;
  } finally {
    sts.close();
  }
}

/**
 * True where AWS counts the source's session as a role's and caps what is assumed with it. The
 * role's own maximum comes back under the same code: the words are all that tells them apart.
 */
function isChainingCap(error: unknown): boolean {
  return (
    isFailure(error) &&
    error.problem.kind === 'duration-refused' &&
    /role chaining/i.test(error.problem.said)
  );
}

function sayChained(
  { profile, sourceName, wantedSeconds }: RoleExchange,
  context: RunContext,
): void {
  context.reporter.warn(
    words.chained(profile.name, LONGEST_CHAINED_SECONDS, wantedSeconds, sourceName),
  );
}
