/** Finds the file that is really meant by a path. */
import { existsSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../problems/file-failure.ts';

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

/**
 * Follows symbolic links to the end, also where the last one dangles or a folder is missing, which
 * `realpath` refuses. Two ways to one file give one answer, so that they share one lock.
 * @throws the system's error, such as ELOOP; LINK_TO_NOWHERE for a link to another place whose
 * folder is missing, such as a volume that is not mounted: the secrets would go to an open disk
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
  if (path.isAbsolute(link) && !existsSync(path.dirname(link))) {
    throw Object.assign(new Error('the folder is missing'), { code: 'LINK_TO_NOWHERE' });
  }
  return resolveTarget(path.resolve(folder, link), linksLeft - 1);
}

function linkAt(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}
