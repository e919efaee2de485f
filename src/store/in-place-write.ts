/** Writes into an existing file that cannot be replaced, such as one mounted by itself. */
import os from 'node:os';
import { openWhenFree } from './in-use.ts';
import {
  closeSync,
  constants,
  fstatSync,
  fsync,
  ftruncateSync,
  openSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { isSameFile } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

const synchronise = promisify(fsync);
const LINE_FEED = 0x0a;

/**
 * Writes all of `bytes` at `position`. `write()` may take less than it was given, as on a disk that
 * is nearly full, and says so only in its count.
 * @throws the system's error
 */
export function writeAll(descriptor: number, bytes: Uint8Array, position = 0): void {
  let done = 0;
  while (done < bytes.length) {
    const count = writeSync(descriptor, bytes, done, bytes.length - done, position + done);
    if (count === 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' });
    done += count;
  }
}

/**
 * Turns what an open file holds from `before` to `after` so that a reader never meets an empty
 * file, nor half of one unless `write()` itself is cut short: room is made first with blank lines,
 * one `write()` then puts the new text and blank lines up to the old length, and the blank lines
 * are cut off at last. If it fails, what was there is put back.
 * @throws the system's error
 */
export async function overwrite(
  descriptor: number,
  before: Uint8Array,
  after: Uint8Array,
): Promise<void> {
  try {
    const growth = after.length - before.length;
    if (growth > 0) writeAll(descriptor, Buffer.alloc(growth, LINE_FEED), before.length);
    writeAll(descriptor, Buffer.concat([after, Buffer.alloc(Math.max(-growth, 0), LINE_FEED)]));
    ftruncateSync(descriptor, after.length);
    await synchronise(descriptor);
  } catch (error) {
    writeAll(descriptor, before);
    ftruncateSync(descriptor, before.length);
    throw error;
  }
}

/**
 * Opens the file itself, never one that a link leads to: `target` has no link in it by now, and one
 * that appears there leads to a file that nobody meant.
 * @throws the system's error
 */
export function openForWriting(target: string): number {
  // Neither 'w', which truncates first, nor 'a': a reader must not meet an empty file.
  return openWhenFree(
    () => openSync(target, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0)),
    os.platform(),
  );
}

/**
 * Writes `after` into the file that `snapshot` was taken of, unless another has its name by now or
 * `mayWrite` says otherwise at the last moment.
 * @returns false if nothing was written
 * @throws the system's error
 */
export async function writeInPlace(
  target: string,
  snapshot: Snapshot,
  after: Uint8Array,
  mayWrite: () => boolean,
): Promise<boolean> {
  const descriptor = openForWriting(target);
  try {
    const opened = fstatSync(descriptor, { bigint: true });
    if (!isSameFile(opened, snapshot.stats) || !mayWrite()) return false;
    await overwrite(descriptor, snapshot.bytes, after);
    return true;
  } finally {
    closeSync(descriptor);
  }
}
