/** One program at a time changes where a profile's key is: `rotate`, `keys move`, `keys restore`. */
import type { Reporter } from '../output/reporter.ts';
import type { Failure } from '../problems/problem.ts';
import type { Said } from '../problems/text.ts';
import type { FilePaths } from '../session/options.ts';
import type { HeldLock, World } from '../world.ts';

const PAUSE_MS = 100;
/** As long as a new key may be tried, or a person may take to unlock a store, and more. */
const LONGEST_WAIT_MS = 90_000;

interface KeyGate {
  readonly files: FilePaths;
  readonly world: World;
  readonly reporter: Reporter;
  /** Said once if somebody else is in. */
  readonly wait: Said;
  /** The failure if that does not end. */
  readonly busy: (seconds: number) => Failure;
}

/** @throws Failure that `busy` makes; unwritable-file, interrupted */
export async function enterKeyGate(
  profile: string,
  { files, world, reporter, wait, busy }: KeyGate,
): Promise<HeldLock> {
  const store = await world.store();
  const began = world.now();
  for (let round = 0; ; round += 1) {
    const gate = await store.tryGate(files.credentials, { kind: 'rotation', of: profile });
    if (gate) return gate;
    if (round === 0) reporter.say(wait);
    const waited = world.now() - began;
    if (waited > LONGEST_WAIT_MS) throw busy(Math.round(waited / 1000));
    await world.sleep(PAUSE_MS);
  }
}
