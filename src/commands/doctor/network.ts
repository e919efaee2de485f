/** What `doctor` finds out by calling AWS with a profile's long-term keys. */
import { differenceInDays } from 'date-fns/differenceInDays';
import { bad, good, ofProblem, warning } from './check.ts';
import type { Check, CheckName } from './check.ts';
import { isReadable } from '../../aws/connection.ts';
import type { ConnectionSettings } from '../../aws/connection.ts';
import { isFailure, isReportable } from '../../problems/problem.ts';
import type { Problem } from '../../problems/problem.ts';
import { serialOf } from '../../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../../profiles/profiles.ts';
import { chooseProxy } from '../../aws/proxy.ts';
import { formatOfCaller } from '../../shells/caller.ts';
import { renderChange } from '../../shells/formats.ts';
import type { SessionSettings } from '../../session/options.ts';
import { connectionOf, oddLengthsOf, withProblems } from '../../session/aws-call.ts';
import { longTermKeys } from '../../session/source-keys.ts';
import { systemProxyOf } from '../../session/system-proxy.ts';
import type { SigningKeys, World } from '../../world.ts';
import { words } from './report-words.ts';

const OLD_KEY_DAYS = 90;
// Warn from one minute; from five AWS rejects signatures.
const CLOCK_WARNING_SECONDS = 60;
const CLOCK_BAD_SECONDS = 300;

interface Subject {
  readonly profile: Profile;
  readonly files: AwsFiles;
  readonly settings: SessionSettings;
  readonly world: World;
}

/** The way to STS, the clock, and the key of one profile. */
export async function checkConnection(subject: Subject): Promise<Check[]> {
  const { profile, files, settings, world } = subject;
  try {
    const keys = await longTermKeys(profile, files, { world, supplied: new Map() });
    const connection = connectionOf(profile, files, serialOf(profile), { settings, world });
    const way = [await checkProxy(connection, world), ...checkTrust(connection)];
    const calls = await checkCaller(subject, connection, keys);
    const isReached = calls.some(({ check, status }) => check === 'key' && status === 'good');
    return [...way, ...calls, ...(isReached ? await checkKeyAge(subject, keys) : [])];
  } catch (error) {
    return [checkOfFailure(error)];
  }
}

function checkOfFailure(error: unknown): Check {
  if (!isReportable(error)) throw error;
  return ofProblem(nameOf(error.problem), error.problem);
}

function nameOf({ kind }: Problem): CheckName {
  switch (kind) {
    case 'bad-proxy':
    case 'proxy-failed':
      return 'proxy';
    case 'untrusted-certificate':
    case 'unreadable-file':
      return 'tls';
    case 'unreachable':
    case 'timed-out':
    case 'answer-lost':
    case 'throttled':
    case 'bad-answer':
    case 'region-disabled':
      return 'endpoint';
    case 'clock':
      return 'clock';
    case 'bad-setting':
      return 'profile';
    default:
      return 'key';
  }
}

async function checkProxy({ endpoint }: ConnectionSettings, world: World): Promise<Check> {
  const { env, platform } = world;
  const choice = chooseProxy(endpoint.url, env);
  if (choice.kind === 'proxy') {
    return good('proxy', words.throughProxy(choice.proxy.url, choice.variable));
  }
  const found = await systemProxyOf(world);
  if (found === undefined) return good('proxy', words.direct);
  if (found.kind === 'script') return warning('proxy', words.proxyByScript, words.askForProxy);
  const set = new Map([['HTTPS_PROXY', found.url]]);
  const change = renderChange(formatOfCaller([], platform, env), { set, unset: [] }).trimEnd();
  return warning('proxy', words.proxyOfSystem(found.url), words.setProxy(change));
}

function checkTrust({ endpoint, caBundle, verifyCertificates }: ConnectionSettings): Check[] {
  if (isReadable(endpoint.url)) {
    return [warning('tls', words.readable(endpoint.url), words.useHttps)];
  }
  if (!verifyCertificates) {
    return [warning('tls', words.trustsAll, words.nameCa)];
  }
  return caBundle === undefined ? [] : [good('tls', words.trusts(caBundle))];
}

async function checkCaller(
  { profile, world }: Subject,
  connection: ConnectionSettings,
  keys: SigningKeys,
): Promise<Check[]> {
  const sts = await world.sts(connection, keys);
  const call = {
    action: 'GetCallerIdentity',
    profile: profile.name,
    region: connection.region,
    codeSent: false,
    oddLengths: oddLengthsOf(keys),
  } as const;
  const endpoint = words.answers(connection.endpoint.url);
  try {
    const { arn } = await withProblems(call, sts.getCallerIdentity(), world);
    return [
      good('endpoint', endpoint),
      checkClock(sts.clockSkewSeconds()),
      good('key', words.keyOf(profile.name, arn)),
    ];
  } catch (error) {
    const failure = checkOfFailure(error);
    const skew = sts.clockSkewSeconds();
    // An answer with a date comes from AWS: it was reached, whatever it said.
    const met = skew === undefined ? [] : [good('endpoint', endpoint), checkClock(skew)];
    return failure.check === 'clock' ? met : [...met, failure];
  } finally {
    sts.close();
  }
}

function checkClock(skewSeconds: number | undefined): Check {
  if (skewSeconds === undefined) return warning('clock', words.noDate);
  const off = Math.abs(skewSeconds);
  if (off <= CLOCK_WARNING_SECONDS) return good('clock', words.clockAgrees);
  return off < CLOCK_BAD_SECONDS
    ? warning('clock', words.clockOff(skewSeconds), words.setClock)
    : bad('clock', words.clockRefused(skewSeconds), words.setClock);
}

/** A key of another program's cannot be replaced from here. */
const hintFor = ({ keys, name }: Profile) => (keys ? words.rotate(name) : words.replaceKey);

async function checkKeyAge(subject: Subject, keys: SigningKeys): Promise<Check[]> {
  const { profile, files, settings, world } = subject;
  const connection = connectionOf(profile, files, serialOf(profile), { settings, world }, 'iam');
  const iam = await world.iam(connection, keys);
  try {
    const listed = await iam.listAccessKeys();
    return listed
      .filter(({ accessKeyId }) => accessKeyId === keys.accessKeyId)
      .map(({ created }) => {
        const days = differenceInDays(world.now(), created);
        return days > OLD_KEY_DAYS
          ? warning('key-age', words.keyAge(profile.name, days), hintFor(profile))
          : good('key-age', words.keyAge(profile.name, days));
      });
  } catch (error) {
    if (isFailure(error) && error.problem.kind === 'interrupted') throw error;
    return [good('key-age', words.keyAgeUnknown(profile.name))];
  } finally {
    iam.close();
  }
}
