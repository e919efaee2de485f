/** `keys move` and `keys restore` wait for each other, and for `rotate`. */
import { enterKeyGate } from '../key-gate.ts';
import { refusal } from './context.ts';
import type { KeysContext } from './context.ts';
import { words } from './words.ts';

/**
 * Acts while no other does: a store may write its entry in place, which must not happen once the
 * file has the key no longer.
 * @throws Failure key-not-moved if another one does not end; unwritable-file, interrupted
 */
export async function withKeyGate<T>(
  profile: string,
  doing: 'move' | 'restore',
  { settings: { files }, world, reporter }: KeysContext,
  act: () => Promise<T>,
): Promise<T> {
  const gate = await enterKeyGate(profile, {
    ...{ files, world, reporter, wait: words.wait(profile) },
    busy: (seconds) => refusal(profile, doing, words.busy(seconds), words.runAgain),
  });
  try {
    return await act();
  } finally {
    await gate.release();
  }
}
