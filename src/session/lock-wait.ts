/** How a wait for another program's lock is reported and ended. */
import type { LockOptions, World } from '../world.ts';
import type { Said } from '../problems/text.ts';
import { words } from './words.ts';

/** @param say hears which lock is waited for, once that takes a while */
export function lockWaiting(
  { interrupt }: Pick<World, 'interrupt'>,
  say: (line: Said) => void,
): LockOptions {
  let isTold = false;
  return {
    signal: interrupt,
    onWait: (lock, isLock) => {
      say(isLock ? words.waitForLock(lock) : words.waitForNoLock(lock));
    },
    onNoLock: (file) => {
      if (!isTold) say(words.noLock(file));
      isTold = true;
    },
  };
}
