/** What `doctor` finds of rotations: what was interrupted, and old keys that nobody has deleted yet. */
import { isReportable } from '../../problems/problem.ts';
import type { AwsFiles } from '../../profiles/profiles.ts';
import type { FilePaths } from '../../session/options.ts';
import type { World } from '../../world.ts';
import { journalPlace, readJournal } from '../rotation-journal.ts';
import { good, ofProblem, warning } from './check.ts';
import type { Check } from './check.ts';
import { usersAmong } from './profiles.ts';
import { words } from './report-words.ts';

/** Of every source, or the named ones. */
export async function checkRotations(
  files: AwsFiles,
  names: readonly string[],
  { credentials }: FilePaths,
  world: World,
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const { name } of usersAmong(files, names))
    checks.push(...(await checkRotation(name, credentials, world)));
  return checks;
}

async function checkRotation(name: string, credentials: string, world: World): Promise<Check[]> {
  try {
    const journal = readJournal(await journalPlace(name, credentials, world), name, world);
    if (!journal) return [];
    const { began, oldKeyId, stage } = journal;
    if (stage.name === 'retired') {
      return [{ ...good('rotation', words.retired(name, oldKeyId)), hint: words.deleteOld(name) }];
    }
    const hint = stage.name === 'stored' ? words.finish(name) : words.finishOrAbandon(name);
    return [warning('rotation', words.unfinished(name, began), hint)];
  } catch (error) {
    if (!isReportable(error)) throw error;
    return [ofProblem('rotation', error.problem)];
  }
}
