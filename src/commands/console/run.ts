/** `console`: opens the AWS console with a role's session, or prints the address that does. */
import { consoleAddress, isConsolePath, signInAddress } from '../../aws/console.ts';
import type { ConnectionSettings } from '../../aws/connection.ts';
import { LONGEST_CHAINED_SECONDS, LONGEST_ROLE_SECONDS } from '../../aws/duration.ts';
import { words as mistakes } from '../../cli/mistakes.ts';
import { usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import { Secret } from '../../credentials/secret.ts';
import { viewSession } from '../../credentials/session-state.ts';
import { readSection } from '../../document/index.ts';
import { makeReporter } from '../../output/reporter.ts';
import type { Reporter } from '../../output/reporter.ts';
import type { CallContext } from '../../problems/faults.ts';
import { Failure } from '../../problems/problem.ts';
import type { Said } from '../../problems/text.ts';
import { listSources, nameIn, readProfile, resolveSource } from '../../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../../profiles/profiles.ts';
import { connectionOf, warnOfReadable, withProblems } from '../../session/aws-call.ts';
import { readAwsFiles } from '../../session/aws-files.ts';
import { withLines } from '../../session/bad-setting.ts';
import type { Outcome } from '../../session/context.ts';
import { startSessions } from '../../session/index.ts';
import { noSuchProfile } from '../../session/lookup.ts';
import { warnOfWhatIsMissing } from '../../session/missing.ts';
import { isThroughSession } from '../../session/role.ts';
import type { Browser, World } from '../../world.ts';
import { chooseNames } from '../choose-names.ts';
import { sameLine } from '../same-line.ts';
import type { Own } from './command.ts';
import { words } from './words.ts';

export async function run(settings: Settings<Own>, world: World): Promise<number> {
  const path = readPath(settings);
  const reporter = makeReporter(settings, world);
  const { role, files } = await findRole(settings, world, reporter);
  const connection = connectionOf(role, files, undefined, { settings, world }, 'signin');
  // Known before a code is spent.
  const browser = settings.own.has('print') ? undefined : await findBrowser(role, settings, world);
  const outcome = await ensure(role, files, settings, { world, reporter });
  const length = lengthOf(outcome, settings, world.now());
  if (length.isShort && outcome.action === 'reused') {
    reporter.warn(words.notLonger(role.name, length.until));
  }
  warnOfReadable(connection, { reporter });
  const token = await askForToken(outcome, length, connection, world);
  const isRegionNamed = namesRegion(connection, role, settings, world);
  const place = consoleAddress({ region: connection.region, isRegionNamed, path });
  const address = signInAddress(connection.endpoint.url, token.reveal(), place);
  if (browser) {
    const how = await browser.open(new Secret(address, 'text'));
    if (how !== undefined) throw noBrowser([browser.name], role, settings, how);
    reporter.say(words.opened(role.name, length.until));
  } else {
    world.stdout.write(`${address}\n`);
    reporter.say(words.printed(role.name, length.until));
  }
  return 0;
}

/** @throws Failure usage */
function readPath({ own }: Settings<Own>): string | undefined {
  for (const option of ['service', 'browser'] as const) {
    if (own.get(option) === '') throw usage(mistakes.needsValue(`--${option}`));
  }
  if (own.has('print') && own.has('browser')) throw usage(words.notBoth);
  const path = own.get('service') as string | undefined;
  if (path === undefined || isConsolePath(path)) return path;
  throw usage(words.badPath, words.pathOnly);
}

/** @throws Failure for a name that is no role's */
async function findRole(
  settings: Settings<Own>,
  world: World,
  reporter: Reporter,
): Promise<{ readonly role: Profile; readonly files: AwsFiles }> {
  const [name] = await chooseNames(settings, world, isRole);
  const files = await readAwsFiles(settings.files, world);
  const source = resolveSource(files, name!);
  const profile = readProfile(files, source);
  if (profile && isRole(profile)) return { role: profile, files };
  const failure = profile ? ofUser(profile, files) : noSuchProfile(files, source);
  throw await warnOfWhatIsMissing(failure, settings.files, world, reporter);
}

/** Also one with keys of its own, which a session is got for as a role's. */
function isRole({ settings }: Profile): boolean {
  return Boolean(settings.get('role_arn'));
}

function ofUser({ name, keys }: Profile, files: AwsFiles): Failure {
  const roles = listSources(files)
    .filter((each) => isRole(each) && nameIn(each.settings, 'source_profile') === name)
    .map((each) => each.name);
  const isSession = keys?.sessionToken !== undefined;
  return new Failure({ kind: 'console-of-user', profile: name, roles, isSession });
}

/** What this very command line asks for; a variable and a setting go for the session alone. */
function askedSeconds({ session }: Settings<Own>): number | undefined {
  return session.isDurationOnLine ? session.durationSeconds : undefined;
}

/** AWS allows as much between its clock and that of whoever calls it. */
const CLOCKS_APART_SECONDS = 900;

/** A session with so much left was got with a long-term key: others have an hour at most. */
function isSurelyDirect(expiration: number, now: number): boolean {
  return (expiration - now) / 1000 > LONGEST_CHAINED_SECONDS + CLOCKS_APART_SECONDS;
}

/**
 * The session to open the console with. Only one that was got with a long-term key can keep it open
 * for as long as is asked for; where the one in the file may be another, it is got anew.
 */
async function ensure(
  role: Profile,
  files: AwsFiles,
  settings: Settings<Own>,
  { world, reporter }: { readonly world: World; readonly reporter: Reporter },
): Promise<Outcome> {
  const { session } = settings;
  const prefersDirect =
    askedSeconds(settings) !== undefined &&
    !(await withLines(files, () => isThroughSession(role, files)));
  const values = readSection(files.credentials, session.sessionProfile ?? role.sessionName);
  const { session: found } = viewSession(values, world.now(), 0);
  const isEnough = found !== undefined && isSurelyDirect(found.expiration, world.now());
  const force = session.force || (prefersDirect && !isEnough);
  const sessions = startSessions(
    { ...settings, session: { ...session, prefersDirect, force } },
    world,
    reporter,
  );
  try {
    return await sessions.ensureForNow(role.name);
  } finally {
    sessions.close();
  }
}

interface Length {
  /** What AWS is asked for; undefined if it would refuse to be asked. */
  readonly seconds: number | undefined;
  /** Milliseconds since the epoch. */
  readonly until: number;
  /** True if that is sooner than the command line asks for. */
  readonly isShort: boolean;
}

function lengthOf(
  { session: { expiration }, isDirect }: Outcome,
  settings: Settings<Own>,
  now: number,
): Length {
  const asked = askedSeconds(settings);
  const isLasting = isSurelyDirect(expiration, now);
  if (asked !== undefined && (isDirect || isLasting)) {
    return { seconds: asked, until: now + asked * 1000, isShort: false };
  }
  const left = Math.floor((expiration - now) / 1000);
  const seconds = isLasting ? Math.min(left, LONGEST_ROLE_SECONDS) : undefined;
  return { seconds, until: expiration, isShort: asked !== undefined && left < asked };
}

/** @throws Failure */
async function askForToken(
  { profile, session, sessionName }: Outcome,
  { seconds }: Length,
  connection: ConnectionSettings,
  world: World,
): Promise<Secret> {
  const signIn = await world.signIn(connection);
  const call: CallContext = {
    action: 'getSigninToken',
    ...{ profile: profile.name, session: sessionName, region: connection.region },
    codeSent: false,
  };
  try {
    const answer = signIn.signInToken({ session, durationSeconds: seconds });
    return await withProblems(call, answer, world);
  } finally {
    signIn.close();
  }
}

/** Whether somebody has named that region: what is signed in to is the usual one otherwise. */
function namesRegion(
  { region }: ConnectionSettings,
  { settings: own }: Profile,
  { connection }: Settings<Own>,
  { env }: World,
): boolean {
  const named = [
    connection.region,
    env['AWS_REGION'],
    env['AWS_DEFAULT_REGION'],
    own.get('region'),
  ];
  return named.includes(region);
}

/** @throws Failure no-browser */
async function findBrowser(role: Profile, settings: Settings<Own>, world: World): Promise<Browser> {
  const command = settings.own.get('browser') as string | undefined;
  const found = await world.findBrowser(command);
  if ('open' in found) return found;
  throw noBrowser(found, role, settings);
}

function noBrowser(
  tried: readonly string[],
  { name }: Profile,
  settings: Settings<Own>,
  how?: Said,
): Failure {
  const given = new Map([...settings.given].filter(([option]) => option !== 'browser'));
  const line = `${sameLine({ ...settings, given }, 'console', name)} --print`;
  return new Failure({ kind: 'no-browser', tried: [...tried], line, ...(how && { how }) });
}
