/** Writes into an existing file, for where it cannot be replaced, such as one mounted by itself. */
import { closeSync, fsync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';

const synchronise = promisify(fsync);
const LINE_FEED = 0x0a;

/**
 * Writes all of `bytes` at `position`. `write()` may take less than it was given, as on a disk that
 * is nearly full, and says so in its count alone.
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
 * Turns what an open file holds from `before` to `after` so that a reader never meets an empty file,
 * nor half of one unless `write()` itself is cut short: room is made first with blank lines, one
 * `write()` then puts the new text and blank lines up to the old length, and the blank lines are cut
 * off at last. Where it fails, what was there is put back.
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
 * Writes `after` into `target` unless `mayWrite` says otherwise at the last moment.
 * @returns false where it did
 * @throws the system's error
 */
export async function writeInPlace(
  target: string,
  before: Uint8Array,
  after: Uint8Array,
  mayWrite: () => boolean,
): Promise<boolean> {
  // Neither 'w', which truncates first, nor 'a': a reader must not meet an empty file.
  const descriptor = openSync(target, 'r+');
  try {
    if (!mayWrite()) return false;
    await overwrite(descriptor, before, after);
    return true;
  } finally {
    closeSync(descriptor);
  }
}
