/** The table that `status` shows to a person. */
import { DEFAULT_SESSION_SECONDS } from '../../aws/duration.ts';
import { formatLocalTime, formatRemaining } from '../../output/local-time.ts';
import type { SessionState } from '../../credentials/session-state.ts';
import { quoted, shownAs } from '../../output/printable.ts';
import type { StatusRow } from '../../profiles/session-row.ts';

export interface TableStyle {
  /** Undefined where the output is no terminal: no limit, and no bar. */
  readonly columns: number | undefined;
  readonly color: boolean;
  /** The time left to the second, as `11:42:07`. */
  readonly countdown?: boolean;
}

const COLORS: Record<SessionState, number> = {
  valid: 32,
  expiring: 33,
  expired: 31,
  stale: 31,
  missing: 90,
  unknown: 35,
};

const BAR_CELLS = 12;
const GAP = '  ';
/** No name column is cut below this. */
const LEAST_NAME = 8;

/** One line a session, with a heading; ends with a line break. @param now milliseconds */
export function renderStatusTable(
  rows: readonly StatusRow[],
  now: number,
  style: TableStyle,
): string {
  const cells = rows.map((row) => [
    shownAs(row.profile),
    shownAs(row.sessionProfile),
    row.state,
    row.expiration === undefined
      ? quoted(row.doubtfulExpiry ?? '-')
      : formatLocalTime(row.expiration),
    remainingWords(row, now, style),
    style.columns === undefined ? '' : bar(row),
    row.isHeld ? 'in this shell' : '',
  ]);
  const headings = ['PROFILE', 'SESSION', 'STATE', 'EXPIRES', 'LEFT', '', ''];
  const table = [headings, ...cells];
  const widths = headings.map((_, column) =>
    table.reduce((most, line) => Math.max(most, width(line[column]!)), 0),
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
  { countdown }: TableStyle,
): string {
  if (expiration === undefined) return '-';
  if (countdown && remainingSeconds) return formatCountdown(remainingSeconds);
  return state === 'expired'
    ? `${formatRemaining(expiration, now)} ago`
    : formatRemaining(expiration, now);
}

function formatCountdown(seconds: number): string {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function bar({ remainingSeconds, fullSeconds = DEFAULT_SESSION_SECONDS }: StatusRow): string {
  if (!remainingSeconds) return '';
  const share = Math.min(1, remainingSeconds / fullSeconds);
  const full = Math.max(1, Math.round(share * BAR_CELLS));
  return '█'.repeat(full) + '░'.repeat(BAR_CELLS - full);
}

/** Makes the widths fit: first the bar goes, then the times left, then the two names are cut. */
function fit(widths: number[], columns: number | undefined): void {
  if (columns === undefined) return;
  const total = (): number =>
    widths.reduce((sum, each) => sum + each + (each > 0 ? GAP.length : 0), -GAP.length);
  if (total() > columns) widths[5] = 0;
  for (const column of [1, 0]) {
    const tooMuch = total() - columns;
    if (tooMuch > 0) widths[column] = Math.max(LEAST_NAME, widths[column]! - tooMuch);
  }
  if (total() > columns) widths[4] = 0;
}

function renderLine(
  line: readonly string[],
  widths: readonly number[],
  state: SessionState | undefined,
  { color }: TableStyle,
): string {
  const shown = line.flatMap((cell, column) => {
    const room = widths[column]!;
    if (room === 0) return [];
    const text = cut(cell, room);
    const blanks = ' '.repeat(room - width(text));
    const code = state === undefined ? 1 : column === 2 || column === 5 ? COLORS[state] : undefined;
    const isPlain = !color || code === undefined || text === '';
    return [(isPlain ? text : `\u001b[${code}m${text}\u001b[0m`) + blanks];
  });
  return `${shown.join(GAP).trimEnd()}\n`;
}

/** Characters, not UTF-16 units. */
function width(text: string): number {
  return [...text].length;
}

function cut(text: string, room: number): string {
  return width(text) <= room ? text : `${[...text].slice(0, room - 1).join('')}…`;
}
