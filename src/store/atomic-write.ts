/** Replaces a file by a rename, so that a reader sees either the old one or the new one, whole. */
import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import path from 'node:path';
import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { canCopyAttributes, copyAttributes, keepsLists } from './attributes.ts';
import { runHelper } from './helper-program.ts';
import type { RunHelper } from './helper-program.ts';
import { readDescriptor } from './bounded-read.ts';
import { isSameFile, isUnchanged } from './snapshot.ts';
import { WINDOWS_WAITS } from './in-use.ts';
import type { Snapshot } from './snapshot.ts';
import { errorCode, fileFailure } from '../problems/file-failure.ts';
import { giveFileToOwnerOf, isClosedFolder, keepsWhatIsMade, rememberKeepsAll } from './folder.ts';
import { writeAll, writeInPlace } from './in-place-write.ts';
import { temporaryPath } from './leftovers.ts';
import { markOwnWork } from './other-writers.ts';

/** The name cannot be given to another file: mounted by itself, or in a sticky folder. */
const FIXED_NAME = ['EBUSY', 'EACCES', 'EPERM', 'EXDEV', 'EROFS'];
/** Links that a file system does not know. */
// exFAT and some network drives of Windows: EISDIR, UNKNOWN (nodejs/node#65817).
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR', 'UNKNOWN'];
/** What Windows says while a virus scanner or another program has the file open. */
const IN_USE_ON_WINDOWS = ['EPERM', 'EACCES', 'EBUSY'];
/** What says that a flush cannot be asked for: an odd file system, or node's permission model. */
const NO_FLUSH = ['EINVAL', 'ENOSYS', 'ENOTSUP', 'ERR_ACCESS_DENIED'];

const NEW_FILE_MODE = 0o600;
const PERMISSIONS = 0o777;

/** The operating system's part, to be replaced in tests of what seldom happens. */
export interface FileSystem {
  readonly platform: string;
  rename(from: string, to: string): void;
  link(from: string, to: string): void;
  fsync(descriptor: number): Promise<void>;
  /** What an open file holds. */
  read(descriptor: number): Buffer;
  readonly run: RunHelper;
}

export const REAL_FILE_SYSTEM: FileSystem = {
  platform: os.platform(),
  rename: renameSync,
  link: linkSync,
  fsync: promisify(fsync),
  read: readDescriptor,
  run: runHelper,
};

/**
 * - `replaced`: another file has the name now; late writes into the old one are seen in the
 *   snapshot
 * - `in-place`: the same file, written over
 * - `overtaken`: somebody else was quicker, or `isHeld` is false: nothing was done
 */
export type WriteOutcome = 'replaced' | 'in-place' | 'overtaken';

/** How many times in a row a file that was just made may be gone before it counts as no accident. */
const MOST_SWEPT = 20;

/** A finished file that waits for its name. */
export interface Temporary {
  readonly path: string;
  /** Open until {@link discard}, so that no other file can pass for this one. */
  readonly descriptor: number;
}

/**
 * Writes `bytes` to `target` if it still is what `snapshot` says. Whatever happens, no temporary
 * file is left.
 * @throws Failure unwritable-file; the file is then as it was
 */
export async function writeFileAtomically(
  target: string,
  snapshot: Snapshot,
  bytes: Uint8Array,
  isHeld: () => boolean,
  system: FileSystem = REAL_FILE_SYSTEM,
): Promise<WriteOutcome> {
  const mayWrite = () => isHeld() && isUnchanged(target, snapshot);
  const inPlace = async (): Promise<WriteOutcome> =>
    (await writeInPlace(target, snapshot, bytes, mayWrite)) ? 'in-place' : 'overtaken';
  try {
    const temporary = await writeTemporary(target, snapshot, bytes, 'real', system);
    if (temporary === undefined) return await inPlace();
    try {
      const outcome = await giveName(temporary, target, snapshot, mayWrite, system);
      return outcome === 'fixed-name' ? await inPlace() : outcome;
    } finally {
      discard(temporary);
    }
  } catch (error) {
    throw fileFailure('unwritable-file', target, error);
  }
}

/**
 * Tries all that {@link writeFileAtomically} will do beside the file, with `bytes` that nobody will
 * see: writing, owner and mode, flush, name, removal.
 * @returns false if the file will have to be written in place
 * @throws the system's error
 */
export async function rehearseReplacement(
  target: string,
  snapshot: Snapshot,
  bytes: Uint8Array,
  system: FileSystem = REAL_FILE_SYSTEM,
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await rehearseOnce(target, snapshot, bytes, system);
    if (outcome !== 'swept') return outcome;
    if (tries === MOST_SWEPT) throw Object.assign(new Error('swept'), { code: 'ENOENT' });
  }
}

async function rehearseOnce(
  target: string,
  snapshot: Snapshot,
  bytes: Uint8Array,
  system: FileSystem,
): Promise<boolean | 'swept'> {
  const first = await writeTemporary(target, snapshot, bytes, 'rehearsal', system);
  if (first === undefined) return false;
  const second = temporaryPath(target);
  try {
    if (snapshot.stats) system.rename(first.path, second);
    else nameNewFile(first.path, second, system);
    await synchroniseFolder(target, system);
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (snapshot.stats && FIXED_NAME.includes(code)) return false;
    // By a run whose clock is ahead, to which it looks old.
    if (code === 'ENOENT') return 'swept';
    throw error;
  } finally {
    removeQuietly(second);
    discard(first);
  }
  if (!keepsWhatIsMade(target)) return true;
  if (snapshot.stats) return false;
  throw Object.assign(new Error('nothing can be removed'), { code: 'EPERM' });
}

/** @returns undefined if the target must be written in place */
async function writeTemporary(
  target: string,
  snapshot: Snapshot,
  bytes: Uint8Array,
  purpose: 'real' | 'rehearsal',
  system: FileSystem,
): Promise<Temporary | undefined> {
  const temporary = openTemporary(target, snapshot.stats !== undefined);
  if (temporary === undefined) return undefined;
  const { descriptor } = temporary;
  let isFinished = false;
  try {
    const { stats } = snapshot;
    const original = stats && { stats, descriptor: snapshot.descriptor };
    const isReal = original && purpose === 'real';
    if (isReal && !(await keepsLists(target, temporary, system))) return undefined;
    writeAll(descriptor, bytes);
    if (!original) setUpNewFile(target, descriptor);
    else if (purpose === 'rehearsal' && !canCopyAttributes(original, descriptor)) return undefined;
    else if (isReal && !(await copyAttributes(original, descriptor))) return undefined;
    markOwnWork(descriptor);
    await flush(descriptor, system);
    if (!system.read(descriptor).equals(bytes)) {
      throw Object.assign(new Error('the file came out wrong'), { code: 'EIO' });
    }
    isFinished = true;
    return temporary;
  } finally {
    if (!isFinished) discard(temporary);
  }
}

function openTemporary(target: string, targetExists: boolean): Temporary | undefined {
  if (targetExists && keepsWhatIsMade(target)) return undefined;
  const temporary = temporaryPath(target);
  try {
    return { path: temporary, descriptor: openSync(temporary, 'wx+', NEW_FILE_MODE) };
  } catch (error) {
    if (targetExists && isClosedFolder(error)) return undefined;
    throw error;
  }
}

function setUpNewFile(target: string, descriptor: number): void {
  // A umask can remove the owner's own rights.
  if (os.platform() !== 'win32' && (fstatSync(descriptor).mode & PERMISSIONS) !== NEW_FILE_MODE) {
    fchmodSync(descriptor, NEW_FILE_MODE);
  }
  giveFileToOwnerOf(path.dirname(target), descriptor);
}

async function giveName(
  temporary: Temporary,
  target: string,
  snapshot: Snapshot,
  mayWrite: () => boolean,
  system: FileSystem,
): Promise<'replaced' | 'overtaken' | 'fixed-name'> {
  const waits = system.platform === 'win32' ? WINDOWS_WAITS : [];
  for (let tries = 0; ; tries += 1) {
    if (!isStillThere(temporary) || !mayWrite()) return 'overtaken';
    try {
      if (snapshot.stats) system.rename(temporary.path, target);
      else nameNewFile(temporary.path, target, system);
      await synchroniseFolder(target, system);
      return 'replaced';
    } catch (error) {
      const code = errorCode(error) ?? '';
      // Swept by another run while this machine slept, or somebody made the file just now.
      if (code === 'ENOENT' || code === 'EEXIST') return 'overtaken';
      const wait = IN_USE_ON_WINDOWS.includes(code) ? waits[tries] : undefined;
      if (wait !== undefined) await pause(wait);
      else if (snapshot.stats && FIXED_NAME.includes(code)) return 'fixed-name';
      else throw error;
    }
  }
}

/** False if the name leads to another file by now: others may write in this folder, too. */
function isStillThere({ path: temporary, descriptor }: Temporary): boolean {
  const named = lstatSync(temporary, { bigint: true, throwIfNoEntry: false });
  return isSameFile(named, fstatSync(descriptor, { bigint: true }));
}

/** Unlike a rename, a link fails where somebody has made the file in the last microsecond. */
function nameNewFile(temporary: string, target: string, system: FileSystem): void {
  try {
    system.link(temporary, target);
  } catch (error) {
    if (!NO_LINKS.includes(errorCode(error) ?? '')) throw error;
    system.rename(temporary, target);
  }
}

export async function flush(descriptor: number, system: FileSystem): Promise<void> {
  try {
    await system.fsync(descriptor);
  } catch (error) {
    if (!NO_FLUSH.includes(errorCode(error) ?? '')) throw error;
  }
}

/** Makes the new name outlive a power cut. Not every file system lets a folder be opened for it. */
export async function synchroniseFolder(target: string, system: FileSystem): Promise<void> {
  try {
    const descriptor = openSync(path.dirname(target), 'r');
    try {
      await system.fsync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The file has its new content; how soon the disk knows is the file system's affair.
  }
}

function discard(temporary: Temporary): void {
  closeSync(temporary.descriptor);
  removeQuietly(temporary.path);
}

function removeQuietly(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    // Renamed, as it should be, or swept by another run; or it can never be removed.
    if (errorCode(error) !== 'ENOENT') rememberKeepsAll(path.dirname(file));
  }
}
