/** How a wait for another program's lock is told of and ended. */
import type { LockOptions, World } from '../world.ts';

/** @param say hears which lock is waited for, once that takes a while */
export function lockWaiting(
  { interrupt }: Pick<World, 'interrupt'>,
  say: (line: string) => void,
): LockOptions {
  return {
    signal: interrupt,
    onWait: (lock) => {
      say(`waiting for ${lock}, which another program holds`);
    },
  };
}
