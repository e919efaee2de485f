/** Files that another program of Windows has open, and lets nobody else open meanwhile. */
import { errorCode } from '../problems/file-failure.ts';

/** Waits between tries, in milliseconds; just over two seconds in all. */
export const WINDOWS_WAITS = [5, 10, 20, 40, 80, 160, 320, 640, 800];

/**
 * Opens a file, again and again for two seconds while Windows says that it is in use (.NET's
 * File.ReadAllText, a virus scanner). Elsewhere, and for every other error, once.
 * @throws the system's error
 */
export function openWhenFree(open: () => number, platform: string): number {
  for (let tries = 0; ; tries += 1) {
    try {
      return open();
    } catch (error) {
      const wait = WINDOWS_WAITS[tries];
      if (platform !== 'win32' || errorCode(error) !== 'EBUSY' || wait === undefined) throw error;
      // Nothing else has to go on in this process until the file can be read.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
    }
  }
}
