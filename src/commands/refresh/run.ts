/** `refresh`: makes sure that each named session is valid, and says until when. */
import { readAwsFiles } from '../../session/aws-files.ts';
import { Failure, isFailure, isReportable } from '../../problems/problem.ts';
import { formatExpiry } from '../../credentials/expiry.ts';
import { listSources, serialOf } from '../../profiles/profiles.ts';
import { sayOutcome } from '../../session/outcome-words.ts';
import { describeSession, findPlace } from '../../profiles/sessions.ts';
import type { SessionPlace } from '../../profiles/session-row.ts';
import { toJson } from '../../output/printable.ts';
import { makeReporter } from '../../output/reporter.ts';
import type { Reporter } from '../../output/reporter.ts';
import { startSessions } from '../../session/index.ts';
import type { Sessions } from '../../session/index.ts';
import type { Outcome } from '../../session/context.ts';
import { startSetup } from '../../setup/context.ts';
import { chooseNames } from '../choose-names.ts';
import { sayFirstUse } from '../first-use.ts';
import { sameLine } from '../same-line.ts';
import { words as shared } from '../words.ts';
import { shareTerminal } from '../../cli/shared-terminal.ts';
import type { Clock, Files, World } from '../../world.ts';
import { usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Own } from './command.ts';
import type { Unattended } from './unattended.ts';
import { words } from './words.ts';

/** The outcome for one name. */
interface Result {
  readonly exitCode: number;
  readonly json: Record<string, unknown>;
}

export async function run(settings: Settings<Own>, oneWorld: World): Promise<number> {
  const shared = shareTerminal(oneWorld);
  const reporter = makeReporter(settings, oneWorld);
  const unattended = await openUnattended(settings, shared.world, reporter);
  const world = unattended?.world ?? shared.world;
  const sessions = startSessions(settings, world, reporter);
  const results: Result[] = [];
  try {
    const names = await findNames(settings, world);
    if (names.length === 0) reporter.say(words.nothingToDo);
    // One after another: a person answers one question at a time.
    for (const name of names) {
      results.push(await refreshOne(name, { sessions, settings, world, reporter, unattended }));
    }
    await unattended?.close();
    if (!unattended && results.some(({ json }) => json['action'] !== 'reused')) {
      const { forgetFailures } = await import('./unattended.ts');
      await forgetFailures(names, world, reporter);
    }
  } finally {
    sessions.close();
    await shared.close();
  }
  if (settings.json) {
    world.stdout.write(toJson({ profiles: results.map(({ json }) => json) }));
  }
  return results.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;
}

async function findNames(settings: Settings<Own>, world: World): Promise<readonly string[]> {
  if (!settings.own.has('all')) return chooseNames(settings, world);
  if (settings.names.length > 0) throw usage(words.allTakesNoNames);
  const files = await readAwsFiles(settings.files, world);
  return listSources(files)
    .filter((profile) => serialOf(profile))
    .map(({ name }) => name);
}

/**
 * Who gets to know of a failure of an unattended run; undefined if the usual lines on stderr are
 * enough.
 */
async function openUnattended(
  settings: Settings<Own>,
  world: World,
  reporter: Reporter,
): Promise<Unattended | undefined> {
  if (!settings.own.has('tell-once') && !settings.own.has('notify')) return undefined;
  const { startUnattended } = await import('./unattended.ts');
  return startUnattended(settings, world, reporter);
}

interface Run {
  readonly sessions: Sessions;
  readonly settings: Settings<Own>;
  readonly world: World;
  readonly reporter: Reporter;
  readonly unattended: Unattended | undefined;
}

async function refreshOne(
  name: string,
  { sessions, settings, world, reporter, unattended }: Run,
): Promise<Result> {
  unattended?.begin(name);
  try {
    const outcome = await ensureWithSetup(name, sessions, settings, world, reporter);
    unattended?.succeeded(name);
    reporter.say(sayOutcome(outcome, world.now()));
    sayFirstUse(outcome, reporter, world);
    if (outcome.action === 'reused' && settings.session.isDurationOnLine) {
      reporter.say(
        shared.durationUnused(`${sameLine(settings, 'refresh', outcome.profile.name)} --force`),
      );
    }
    return {
      exitCode: 0,
      json: {
        profile: outcome.profile.name,
        session_profile: outcome.sessionName,
        action: outcome.action,
        expiration: formatExpiry(outcome.session.expiration),
        error: null,
      },
    };
  } catch (error) {
    // After Ctrl-C nobody wants the next question; a fault of this program is not this name's failure.
    if (!isReportable(error)) throw error;
    const { exitCode, message, hint } = await (unattended
      ? unattended.problem(error.problem, name, () => secondsLeft(name, settings, world))
      : reporter.problem(error.problem));
    const place = settings.json ? await placeOf(name, settings, world) : undefined;
    return {
      exitCode,
      json: {
        profile: place?.profile ?? name,
        session_profile: place?.sessionProfile ?? null,
        action: 'failed',
        expiration: null,
        error: { code: exitCode, kind: error.problem.kind, message, hint: hint ?? null },
      },
    };
  }
}

/** The session of `name`; if its device is not known, a person is offered to set it up first. */
async function ensureWithSetup(
  name: string,
  sessions: Sessions,
  settings: Settings<Own>,
  world: World,
  reporter: Reporter,
): Promise<Outcome> {
  try {
    return await sessions.ensure(name);
  } catch (error) {
    if (!isFailure(error) || error.problem.kind !== 'no-device') throw error;
    const { profile } = error.problem;
    // A login hook is quiet: it asks for codes, and for nothing else.
    const mayAsk = settings.session.mayPrompt && !settings.quiet;
    const terminal = mayAsk ? await world.terminal() : undefined;
    const question = words.offerSetup(profile);
    const declined = new Failure({ ...error.problem, isDeclined: true });
    if (!terminal) throw error;
    if (!(await terminal.confirm(question, true))) throw declined;
    const { setUpProfile } = await import('../../setup/index.ts');
    const context = startSetup(settings, world, reporter, terminal);
    if ((await setUpProfile(profile, { isAgreed: true }, context)) === undefined) throw declined;
    return sessions.ensure(name);
  }
}

/** Of the session that there is; undefined if there is none, or its end is not known. */
async function secondsLeft(
  name: string,
  settings: Settings<Own>,
  world: Files & Clock,
): Promise<number | undefined> {
  const place = await placeOf(name, settings, world);
  if (!place) return undefined;
  const files = await readAwsFiles(settings.files, world);
  return describeSession(files, place, { now: world.now(), minTtlSeconds: 0 }).remainingSeconds;
}

/** What can be said of a failed name: undefined if the files don't know it or can't be read. */
async function placeOf(
  name: string,
  { files, session }: Settings<Own>,
  world: Files & Clock,
): Promise<SessionPlace | undefined> {
  try {
    return findPlace(await readAwsFiles(files, world), name, session.sessionProfile);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}
