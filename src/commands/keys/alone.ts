/** One program at a time changes where a profile's key is: `keys move`, `keys restore`, `rotate`. */
import type { HeldLock } from '../../world.ts';
import { refusal } from './context.ts';
import type { KeysContext } from './context.ts';
import { words } from './words.ts';

const PAUSE_MS = 100;
/** As long as a person may take to unlock a store, and more. */
const LONGEST_WAIT_MS = 90_000;

/**
 * Acts while no other does: a store may write its entry in place, which must not happen once the
 * file has the key no longer.
 * @throws Failure key-not-moved if another one does not end; unwritable-file, interrupted
 */
export async function alone<T>(
  profile: string,
  doing: 'move' | 'restore',
  context: KeysContext,
  act: () => Promise<T>,
): Promise<T> {
  const gate = await enter(profile, doing, context);
  try {
    return await act();
  } finally {
    await gate.release();
  }
}

async function enter(
  profile: string,
  doing: 'move' | 'restore',
  { settings, world, reporter }: KeysContext,
): Promise<HeldLock> {
  const store = await world.store();
  const began = world.now();
  for (let round = 0; ; round += 1) {
    // The gate of a rotation.
    const wanted = { kind: 'rotation', of: profile } as const;
    const gate = await store.tryGate(settings.files.credentials, wanted);
    if (gate) return gate;
    if (round === 0) reporter.say(words.wait(profile));
    const waited = world.now() - began;
    if (waited > LONGEST_WAIT_MS) {
      throw refusal(profile, doing, words.busy(Math.round(waited / 1000)), words.runAgain);
    }
    await world.sleep(PAUSE_MS);
  }
}
