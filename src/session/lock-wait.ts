/** How a wait for another program's lock is reported and ended. */
import type { LockOptions, World } from '../world.ts';
import type { Reporter } from '../output/reporter.ts';
import { words } from './words.ts';

/** @param reporter hears which lock is waited for, once that takes a while, and how long it took */
export function lockWaiting(
  { interrupt }: Pick<World, 'interrupt'>,
  reporter: Pick<Reporter, 'say' | 'debug'>,
): LockOptions {
  let isTold = false;
  return {
    signal: interrupt,
    onWait: (lock, isLock) => {
      reporter.say(isLock ? words.waitForLock(lock) : words.waitForNoLock(lock));
    },
    onHeld: (pausedMs) => reporter.debug(`lock held after ${pausedMs} ms of pauses`),
    onNoLock: (file) => {
      if (!isTold) reporter.say(words.noLock(file));
      isTold = true;
    },
  };
}
