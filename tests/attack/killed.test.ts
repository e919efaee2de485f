/** Killed at each system call on the folder: the file is whole, and the next run needs no help. */
import { readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import type { Attack, Call } from '../support/attack.ts';
import { callsOnFolder, inParallel, isWhole, sampled, withAttack } from '../support/attack.ts';
import type { RunResult } from '../support/child.ts';
import { having } from '../support/needs.ts';
import { ATTACKED, stateOf } from './commands.ts';

/** A holder is dead after 5.5 s. The pauses are counted, not the time that a busy machine takes. */
const LONGEST_WAIT_MS = 6000;
const MOST_AT_ONCE = 6;

/** How long a run paused for locks and gates, by its own words. */
function pausesOf({ stderr }: RunResult): number {
  const pauses = stderr.matchAll(/debug: .* after (\d+) ms of pauses/g);
  return [...pauses].reduce((sum, [, each]) => sum + Number(each), 0);
}

having('strace').describe.each(ATTACKED)('a killed $name', (command) => {
  const { credentials, config, args, isNew } = command;
  let calls: Call[] = [];
  beforeAll(() =>
    withAttack({ credentials, config }, async (attack) => {
      calls = await callsOnFolder(attack, args(attack));
    }),
  );

  test(
    'leaves the old file or the new one, and the next run succeeds by itself within 6 s',
    async () => {
      expect(calls.length).toBeGreaterThan(10);
      let lockedCount = 0;
      await inParallel(sampled(calls, 8), MOST_AT_ONCE, (call) =>
        withAttack({ credentials, config }, async (attack) => {
          const { box } = attack;
          const inject = `inject=${call.name}:signal=KILL:when=${call.index}`;
          const killed = await attack.under(['-e', inject], args(attack));
          const where = `${call.name} ${call.index}, ${killed.signal ?? killed.code}`;
          expect(`${where}: ${stateOf(attack, command)}`).toMatch(/: (?:old|new)$/);

          if (box.namesInFolder().some((name) => name.endsWith('.lock'))) lockedCount += 1;
          const next = await box.run([...args(attack), '--debug']);
          expect(`${where}: ${next.code} ${next.stderr}`).toMatch(/: 0 /);
          expect(`${where}: ${pausesOf(next) <= LONGEST_WAIT_MS} ${next.stderr}`).toMatch(/: true/);
          expect(isNew(box.readCredentials(), box.readConfig())).toBe(true);
          await nothingStaysForEver(attack, args, where);
        }),
      );
      // Some were killed with a lock in hand.
      expect(lockedCount).toBeGreaterThan(0);
    },
    isWhole ? 3_600_000 : 300_000,
  );
});

/** What is left is known for what it is, and goes once it is old. */
async function nothingStaysForEver(
  attack: Attack,
  args: (attack: Attack) => string[],
  where: string,
): Promise<void> {
  const { box, refresh } = attack;
  for (const name of readdirSync(box.folder)) {
    if (/\.(?:tmp|lock)$/.test(name)) utimesSync(path.join(box.folder, name), 1e9, 1e9);
  }
  await box.run([...refresh(), '--force']);
  await box.run(args(attack));
  expect(`${where}: ${box.namesInFolder().join(' ')}`).toBe(`${where}: config credentials`);
}
