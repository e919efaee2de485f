/** Finds the file that is really meant by a path, and makes the folder that it belongs in. */
import { mkdirSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../problems/file-failure.ts';

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

/**
 * Follows symbolic links to the end, also where the last one dangles or a folder is missing, which
 * `realpath` refuses. Two ways to one file give one answer, so that they share one lock.
 * @throws the system's error, such as ELOOP
 */
export function resolveTarget(file: string, linksLeft = MOST_LINKS): string {
  try {
    return realpathSync.native(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  const absolute = path.resolve(file);
  const folder = resolveTarget(path.dirname(absolute), linksLeft);
  const here = path.join(folder, path.basename(absolute));
  const link = linkAt(here);
  if (link === undefined) return here;
  if (linksLeft === 0) throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
  return resolveTarget(path.resolve(folder, link), linksLeft - 1);
}

function linkAt(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}

/**
 * Makes the folder of `target`, closed to others, where it is missing.
 * @returns the topmost folder that had to be made
 */
export function makeFolderOf(target: string): string | undefined {
  return mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
}
