/** Reads what a shell passes as a pipe instead of a file, as in `--config-file <(command)`. */
import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { Failure } from '../problems/problem.ts';
import { errorCode, fileFailure } from '../problems/file-failure.ts';

/** The names that shells give such a pipe; one with a name of its own waits for another reader. */
const HANDED_OVER = /^\/(?:dev\/(?:fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/;

const MOST_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
/** How long the other end may be waited for in all, in ms: one that drips puts it off no more than one that is silent. */
const PATIENCE_MS = 10_000;
const STEP_MS = 10;

export function isHandedPipe(path: string): boolean {
  return HANDED_OVER.test(path) && (statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false);
}

/** All that it holds, until the other end closes it. @throws Failure unreadable-file */
export function readPipe(path: string): Uint8Array {
  const chunks: Buffer[] = [];
  let total = 0;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    for (let waited = 0; ;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const count = readOrWait(descriptor, chunk);
      if (count === 0) return Buffer.concat(chunks);
      if (count === undefined) {
        waited += STEP_MS;
        if (waited > PATIENCE_MS)
          throw new Failure({ kind: 'unreadable-file', path, code: 'ETIMEDOUT' });
        continue;
      }
      total += count;
      chunks.push(chunk.subarray(0, count));
      if (total > MOST_BYTES)
        throw new Failure({ kind: 'unreadable-file', path, code: 'ERR_FS_FILE_TOO_LARGE' });
    }
  } catch (error) {
    throw fileFailure('unreadable-file', path, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** @returns undefined after a short wait if nothing is there yet */
function readOrWait(descriptor: number, chunk: Buffer): number | undefined {
  try {
    return readSync(descriptor, chunk, 0, chunk.length, null);
  } catch (error) {
    if (errorCode(error) !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP_MS);
    return undefined;
  }
}
