/**
 * Assumes a role: with its source's session, or, for longer than an hour, with the source's
 * long-term key and a code. AWS gives a role that is assumed with a session an hour at most.
 */
import {
  DEFAULT_ROLE_SECONDS,
  LONGEST_CHAINED_SECONDS,
  LONGEST_ROLE_SECONDS,
} from '../aws/duration.ts';
import { Failure } from '../problems/problem.ts';
import type { CallContext } from '../problems/faults.ts';
import type { Session } from '../credentials/keys.ts';
import { DEFAULT_ROLE_SESSION_NAME } from '../profiles/origin.ts';
import {
  MOST_SOURCES,
  devicesOf,
  endOfChain,
  listSources,
  nameIn,
  namesOfKeyHolders,
  readProfile,
  resolveSource,
  serialOf,
} from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { spellInvisible } from '../output/printable.ts';
import { connectionOf, noteSkew, oddLengthsOf, warnOfReadable, withProblems } from './aws-call.ts';
import type { CodeRequest } from './codes.ts';
import { onTheWay } from './bad-setting.ts';
import { durationOf } from './length.ts';
import { lookUp, namesMeantBy } from './lookup.ts';
import type { ExchangeTerms, Outcome, RunContext, Wish } from './context.ts';
import { longTermKeys, sourceKeys, signInOf } from './source-keys.ts';
import { callWithCode, checkSerial, commandOf, promptOf } from './with-code.ts';
import type { SigningKeys } from '../world.ts';
import { warnOfUnstored } from './unstored.ts';
import type { Said } from '../problems/text.ts';
import { trapIn } from './odd-value.ts';
import { words } from './words.ts';

export interface RoleExchange extends ExchangeTerms {
  readonly kind: 'role';
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly externalId: string | undefined;
  readonly sourceName: string;
  readonly signer: Signer;
  /** Why the role lasts an hour although a longer session is wished for. */
  readonly shortened: Shortened | undefined;
}

type Signer =
  /** The source's session, which serves many roles. */
  | { readonly kind: 'session'; readonly wish: Wish }
  /** The source's own keys and a code: AWS gives a role more than an hour in no other way. */
  | { readonly kind: 'code'; readonly keys: SigningKeys; readonly request: CodeRequest }
  /** The source's own keys, if no MFA device is known. */
  | { readonly kind: 'keys'; readonly keys: SigningKeys };

interface Shortened {
  readonly wantedSeconds: number;
  readonly why: 'chain' | 'session' | 'nobody';
}

const MOST_SOURCES_TOLD = 5;

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
  const bounds = { usual: DEFAULT_ROLE_SECONDS, longest: LONGEST_ROLE_SECONDS };
  const wantedSeconds = durationOf(profile, wish, context, bounds);
  const terms = {
    kind: 'role',
    profile,
    roleArn: settingOf(profile, 'role_arn')!,
    roleSessionName: settingOf(profile, 'role_session_name') ?? DEFAULT_ROLE_SESSION_NAME,
    externalId: settingOf(profile, 'external_id'),
  } as const;
  const role = { profile, source: findSource(profile, files), files, wish, wantedSeconds };
  const { signer, device, why } = await chooseSigner(role, context);
  const isShortened = why !== undefined && wantedSeconds > LONGEST_CHAINED_SECONDS;
  return {
    ...terms,
    sourceName: role.source.name,
    signer,
    device,
    shortened: isShortened ? { wantedSeconds, why } : undefined,
    durationSeconds: isShortened ? LONGEST_CHAINED_SECONDS : wantedSeconds,
    connection: connectionOf(profile, files, device, context),
  };
}

interface WantedRole {
  readonly profile: Profile;
  readonly source: Profile;
  readonly files: AwsFiles;
  readonly wish: Wish;
  readonly wantedSeconds: number;
}

interface ChosenSigner {
  readonly signer: Signer;
  readonly device: string | undefined;
  /** Why such a signer is given an hour at most; undefined if it is not. */
  readonly why?: Shortened['why'];
}

/** @throws Failure if the chosen way cannot work */
async function chooseSigner(role: WantedRole, context: RunContext): Promise<ChosenSigner> {
  const { profile, source, files, wish, wantedSeconds } = role;
  const given = context.settings.session.serialNumber;
  const own = serialOf(profile) ?? wish.borrowedSerial;
  const devices = devicesOf(files, profile);
  const others = devices[0];
  if (!endOfChain(source)) return throughSession('chain', given ?? devices.at(-1), role, context);
  const direct = given ?? own ?? serialOf(source) ?? others;
  if (direct === undefined) {
    const keys = await ofSource(role, () => sourceKeys(source, files, context));
    const why = keys.sessionToken ? { why: 'session' as const } : {};
    return { signer: { kind: 'keys', keys }, device: undefined, ...why };
  }
  const session = given ?? serialOf(source) ?? own ?? others;
  const isPreferred = wish.path.length === 0 && context.settings.session.prefersDirect;
  const via = roleVia(profile) ?? (isPreferred ? 'direct' : undefined);
  const settled = source.settings.get('role_arn') ? 'direct' : via;
  const isLong = wantedSeconds > LONGEST_CHAINED_SECONDS;
  if (settled === 'session' || (settled === undefined && !isLong)) {
    return throughSession('session', session, role, context);
  }
  const request: CodeRequest = {
    session: profile.name,
    serialNumber: direct,
    prompt: promptOf([profile, source]),
    ...commandOf([profile, source], files),
  };
  if (settled === undefined && (await mustMakeDo(role, session, request, context))) {
    return throughSession('nobody', session, role, context);
  }
  checkSerial(profile, direct);
  const keys = await ofSource(role, () => longTermKeys(source, files, context));
  return { signer: { kind: 'code', keys, request }, device: direct };
}

/** What is wrong with the source is told with the role that leads to it. @throws Failure */
function ofSource<T>({ profile, source, wish }: WantedRole, act: () => Promise<T>): Promise<T> {
  return onTheWay([...wish.path, profile.name, source.name], act);
}

async function throughSession(
  why: Shortened['why'],
  device: string | undefined,
  role: WantedRole,
  context: RunContext,
): Promise<ChosenSigner> {
  const wish = wishForSource(role);
  await context.check(wish);
  return { signer: { kind: 'session', wish }, device, why };
}

/** @throws Failure role-loop, or bad-setting if the chain is too long to be meant */
function wishForSource({ profile, source, wish }: WantedRole): Wish {
  const path = [...wish.path, profile.name];
  if (path.length > MOST_SOURCES) {
    throw new Failure({
      kind: 'bad-setting',
      profile: path[0]!,
      setting: 'source_profile',
      reason: words.tooManySources(MOST_SOURCES),
    });
  }
  if (path.includes(source.name)) {
    throw new Failure({ kind: 'role-loop', profiles: [...path, source.name] });
  }
  const borrowedSerial = serialOf(profile) ?? wish.borrowedSerial;
  return { name: source.name, path, force: false, borrowedSerial };
}

/** With nobody to ask, an hour by the source's session is better than none. */
async function mustMakeDo(
  role: WantedRole,
  serialNumber: string | undefined,
  request: CodeRequest,
  context: RunContext,
): Promise<boolean> {
  const { isDurationOnLine, minTtlSeconds } = context.settings.session;
  const isAskedFor = role.wish.path.length === 0;
  if (isAskedFor && isDurationOnLine) return false;
  if (isAskedFor && minTtlSeconds >= LONGEST_CHAINED_SECONDS) return false;
  if (serialNumber === undefined || (await (await context.codes()).canServe(request))) return false;
  const { plan } = await lookUp(wishForSource(role), context);
  return plan.kind === 'reuse';
}

function hintFor(value: string | undefined): { hint?: Said } {
  const hint = trapIn(value ?? '');
  return hint ? { hint } : {};
}

/** True for a role that is assumed with its source's session, however it is asked for. */
export function isThroughSession(role: Profile, files: AwsFiles): boolean {
  return !endOfChain(findSource(role, files)) || roleVia(role) === 'session';
}

/** True for an exchange with the source's long-term key. */
export function isDirect({ signer }: RoleExchange): boolean {
  return signer.kind !== 'session' && signer.keys.sessionToken === undefined;
}

/** @throws Failure bad-setting */
function roleVia(profile: Profile): 'session' | 'direct' | undefined {
  const via = profile.settings.get('role_via');
  if (!via) return undefined;
  if (via === 'session' || via === 'direct') return via;
  throw new Failure({
    kind: 'bad-setting',
    profile: profile.name,
    setting: 'role_via',
    value: via,
    reason: words.badRoleVia,
    ...hintFor(via),
  });
}

function settingOf(profile: Profile, setting: string): string | undefined {
  const value = profile.settings.get(setting);
  if (!value) return undefined;
  const [form, reason] = FORMS[setting]!;
  if (form.test(value)) return value;
  throw new Failure({
    kind: 'bad-setting',
    profile: profile.name,
    setting,
    value,
    reason,
    ...hintFor(value),
  });
}

/** @throws Failure bad-setting */
function findSource(profile: Profile, files: AwsFiles): Profile {
  const name = nameIn(profile.settings, 'source_profile');
  const source = name ? readProfile(files, resolveSource(files, name)) : undefined;
  if (source) return source;
  const way = name ? undefined : signInOf(profile.settings);
  if (way) throw new Failure({ kind: 'other-sign-in', profile: profile.name, way });
  throw new Failure({
    kind: 'bad-setting',
    profile: profile.name,
    setting: 'source_profile',
    ...(name && { value: name }),
    reason: name ? words.noSource(name) : words.sourceMissing,
    ...(trapIn(name ?? '') ? hintFor(name) : hintForSource(name, profile, files)),
  });
}

/** The profiles that may have been meant as a role's source. */
function hintForSource(name: string | undefined, role: Profile, files: AwsFiles): { hint?: Said } {
  const known = listSources(files).filter((source) => source.name !== role.name);
  const names = known.map((source) => source.name);
  const similar = name ? namesMeantBy(name, names) : [];
  if (similar.length > 0) return { hint: words.didYouMean(similar.map(spellInvisible)) };
  const holders = namesOfKeyHolders(known).slice(0, MOST_SOURCES_TOLD);
  return holders.length > 0 ? { hint: words.sources(holders) } : {};
}

/**
 * Looks at what the files say of a role and of those on the way to its keys, as a refresh would.
 * @throws Failure
 */
export function checkRoleSettings(role: Profile, files: AwsFiles): void {
  const path: string[] = [];
  for (let at = role; ; at = findSource(at, files)) {
    if (path.includes(at.name) && !at.keys)
      throw new Failure({ kind: 'role-loop', profiles: [...path, at.name] });
    if (path.length > 0 && endOfChain(at)) return;
    if (path.length > MOST_SOURCES) return;
    path.push(at.name);
    for (const setting of Object.keys(FORMS)) settingOf(at, setting);
    roleVia(at);
  }
}

async function sourceSession(wish: Wish, context: RunContext): Promise<Outcome> {
  const outcome = await context.ensure(wish);
  await warnOfUnstored(outcome, context.reporter);
  return outcome;
}

/** @throws Failure */
export async function assumeRole(exchange: RoleExchange, context: RunContext): Promise<Session> {
  const { signer, connection, profile, durationSeconds } = exchange;
  const { roleArn, roleSessionName, externalId } = exchange;
  const input = { roleArn, roleSessionName, externalId, durationSeconds };
  sayShortened(exchange, context);
  const call: CallContext = {
    action: 'AssumeRole',
    profile: profile.name,
    signer: exchange.sourceName,
    region: connection.region,
    durationSeconds,
    withoutMfa: signer.kind === 'keys',
    codeSent: false,
    ...(signer.kind !== 'session' && { oddLengths: oddLengthsOf(signer.keys) }),
  };
  if (signer.kind === 'code') {
    const { keys, request } = signer;
    const { serialNumber } = request;
    return callWithCode(
      {
        ...{ request, connection, keys },
        call: { ...call, serialNumber, codeSent: true },
        send: (sts, tokenCode) => sts.assumeRole({ ...input, serialNumber, tokenCode }),
      },
      context,
    );
  }
  const source = signer.kind === 'keys' ? undefined : await sourceSession(signer.wish, context);
  const keys = signer.kind === 'keys' ? signer.keys : source!.session;
  warnOfReadable(connection, context);
  const sts = await context.world.sts(connection, keys);
  try {
    const session = await withProblems(
      source ? { ...call, session: source.sessionName } : call,
      sts.assumeRole(input),
      context.world,
    );
    noteSkew(sts, context);
    return session;
  } finally {
    sts.close();
  }
}

function sayShortened({ profile, sourceName, shortened }: RoleExchange, context: RunContext): void {
  if (!shortened) return;
  const { wantedSeconds, why } = shortened;
  const say = { chain: words.chained, session: words.cappedBySession, nobody: words.cappedUnasked };
  context.reporter.warn(say[why](profile.name, LONGEST_CHAINED_SECONDS, wantedSeconds, sourceName));
}
