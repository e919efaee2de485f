/**
 * What a folder allows: whether names may come and go in it, and a folder that is the user's own.
 */
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  statSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { env, geteuid } from 'node:process';
import { errorCode } from '../problems/file-failure.ts';

/** What a folder says that takes no new name, though a file in it may still be writable. */
const CLOSED_FOLDER = ['EACCES', 'EPERM', 'EROFS'];

const OWNER_ONLY = 0o700;
const PERMISSIONS = 0o777;
const GROUP_AND_OTHERS = 0o077;
const ROOT = 0;

/** Folders that refused, in this process, to let go of what was made in them. */
const keepsAll = new Set<string>();

export function isClosedFolder(error: unknown): boolean {
  return CLOSED_FOLDER.includes(errorCode(error) ?? '');
}

/** The user whose rights this process has; undefined on Windows. */
export function ownUserId(): number | undefined {
  return geteuid?.();
}

/** From now on nothing is made in the folder that would have to be removed again. */
export function rememberKeepsAll(folder: string): void {
  keepsAll.add(folder);
}

/**
 * True if what is made in the folder of `file` could not be removed or renamed, as in a folder with
 * the append-only attribute. Nothing is made to find out: the kernel asks whether an entry may be
 * removed before it says that `rmdir` does not remove files.
 */
export function keepsWhatIsMade(file: string): boolean {
  const folder = path.dirname(file);
  if (keepsAll.has(folder)) return true;
  if (os.platform() !== 'linux') return false;
  try {
    if (!lstatSync(file).isFile()) return false;
    rmdirSync(file);
  } catch (error) {
    if (isClosedFolder(error)) keepsAll.add(folder);
  }
  return keepsAll.has(folder);
}

/**
 * Makes the folder of `target`, and those above it that are missing: open only to the owner
 * whatever the umask, and, made by root, the property of whoever owns the folder that they are in.
 * @returns the topmost folder that had to be made
 * @throws the system's error
 */
export function makeFolderOf(target: string): string | undefined {
  const missing: string[] = [];
  for (let at = path.dirname(target); !existsSync(at); at = path.dirname(at)) missing.unshift(at);
  if (missing.length === 0 && !statSync(path.dirname(target)).isDirectory()) {
    throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  }
  const made = missing.filter((folder) => {
    const isNew = makeFolder(folder);
    if (isNew) giveToOwnerOf(path.dirname(folder), folder);
    return isNew;
  });
  return made[0];
}

/** How many times in a row a folder may be gone before it counts as no accident. */
const MOST_GONE = 20;

/**
 * Does `act` in the folder of `target`, which is made where it is missing. Another program that has
 * made it for a rehearsal may remove it at any moment: then both are done again.
 * @param act gets the topmost folder that had to be made
 * @throws the system's error
 */
export async function inFolderOf<T>(
  target: string,
  act: (made: string | undefined) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act(makeFolderOf(target));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' || tries === MOST_GONE) throw error;
    }
  }
}

/** @returns false if somebody else was quicker */
function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: OWNER_ONLY });
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && statSync(folder).isDirectory()) return false;
    throw error;
  }
  return true;
}

function giveToOwnerOf(parent: string, folder: string): void {
  if (ownUserId() === undefined) return;
  if (ownUserId() !== ROOT) {
    // A umask can remove the owner's own rights.
    if ((lstatSync(folder).mode & PERMISSIONS) !== OWNER_ONLY) chmodSync(folder, OWNER_ONLY);
    return;
  }
  // By descriptor: whoever may write in `parent` could put a link in its place by now.
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
  const descriptor = openSync(folder, flags);
  try {
    const { uid, gid } = statSync(parent);
    if ((fstatSync(descriptor).mode & PERMISSIONS) !== OWNER_ONLY) {
      fchmodSync(descriptor, OWNER_ONLY);
    }
    if (uid !== ROOT) fchownSync(descriptor, uid, gid);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * A new file's owner: as root that of its folder, else, and where it may not be given, one's own.
 */
export function giveFileToOwnerOf(folder: string, descriptor: number): void {
  if (ownUserId() !== ROOT) return;
  const { uid, gid } = statSync(folder);
  if (uid !== ROOT) fchownSync(descriptor, uid, gid);
}

/**
 * A folder in which nobody else can put anything. First in the user's home: `XDG_RUNTIME_DIR` and
 * `TMPDIR` lead elsewhere under cron, launchd and sudo than in a terminal. Then in those two, where
 * it counts only if it is a folder, one's own, and closed to others.
 * @returns undefined if there is none
 */
export function privateFolder(): string | undefined {
  const uid = ownUserId();
  const atHome = folderAtHome(uid);
  if (atHome !== undefined && isPrivate(atHome, uid)) return atHome;
  const runtime = env['XDG_RUNTIME_DIR'];
  const candidates = [
    ...(runtime && path.isAbsolute(runtime) ? [path.join(runtime, 'mfa-profile')] : []),
    ...[os.tmpdir(), ...(uid === undefined ? [] : ['/tmp'])].map((folder) =>
      path.join(folder, uid === undefined ? 'mfa-profile' : `mfa-profile-${uid}`),
    ),
  ];
  return candidates.find((folder) => isPrivate(folder, uid));
}

/** Made if it is missing, in a home of the user's own; undefined if that cannot be. */
function folderAtHome(uid: number | undefined): string | undefined {
  try {
    const home = os.homedir();
    // Somebody else's, as under sudo, is left alone.
    if (!path.isAbsolute(home) || (uid !== undefined && statSync(home).uid !== uid))
      return undefined;
    const state =
      os.platform() === 'win32'
        ? env['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local')
        : path.join(home, '.local', 'state');
    const folder = path.join(state, 'mfa-profile', 'locks');
    makeFolderOf(path.join(folder, 'lock'));
    return folder;
  } catch {
    return undefined;
  }
}

function isPrivate(folder: string, uid: number | undefined): boolean {
  try {
    if (makeFolder(folder) && uid !== undefined) chmodSync(folder, OWNER_ONLY);
    const stats = lstatSync(folder);
    const isClosed = uid === undefined || (stats.mode & GROUP_AND_OTHERS) === 0;
    return stats.isDirectory() && isClosed && (uid === undefined || stats.uid === uid);
  } catch {
    return false;
  }
}
