/** How a profile's calls reach AWS, and what a failed call means. */
import { chooseCaBundle, chooseConnection, isReadable } from '../aws/connection.ts';
import type { ConnectionSettings } from '../aws/connection.ts';
import type { ServiceName } from '../aws/endpoints.ts';
import { Failure } from '../problems/problem.ts';
import type { Problem } from '../problems/problem.ts';
import { explainFault, isAwsFault } from '../problems/faults.ts';
import type { CallContext } from '../problems/faults.ts';
import { findSettingLine } from '../profiles/key-lines.ts';
import { serviceSettings } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { withLine } from './bad-setting.ts';
import type { RunContext } from './context.ts';
import { oddLength } from '../credentials/key-form.ts';
import type { SigningKeys, Sts } from '../world.ts';
import { systemProxyOf } from './system-proxy.ts';
import type { ProxyHost } from './system-proxy.ts';
import { words } from './words.ts';

/** How a profile's calls reach a service. @throws Failure bad-setting */
export function connectionOf(
  profile: Profile,
  files: AwsFiles,
  serialNumber: string | undefined,
  { settings, world }: Pick<RunContext, 'settings' | 'world'>,
  service: ServiceName = 'sts',
): ConnectionSettings {
  const input = {
    profile: profile.name,
    options: settings.connection,
    env: world.env,
    settings: profile.settings,
    service,
    serviceSettings: serviceSettings(profile, files, service),
    serialNumber,
  };
  try {
    const connection = chooseConnection(input);
    const { from, path = '' } = chooseCaBundle(input) ?? {};
    const at =
      from === 'ca_bundle' ? findSettingLine(files, profile.name, 'ca_bundle', path) : undefined;
    return at ? { ...connection, caBundleAt: at } : connection;
  } catch (error) {
    throw withLine(files, error);
  }
}

/** Warns of an endpoint on the way to which others can read. */
export function warnOfReadable(
  { endpoint }: ConnectionSettings,
  { reporter }: Pick<RunContext, 'reporter'>,
): void {
  if (isReadable(endpoint.url)) reporter.warn(words.readable(endpoint.url));
}

/** Of a long-term key: a session's own comes from AWS as it is. */
export function oddLengthsOf(keys: SigningKeys): NonNullable<CallContext['oddLengths']> {
  return keys.sessionToken ? {} : { id: oddLength('id', keys), secret: oddLength('secret', keys) };
}

/** Turns what src/sts throws into a Failure. */
export async function withProblems<T>(
  call: CallContext,
  answer: Promise<T>,
  host: ProxyHost,
): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!isAwsFault(error)) throw error;
    throw new Failure(await withSystemProxy(explainFault(error.fault, call), host));
  }
}

/** What could not be reached may want the proxy that only the system's settings name. */
async function withSystemProxy(problem: Problem, host: ProxyHost): Promise<Problem> {
  const isNotReached =
    problem.kind === 'unreachable' || (problem.kind === 'timed-out' && problem.phase === 'connect');
  const found = isNotReached ? await systemProxyOf(host) : undefined;
  return found?.kind === 'named' ? ({ ...problem, systemProxy: found.url } as Problem) : problem;
}

// Beyond this the times that this program shows and decides by are visibly off.
const SKEW_WORTH_A_WORD_SECONDS = 60;

/** Warns of a clock that is off, by the answer's `Date`. */
export function noteSkew(sts: Sts, { reporter }: RunContext): void {
  const skew = sts.clockSkewSeconds();
  if (skew === undefined || Math.abs(skew) <= SKEW_WORTH_A_WORD_SECONDS) return;
  reporter.warn(words.clock(skew));
}
