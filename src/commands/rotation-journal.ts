/** Where the journal of a rotation is, and what is in it: for `rotate`, and for `doctor`. */
import { createHash } from 'node:crypto';
import { Failure } from '../problems/problem.ts';
import { stateFolder } from '../profiles/paths.ts';
import { parseJournal } from '../rotation/journal.ts';
import type { Journal } from '../rotation/journal.ts';
import type { World } from '../world.ts';
import { words } from './words.ts';

/** One for each profile of each credentials file, whatever link leads there. */
export async function journalPlace(name: string, path: string, world: World): Promise<string> {
  const real = (await world.system()).realPath(path) ?? path;
  const hash = createHash('sha256').update(`${real}\n${name}`).digest('hex').slice(0, 16);
  return `${stateFolder(world)}/rotation-${hash}.json`;
}

/** @throws Failure unparsable-file, unreadable-file */
export function readJournal(path: string, profile: string, world: World): Journal | undefined {
  const bytes = world.readFile(path);
  if (!bytes) return undefined;
  const journal = parseJournal(Buffer.from(bytes).toString('utf8'));
  if (journal) return journal;
  throw new Failure({
    ...{ kind: 'unparsable-file', path, line: 1, reason: words.noJournal },
    hint: words.checkKeys(profile),
  });
}
