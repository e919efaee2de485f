/** `status`: lists sessions and when they end, for a person, a script or a prompt. */
import { escapeUnseen } from '../../output/printable.ts';
import { readAwsFiles } from '../../session/aws-files.ts';
import { isFailure } from '../../problems/problem.ts';
import { wantsColor } from '../../output/color.ts';
import { resolveSource } from '../../profiles/profiles.ts';
import type { AwsFiles } from '../../profiles/profiles.ts';
import { isBeyondSts, statusJson } from '../../profiles/session-row.ts';
import type { SessionPlace, StatusRow } from '../../profiles/session-row.ts';
import { describeSession, findPlace, listPlaces } from '../../profiles/sessions.ts';
import type { Viewpoint } from '../../profiles/sessions.ts';
import type { SessionOptions } from '../../session/options.ts';
import { makeReporter, sayLine } from '../../output/reporter.ts';
import { noSuchProfile } from '../../session/lookup.ts';
import type { Clock, Machine, World } from '../../world.ts';
import { usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Own } from './command.ts';
import { words } from './words.ts';

const NOT_VALID = 3;

export async function run(settings: Settings<Own>, world: World): Promise<number> {
  if (settings.own.has('watch')) {
    for (const other of ['check', 'json'] as const) {
      if (settings.own.has(other)) throw usage(words.notBoth(other));
    }
    const { watch } = await import('./watch.ts');
    return watch(settings, world, () => readRowsOrFail(settings, world));
  }
  if (settings.own.has('notify')) throw usage(words.notifyNeedsWatch);
  const files = await readAwsFiles(settings.files, world);
  const { rows, exitCode } = await readRows(settings, files, world);
  const check = settings.own.has('check');
  if (settings.json) {
    world.stdout.write(escapeUnseen(statusJson(rows)));
  } else if (!check && (rows.length > 0 || settings.names.length === 0)) {
    await show(rows, settings, world);
  }
  return exitCode || (check && rows.length === 0 ? NOT_VALID : 0);
}

/**
 * A row for each name that is known; the others are reported. The exit code is the first failure's.
 */
async function readRows(
  { names, session, own, ...settings }: Settings<Own>,
  files: AwsFiles,
  world: World,
): Promise<{ rows: StatusRow[]; exitCode: number }> {
  const describe = (place: SessionPlace): StatusRow =>
    describeSession(files, place, viewpointOf(session, world));
  const exitCodeOf = ({ state }: StatusRow): number =>
    own.has('check') && state !== 'valid' ? NOT_VALID : 0;
  const rows: StatusRow[] = [];
  let exitCode = 0;
  if (names.length === 0) {
    const all = listPlaces(files).map(describe);
    return { rows: all, exitCode: all.map(exitCodeOf).find(Boolean) ?? 0 };
  }
  for (const name of names) {
    try {
      const row = describe(findPlaceOrFail(files, name, session.sessionProfile));
      rows.push(row);
      exitCode ||= exitCodeOf(row);
    } catch (error) {
      if (!isFailure(error)) throw error;
      const explanation = await makeReporter(settings, world).problem(error.problem);
      exitCode ||= explanation.exitCode;
    }
  }
  return { rows, exitCode };
}

/** The rows as they are now, for one who looks again and again. @throws Failure */
async function readRowsOrFail(
  { names, session, files: paths }: Settings,
  world: World,
): Promise<StatusRow[]> {
  const files = await readAwsFiles(paths, world);
  const places =
    names.length === 0
      ? listPlaces(files)
      : names.map((name) => findPlaceOrFail(files, name, session.sessionProfile));
  return places.map((place) => describeSession(files, place, viewpointOf(session, world)));
}

function viewpointOf({ minTtlSeconds }: SessionOptions, world: Machine & Clock): Viewpoint {
  const { env } = world;
  return {
    now: world.now(),
    minTtlSeconds,
    serialNumber: env['MFA_PROFILE_SERIAL_NUMBER'] || undefined,
    heldKeyId: env['AWS_ACCESS_KEY_ID'] || undefined,
  };
}

/** @throws Failure no-such-profile for a name that is neither a source's nor a session's */
function findPlaceOrFail(
  files: AwsFiles,
  name: string,
  sessionProfile: string | undefined,
): SessionPlace {
  const place = findPlace(files, name, sessionProfile);
  if (!place) throw noSuchProfile(files, resolveSource(files, name));
  return place;
}

async function show(rows: readonly StatusRow[], settings: Settings, world: World): Promise<void> {
  if (rows.length === 0) {
    sayLine(world.stderr, world.speak(words.nothingToShow));
    return;
  }
  const { renderStatusTable, tableWords } = await import('./table.ts');
  const { isTerminal, columns } = world.stdout;
  const table = await tableWords(isTerminal ? world.language : 'en');
  const color = wantsColor({ mayColor: settings.mayColor, isTerminal, env: world.env });
  world.stdout.write(
    renderStatusTable(rows, world.now(), {
      color,
      columns: isTerminal ? columns || 80 : undefined,
      words: table,
    }),
  );
  const reporter = makeReporter(settings, world);
  for (const row of rows) {
    if (isBeyondSts(row)) reporter.warn(words.beyondSts(row.sessionProfile, row.remainingSeconds!));
  }
}
