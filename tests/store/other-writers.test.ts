/** Quiet is said only while nobody else works on this machine, and never of a drive that others share. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isQuiet } from '../../src/store/other-writers.ts';
import { spawnChild } from '../support/child.ts';
import { useFolder } from '../support/fixture-program.ts';
import { testWith } from '../support/needs.ts';

const folder = useFolder();

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

test('never beside a program that is busy', async () => {
  const file = path.join(folder(), 'credentials');
  writeFileSync(file, '');
  const busy = spawnChild('/bin/sh', ['-c', 'while :; do :; done']);
  await pause(50);
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
