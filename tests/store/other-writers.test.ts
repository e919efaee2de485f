/** Quiet is said only while nobody else works on this machine, and never of a drive that others share. */
import { closeSync, openSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import path from 'node:path';
import { isOwnWork, isQuiet, markOwnWork } from '../../src/store/other-writers.ts';
import { spawnChild } from '../support/child.ts';
import { useFolder } from '../support/fixture-program.ts';
import { testWith } from '../support/needs.ts';

const folder = useFolder();

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

test('never beside a program that is busy', async () => {
  const file = path.join(folder(), 'credentials');
  writeFileSync(file, '');
  const busy = spawnChild('/bin/sh', ['-c', 'echo busy; while :; do :; done']);
  await busy.waitForStdout(/busy/);
  const answers = [];
  for (let look = 0; look < 50; look++) {
    answers.push(isQuiet(file));
    await pause(1);
  }
  busy.signal('SIGKILL');
  await busy.result;
  expect(answers).not.toContain(true);
});

testWith(['proc'], 'never of a file system whose writers this kernel may not see', () => {
  // /proc stands for all that are not on the list, such as NFS.
  expect(isQuiet('/proc/self/stat')).toBe(false);
});

test('never of a file that is not there', () => {
  expect(isQuiet(path.join(folder(), 'missing'))).toBe(false);
});

const counts = (running: number, blocked: number): string =>
  `ctxt 1\nprocs_running ${running}\nprocs_blocked ${blocked}\nsoftirq 1\n`;

testWith(['proc'], 'only while one task runs and none waits for a disk, in every reading', () => {
  const file = path.join(folder(), 'credentials');
  writeFileSync(file, '');
  expect(isQuiet(file, () => counts(1, 0))).toBe(true);
  expect(isQuiet(file, () => counts(2, 0))).toBe(false);
  expect(isQuiet(file, () => counts(1, 1))).toBe(false);
  const readings = [counts(1, 0), counts(1, 0), counts(2, 0)];
  expect(isQuiet(file, () => readings.shift()!)).toBe(false);
});

test('a file that this program wrote is known by its date, one that was written since is not', () => {
  const file = path.join(folder(), 'credentials');
  const descriptor = openSync(file, 'w');
  markOwnWork(descriptor);
  closeSync(descriptor);
  expect(isOwnWork(statSync(file, { bigint: true }))).toBe(true);
  utimesSync(file, 1_700_000_000, 1_700_000_000.000_123);
  expect(isOwnWork(statSync(file, { bigint: true }))).toBe(false);
});

test.each([
  [0n, true],
  [1000n, true],
  [1001n, false],
  [999_000n, true],
  [998_999n, false],
  [500_000n, false],
])('%i ns after a whole millisecond is our date: %s', (after, expected) => {
  const stats = { mtimeNs: 1_700_000_000_123_000_000n + after } as BigIntStats;
  expect(isOwnWork(stats)).toBe(expected);
});
