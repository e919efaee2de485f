/** Replaces a file by a rename, so that whoever looks sees the old one or the new one, whole. */
import { closeSync, fsync, fstatSync, linkSync, openSync, renameSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { copyAttributes } from './attributes.ts';
import type { Replacement } from './attributes.ts';
import { isUnchanged } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { errorCode, fileFailure } from '../problems/file-failure.ts';
import { writeAll, writeInPlace } from './in-place-write.ts';
import { temporaryPath } from './leftovers.ts';
import { markOwnWork } from './own-work.ts';

const synchronise = promisify(fsync);

/** The folder does not take a new file, though the file itself may still be writable. */
const CLOSED_FOLDER = ['EACCES', 'EPERM', 'EROFS'];
/** The name cannot be given to another file: mounted by itself, or in a sticky folder. */
const FIXED_NAME = ['EBUSY', 'EACCES', 'EPERM', 'EXDEV', 'EROFS'];
/** Links that a file system does not know. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];
/** What Windows says while a virus scanner or another program has the file open. */
const IN_USE_ON_WINDOWS = ['EPERM', 'EACCES', 'EBUSY'];
/** Waits between tries there, in ms; just over two seconds in all. */
const WINDOWS_WAITS = [5, 10, 20, 40, 80, 160, 320, 640, 800];

/** The operating system's part, to be replaced in tests of what only Windows does. */
export interface FileSystem {
  readonly platform: string;
  rename(from: string, to: string): void;
}

const REAL: FileSystem = { platform: os.platform(), rename: renameSync };

/**
 * - `replaced`: another file has the name now; late writes into the old one are seen in the snapshot
 * - `in-place`: the same file, written over
 * - `overtaken`: somebody else was quicker, or `isHeld` is false: nothing was done
 */
export type WriteOutcome = 'replaced' | 'in-place' | 'overtaken';

/**
 * Writes `bytes` to `target` if it still is what `snapshot` says. Whatever happens, no temporary
 * file stays behind.
 * @throws Failure unwritable-file; the file is then as it was
 */
export async function writeFileAtomically(
  target: string,
  snapshot: Snapshot,
  bytes: Uint8Array,
  isHeld: () => boolean,
  system: FileSystem = REAL,
): Promise<WriteOutcome> {
  const mayWrite = () => isHeld() && isUnchanged(target, snapshot);
  const inPlace = async (): Promise<WriteOutcome> =>
    (await writeInPlace(target, snapshot.bytes, bytes, mayWrite)) ? 'in-place' : 'overtaken';
  try {
    const temporary = await writeTemporary(target, snapshot, bytes);
    if (temporary === undefined) return await inPlace();
    try {
      const outcome = await giveName(temporary, target, snapshot, mayWrite, system);
      return outcome === 'fixed-name' ? await inPlace() : outcome;
    } finally {
      removeQuietly(temporary);
    }
  } catch (error) {
    throw fileFailure('unwritable-file', target, error);
  }
}

/** @returns the path of the finished file; undefined where the target must be written in place */
async function writeTemporary(
  target: string,
  snapshot: Snapshot,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const file = openTemporary(target, snapshot.stats !== undefined);
  if (file === undefined) return undefined;
  let finished = false;
  try {
    writeAll(file.descriptor, bytes);
    const kept = !snapshot.stats || (await copyAttributes(target, snapshot.stats, file));
    markOwnWork(file.descriptor);
    await synchronise(file.descriptor);
    if (fstatSync(file.descriptor).size !== bytes.length) {
      throw Object.assign(new Error('the file came out short'), { code: 'EIO' });
    }
    finished = kept;
    return kept ? file.path : undefined;
  } finally {
    closeSync(file.descriptor);
    if (!finished) removeQuietly(file.path);
  }
}

function openTemporary(target: string, targetExists: boolean): Replacement | undefined {
  const temporary = temporaryPath(target);
  try {
    return { path: temporary, descriptor: openSync(temporary, 'wx', 0o600) };
  } catch (error) {
    if (targetExists && CLOSED_FOLDER.includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

async function giveName(
  temporary: string,
  target: string,
  snapshot: Snapshot,
  mayWrite: () => boolean,
  system: FileSystem,
): Promise<'replaced' | 'overtaken' | 'fixed-name'> {
  const waits = system.platform === 'win32' ? WINDOWS_WAITS : [];
  for (let tries = 0; ; tries += 1) {
    if (!mayWrite()) return 'overtaken';
    try {
      if (snapshot.stats) system.rename(temporary, target);
      else nameNewFile(temporary, target, system);
      await synchroniseFolder(target);
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

/** Unlike a rename, a link fails where somebody has made the file in the last microsecond. */
function nameNewFile(temporary: string, target: string, system: FileSystem): void {
  try {
    linkSync(temporary, target);
  } catch (error) {
    if (!NO_LINKS.includes(errorCode(error) ?? '')) throw error;
    system.rename(temporary, target);
  }
}

/** Makes the new name outlive a power cut. Not every file system lets a folder be opened for it. */
async function synchroniseFolder(target: string): Promise<void> {
  try {
    const descriptor = openSync(path.dirname(target), 'r');
    try {
      await synchronise(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The file has its new content; how soon the disk knows is the file system's affair.
  }
}

function removeQuietly(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Renamed, as it should be, or swept by another run.
  }
}
