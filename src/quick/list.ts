/** The short way to the list of all sessions, for files in which every section is as usual. */
import type { ParsedLine } from '../cli/line.ts';
import { wantsColor } from '../output/color.ts';
import { renderStatusTable } from '../commands/status/table.ts';
import { statusJson } from '../profiles/session-row.ts';
import { listUsualSessions } from './usual-listing.ts';
import type { PlainFiles } from './found.ts';
import type { Answer } from './found.ts';
import type { NearWorld } from '../world.ts';

/** @returns undefined where only the whole program can answer, or has to say that all is not well */
export function listAtOnce(
  { credentials, config }: PlainFiles,
  { options }: ParsedLine,
  near: NearWorld,
  minTtlSeconds: number,
): Answer | undefined {
  const texts = {
    credentials: credentials.toString('latin1'),
    config: config.toString('latin1'),
  };
  const now = near.now();
  const rows = listUsualSessions(texts, now, minTtlSeconds);
  if (!rows || rows.length === 0) return undefined;
  if (options.has('check') && rows.some(({ state }) => state !== 'valid')) return undefined;
  if (options.has('json')) return { product: statusJson(rows), said: [] };
  if (options.has('check')) return { product: '', said: [] };
  const { isTerminal, columns } = near.stdout;
  const color = wantsColor({ mayColor: !options.has('no-color'), isTerminal, env: near.env });
  const style = { color, columns: isTerminal ? (columns ?? 80) : undefined };
  return { product: renderStatusTable(rows, now, style), said: [] };
}
