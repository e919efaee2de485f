/** Reads what is open to its end, if that is not too far. */
import { readSync } from 'node:fs';

/**
 * More bytes than any file of AWS's holds, and less than would bring the machine down: a sparse file
 * may have terabytes, and some of the kernel's own have no end (`/proc/self/pagemap`).
 */
export const MOST_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

/**
 * All of an open file, from its beginning, wherever the descriptor stands.
 * @throws the system's error, or {@link tooLarge}
 */
export function readDescriptor(descriptor: number): Buffer {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const count = readSync(descriptor, chunk, 0, chunk.length, position);
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, count));
    position += count;
    if (position > MOST_BYTES) throw tooLarge();
  }
}

/** With the code that node itself has for it. */
export function tooLarge(): Error {
  return Object.assign(new Error('too large'), { code: 'ERR_FS_FILE_TOO_LARGE' });
}
