/** The system's own programs that are asked about a file. */
import * as childProcess from 'node:child_process';
import { runHelper } from '../../src/store/helper-program.ts';

jest.mock('node:child_process', () => {
  const actual = jest.requireActual<typeof childProcess>('node:child_process');
  return { ...actual, spawn: jest.fn(actual.spawn) };
});

test('what a program prints is its answer, and one that fails has none', async () => {
  expect(await runHelper('/bin/sh', ['-c', 'printf "a\\nb"'])).toBe('a\nb');
  expect(await runHelper('/bin/sh', ['-c', 'printf a; exit 1'])).toBeUndefined();
  expect(await runHelper('/nowhere/at-all', [])).toBeUndefined();
});

test('it opens no window on Windows, and has nothing of this program’s environment', async () => {
  const printed = await runHelper('/usr/bin/env', []);
  expect(childProcess.spawn).toHaveBeenLastCalledWith(
    '/usr/bin/env',
    [],
    expect.objectContaining({ windowsHide: true }),
  );
  expect(
    printed
      ?.split('\n')
      .filter((line) => /^[A-Z_]+=/.test(line))
      .sort(),
  ).toEqual(['LC_ALL=C', 'PATH=/usr/bin:/bin']);
});
