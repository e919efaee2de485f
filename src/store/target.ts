/** Finds the file that is really meant by a path. */
import { existsSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { errorCode } from '../problems/file-failure.ts';
import { ownUserId } from './folder.ts';

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

/**
 * Follows symbolic links to the end, also where the last one dangles or a folder is missing, which
 * `realpath` refuses. Two ways to one file give one answer, so that they share one lock.
 * @throws the system's error, such as ELOOP; LINK_TO_NOWHERE for a link to another place whose
 * folder is missing, such as a volume that is not mounted: the secrets would go to an open disk;
 * LINK_OF_ANOTHER for one by which another user would choose which file of this user's is written
 */
export function resolveTarget(file: string, linksLeft = MOST_LINKS): string {
  try {
    const real = realpathSync.native(file);
    if (real !== path.resolve(file)) refuseForeignLinks(file, real);
    return real;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  const absolute = path.resolve(file);
  const folder = resolveTarget(path.dirname(absolute), linksLeft);
  const here = path.join(folder, path.basename(absolute));
  const link = linkAt(here);
  if (link === undefined) return here;
  refuseForeignLink(here, path.dirname(path.resolve(folder, link)));
  if (linksLeft === 0) throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
  if (path.isAbsolute(link) && !existsSync(path.dirname(link))) {
    throw Object.assign(new Error('the folder is missing'), { code: 'LINK_TO_NOWHERE' });
  }
  return resolveTarget(path.resolve(folder, link), linksLeft - 1);
}

const ROOT = 0;

/**
 * Walks the way to `real` link by link: it has to lead there still, or somebody exchanges names on it
 * at this moment, and who made the link that was followed is not known.
 */
function refuseForeignLinks(file: string, real: string): void {
  if (os.platform() === 'win32') return;
  const rest = path.resolve(file).split('/').slice(1);
  let here = '/';
  for (let linksLeft = MOST_LINKS; rest.length > 0 && linksLeft > 0;) {
    const next = path.join(here, rest.shift()!);
    const link = linkAt(next);
    if (link === undefined) {
      here = next;
      continue;
    }
    linksLeft -= 1;
    refuseForeignLink(next, real);
    rest.unshift(...link.split('/').filter(Boolean));
    if (path.isAbsolute(link)) here = '/';
  }
  // On a disk that does not tell large letters from small ones the same file has several names.
  const [reached, meant] = [here, real].map((each) => lstatSync(each, { bigint: true }));
  if (reached!.ino !== meant!.ino || reached!.dev !== meant!.dev) throw foreignLink();
}

/**
 * A link is to be root's, this user's, or the owner's of what it leads to, who can write that anyway
 * (as Linux has it for links in sticky folders: proc(5), protected_symlinks).
 */
function refuseForeignLink(link: string, to: string): void {
  const maker = lstatSync(link, { throwIfNoEntry: false })?.uid;
  if (os.platform() === 'win32' || maker === ROOT || maker === ownUserId()) return;
  if (maker === undefined || maker !== statSync(to, { throwIfNoEntry: false })?.uid) {
    throw foreignLink();
  }
}

const foreignLink = (): Error =>
  Object.assign(new Error('a link of another user'), { code: 'LINK_OF_ANOTHER' });

function linkAt(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}
