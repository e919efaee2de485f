/** The table that `status` shows to a person. */
import { DEFAULT_SESSION_SECONDS } from '../../aws/duration.ts';
import { formatLocalTime } from '../../output/local-time.ts';
import type { Language } from '../../output/language.ts';
import type { SessionState } from '../../credentials/session-state.ts';
import { quoted, shownName } from '../../output/printable.ts';
import { cut, padEnd, widthOf } from '../../output/width.ts';
import type { StatusRow } from '../../profiles/session-row.ts';
import { TABLE } from './words.ts';
import type { TableWords } from './words.ts';

export interface TableStyle {
  /** Undefined if the output is no terminal: no limit, and no bar. */
  readonly columns: number | undefined;
  readonly color: boolean;
  readonly words: TableWords;
  /** The time left to the second, as `11:42:07`, for a table that is redrawn every second. */
  readonly countdown?: boolean;
}

/** The words for a person; for a program they are always English. */
export async function tableWords(language: Language): Promise<TableWords> {
  return language === 'ja' ? (await import('./words.ja.ts')).TABLE : TABLE;
}

const COLORS: Record<SessionState, number> = {
  valid: 32,
  expiring: 33,
  expired: 31,
  stale: 31,
  // Not bright black, which Solarized draws in the colour of its background.
  missing: 2,
  unknown: 35,
};

const BAR_CELLS = 12;
const GAP = '  ';
/** No name is cut below this. */
const LEAST_NAME = 8;
const [PROFILE, SESSION, STATE, EXPIRES, LEFT, BAR, HELD] = [0, 1, 2, 3, 4, 5, 6] as const;

/** One line a session, with a heading; ends with a line break. @param now milliseconds */
export function renderStatusTable(
  rows: readonly StatusRow[],
  now: number,
  style: TableStyle,
): string {
  const { words } = style;
  const cells = rows.map((row) => [
    shownName(row.profile),
    shownName(row.sessionProfile),
    words.states[row.state],
    row.expiration === undefined
      ? quoted(row.doubtfulExpiry ?? '-')
      : formatLocalTime(row.expiration),
    remainingWords(row, now, style),
    style.columns === undefined ? '' : bar(row, words),
    row.isHeld ? words.inThisShell : '',
  ]);
  const headings = [...words.headings, '', ''];
  const table = [headings, ...cells];
  const widths = headings.map((_, column) =>
    // A spread would run out of stack at a hundred thousand rows.
    table.reduce((widest, line) => Math.max(widest, widthOf(line[column]!)), 0),
  );
  fit(widths, style.columns);
  return table
    .map((line, index) =>
      renderLine(line, widths, index === 0 ? undefined : rows[index - 1]!.state, style),
    )
    .join('');
}

function remainingWords(
  { expiration, state, remainingSeconds }: StatusRow,
  now: number,
  { words, countdown }: TableStyle,
): string {
  if (expiration === undefined) return '-';
  if (countdown && remainingSeconds) return formatCountdown(remainingSeconds);
  return state === 'expired' ? words.ago(expiration, now) : words.left(expiration, now);
}

function formatCountdown(seconds: number): string {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function bar(
  { remainingSeconds, fullSeconds = DEFAULT_SESSION_SECONDS }: StatusRow,
  { signs }: TableWords,
): string {
  if (!remainingSeconds) return '';
  const share = Math.min(1, remainingSeconds / fullSeconds);
  const full = Math.max(1, Math.round(share * BAR_CELLS));
  return signs.full.repeat(full) + signs.empty.repeat(BAR_CELLS - full);
}

/**
 * Makes the widths fit. What goes first tells least: the bar, then the session's name (it follows
 * from the profile's), the end (it follows from the time left) and the state; the profile's name is
 * cut, and the time left stays longest.
 */
function fit(widths: number[], columns: number | undefined): void {
  if (columns === undefined) return;
  const total = (): number =>
    widths.reduce((sum, each) => sum + each + (each > 0 ? GAP.length : 0), -GAP.length);
  const shorten = (column: number): void => {
    const tooMuch = total() - columns;
    if (tooMuch > 0) {
      widths[column] = Math.min(widths[column]!, Math.max(LEAST_NAME, widths[column]! - tooMuch));
    }
  };
  const leaveOut = (column: number): void => {
    if (total() > columns) widths[column] = 0;
  };
  leaveOut(BAR);
  leaveOut(HELD);
  if (total() > columns && total() - widths[SESSION]! + LEAST_NAME <= columns) shorten(SESSION);
  leaveOut(SESSION);
  if (total() > columns && total() - widths[PROFILE]! + LEAST_NAME <= columns) shorten(PROFILE);
  leaveOut(EXPIRES);
  shorten(PROFILE);
  leaveOut(STATE);
  leaveOut(LEFT);
}

function renderLine(
  line: readonly string[],
  widths: readonly number[],
  state: SessionState | undefined,
  { color, words }: TableStyle,
): string {
  const shown = line.flatMap((cell, column) => {
    const room = widths[column]!;
    if (room === 0) return [];
    const text = cut(cell, room, words.signs.cut);
    const blanks = padEnd(text, room).slice(text.length);
    const code =
      state === undefined ? 1 : column === STATE || column === BAR ? COLORS[state] : undefined;
    const isPlain = !color || code === undefined || text === '';
    return [(isPlain ? text : `\u001b[${code}m${text}\u001b[0m`) + blanks];
  });
  return `${shown.join(GAP).trimEnd()}\n`;
}
