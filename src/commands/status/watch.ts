/** `status --watch`: the table, redrawn every second until `q` or Ctrl-C. */
import { wantsColor } from '../../output/color.ts';
import { isFailure, isReportable } from '../../problems/problem.ts';
import { explain } from '../../output/explain.ts';
import type { SessionState } from '../../credentials/session-state.ts';
import { printable } from '../../output/printable.ts';
import type { StatusRow } from '../../profiles/session-row.ts';
import { renderStatusTable, tableWords } from './table.ts';
import { TABLE, words as said } from './words.ts';
import type { TableWords } from './words.ts';
import type { Text } from '../../problems/text.ts';
import type { Clock, Machine, Person, Screen, Streams, World } from '../../world.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Own } from './command.ts';

const INTERRUPTED = 130;
/** For programs, whatever the person reads. */
const PIPED = { columns: undefined, color: false, words: TABLE };

/**
 * @param readRows reads the files anew, so that what others write is seen
 * @throws Failure what the first reading meets
 */
export async function watch(
  settings: Settings<Own>,
  world: World,
  readRows: () => Promise<readonly StatusRow[]>,
): Promise<number> {
  const first = await readRows();
  const screen = await world.screen();
  const table = await tableWords(world.language);
  const notify = settings.own.has('notify') ? makeNotifier(world) : () => undefined;
  try {
    if (!screen) return await follow(first, readRows, notify, { world, table });
    for (let rows: Rows = first; ; rows = await readOrExplain(readRows)) {
      if (!isText(rows)) notify(rows);
      draw(rows, screen, settings, world, table);
      // Until the clock's next second, so that no countdown skips one.
      if ((await screen.wait(1000 - (world.now() % 1000))) === 'quit') return 0;
    }
  } catch (error) {
    if (isFailure(error) && error.problem.kind === 'interrupted') return INTERRUPTED;
    throw error;
  } finally {
    screen?.close();
  }
}

/**
 * Where nothing can be redrawn, the table is written anew: to a program whenever it changes; to a
 * person at a terminal that can only be added to (TERM=dumb) once a minute, and when a state changes.
 */
async function follow(
  first: Rows,
  readRows: () => Promise<readonly StatusRow[]>,
  notify: (rows: readonly StatusRow[]) => void,
  { world, table }: { world: Person & Clock & Streams; table: TableWords },
): Promise<never> {
  const { isTerminal, columns } = world.stdout;
  const style = isTerminal ? { columns: columns || 80, color: false, words: table } : PIPED;
  let shown = '';
  for (let rows = first; ; rows = await readOrExplain(readRows)) {
    if (!isText(rows)) notify(rows);
    const text = isText(rows)
      ? `${printable(world.speak(rows))}\n`
      : renderStatusTable(rows, world.now(), style);
    const news = isTerminal && !isText(rows) ? newsOf(rows, world.now()) : text;
    if (news !== shown) world.stdout.write(shown === '' ? text : `\n${text}`);
    shown = news;
    await world.sleep(1000);
  }
}

const MINUTE_MS = 60_000;

function newsOf(rows: readonly StatusRow[], now: number): string {
  const states = rows.map(({ sessionProfile, state }) => [sessionProfile, state]);
  return JSON.stringify([Math.floor(now / MINUTE_MS), states]);
}

/** The rows, or why there are none to be had at the moment. */
type Rows = readonly StatusRow[] | Text;

const isText = (rows: Rows): rows is Text => 'english' in rows;

/** A file that is being written may be odd for a moment: no reason to stop looking. */
async function readOrExplain(readRows: () => Promise<readonly StatusRow[]>): Promise<Rows> {
  try {
    return await readRows();
  } catch (error) {
    if (!isReportable(error)) throw error;
    return explain(error.problem).told.message;
  }
}

function draw(
  rows: Rows,
  screen: Screen,
  settings: Settings<Own>,
  world: Machine & Person & Clock,
  words: TableWords,
): void {
  const color = wantsColor({ mayColor: settings.mayColor, isTerminal: true, env: world.env });
  const style = { color, columns: screen.columns, words, countdown: true };
  const table = isText(rows)
    ? [printable(world.speak(rows))]
    : renderStatusTable(rows, world.now(), style).trimEnd().split('\n');
  const room = Math.max(1, screen.rows - 2);
  const hidden = table.length - room;
  const lines =
    hidden > 0 ? [...table.slice(0, room - 1), world.speak(said.more(hidden + 1))] : table;
  screen.draw([...lines, '', world.speak(said.quit)].slice(0, screen.rows));
}

/** Tells the desktop of each session once when it is about to end, and once when it has expired. */
function makeNotifier(world: World): (rows: readonly StatusRow[]) => void {
  const told = new Map<string, SessionState>();
  return (rows) => {
    for (const { sessionProfile, state, expiration } of rows) {
      const isNews = told.get(sessionProfile) !== state;
      told.set(sessionProfile, state);
      if (!isNews || (state !== 'expiring' && state !== 'expired')) continue;
      const text =
        state === 'expired' || expiration === undefined
          ? said.expired(sessionProfile)
          : said.endsIn(sessionProfile, expiration, world.now());
      void world.system().then((system) => system.notify('mfa-profile', world.speak(text)));
    }
  };
}
