/** Finds the file that is really meant by a path, and makes the folder that it belongs in. */
import { mkdir, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from './file-failure.ts';

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

/**
 * Follows symbolic links to the end, also where the last one dangles or a folder is missing, which
 * `realpath` refuses. Two ways to one file give one answer, so that they share one lock.
 * @throws the system's error, such as ELOOP
 */
export async function resolveTarget(file: string, linksLeft = MOST_LINKS): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  const absolute = path.resolve(file);
  const folder = await resolveTarget(path.dirname(absolute), linksLeft);
  const here = path.join(folder, path.basename(absolute));
  const link = await readlink(here).catch(() => undefined);
  if (link === undefined) return here;
  if (linksLeft === 0) throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
  return resolveTarget(path.resolve(folder, link), linksLeft - 1);
}

/**
 * Makes the folder of `target`, closed to others, where it is missing.
 * @returns the topmost folder that had to be made
 */
export function makeFolderOf(target: string): Promise<string | undefined> {
  return mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
}
