/** Files that another program on Windows keeps open for itself. */
import { errorCode } from '../problems/file-failure.ts';

/** Waits between tries, in milliseconds; just over two seconds in all. */
export const WINDOWS_WAITS = [5, 10, 20, 40, 80, 160, 320, 640, 800];

/**
 * Opens a file, again and again for two seconds while Windows says that it is in use (.NET's
 * File.ReadAllText, a virus scanner). Elsewhere, and for every other error, once.
 * @throws the system's error
 */
export function openWhenFree(open: () => number, platform: string): number {
  return whenFree(open, platform, ['EBUSY'], WINDOWS_WAITS);
}

/**
 * Removes a file, again and again for two seconds while another program on Windows has it open.
 * @throws the system's error
 */
export function removeWhenFree(remove: () => void, platform: string): void {
  whenFree(remove, platform, BEING_REMOVED, WINDOWS_WAITS);
}

/** Another program has it open; of a new folder: one of its name is still being removed. */
const BEING_REMOVED = ['EPERM', 'EACCES', 'EBUSY'];
/** In milliseconds, a third of a second in all: a folder that takes no entries says the same. */
const REMOVAL_WAITS = [5, 10, 20, 40, 80, 160];

/** Makes a lock's folder, tried again while Windows is still removing the last holder's. */
export function makeWhenFree(make: () => void, platform: string): void {
  whenFree(make, platform, BEING_REMOVED, REMOVAL_WAITS);
}

function whenFree<T>(
  act: () => T,
  platform: string,
  codes: readonly string[],
  waits: readonly number[],
): T {
  for (let tries = 0; ; tries += 1) {
    try {
      return act();
    } catch (error) {
      const wait = waits[tries];
      const isInUse = codes.includes(errorCode(error) ?? '');
      if (platform !== 'win32' || !isInUse || wait === undefined) throw error;
      // Nothing else has to go on in this process until the file can be read.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
    }
  }
}
