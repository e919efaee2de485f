/** Reads the code that is handed over on stdin. */
import type { Readable } from 'node:stream';
import type { ReadStream } from 'node:tty';
import type { HeardBytes } from './heard-text.ts';

/** More than any code with blanks, in bytes: what floods stdin is none. */
const LONGEST_LINE = 4096;
/** As long as a command for codes may take: whoever left a pipe open may never write into it. */
const TIME_LIMIT_MS = 60_000;

/**
 * Hears what it holds up to its first line break. A person at a terminal ends the code with Enter,
 * and may take their time; of anything else counts what has come within a minute.
 */
export function readLine(
  stdin: Readable & Partial<Pick<ReadStream, 'isTTY' | 'unref'>>,
  heard: HeardBytes,
  signal: AbortSignal,
  timeLimitMs = TIME_LIMIT_MS,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  return new Promise<void>((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    stdin.on('data', (chunk: Buffer) => {
      const end = chunk.indexOf('\n');
      heard.add(end === -1 ? chunk : chunk.subarray(0, end));
      if (end === -1 && heard.length <= LONGEST_LINE) return;
      // What has come after the line would be handed over at once.
      stdin.pause();
      resolve();
    });
    // What cannot be read (a terminal that is gone, a descriptor that is only written to) holds no more.
    stdin.once('end', () => resolve()).once('error', () => resolve());
    if (!stdin.isTTY) timer = setTimeout(resolve, timeLimitMs);
  }).finally(() => {
    clearTimeout(timer);
    // A pipe that stays open must not keep the program.
    stdin.removeAllListeners('data').pause();
    stdin.unref?.();
  });
}
