/** The short way to the list of all sessions. */
import { escapeUnseen } from '../output/printable.ts';
import { wantsColor } from '../output/color.ts';
import { isBeyondSts, statusJson } from '../profiles/session-row.ts';
import { describeSession, listPlaces } from '../profiles/sessions.ts';
import type { Answer, Question } from './found.ts';

/**
 * @returns undefined if the whole program has to say that there is none, or that one is not valid or
 *   cannot be
 */
export async function listAtOnce({
  line,
  near,
  files,
  view,
}: Question): Promise<Answer | undefined> {
  const { options } = line;
  const rows = listPlaces(files).map((place) => describeSession(files, place, view));
  if (rows.length === 0) return undefined;
  if (options.has('check') && rows.some(({ state }) => state !== 'valid')) return undefined;
  if (options.has('json')) return { product: escapeUnseen(statusJson(rows)), said: [] };
  if (options.has('check')) return { product: '', said: [] };
  if (rows.some(isBeyondSts)) return undefined;
  const { renderStatusTable, tableWords } = await import('../commands/status/table.ts');
  const { isTerminal, columns } = near.stdout;
  const color = wantsColor({ mayColor: !options.has('no-color'), isTerminal, env: near.env });
  const words = await tableWords(isTerminal ? near.language : 'en');
  const style = { color, columns: isTerminal ? columns || 80 : undefined, words };
  return { product: renderStatusTable(rows, view.now, style), said: [] };
}
