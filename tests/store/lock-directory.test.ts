/** What stands in a lock's place, seen while its holder gives it back and takes it again. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawnChild } from '../support/child.ts';
import { useFolder } from '../support/fixture-program.ts';
import { isNoLock } from '../../src/store/lock-directory.ts';

const folder = useFolder();
const COME_AND_GO = `
  const { mkdirSync, rmdirSync } = require('node:fs');
  console.log('ready');
  for (;;) { mkdirSync(process.argv[1]); rmdirSync(process.argv[1]); }
`;

test('a lock that comes and goes is never taken for something else', async () => {
  const lock = path.join(folder(), 'credentials.lock');
  const child = spawnChild(process.execPath, ['-e', COME_AND_GO, lock]);
  await child.waitForStdout(/ready/);
  try {
    const seen = Array.from({ length: 100_000 }, () => isNoLock(lock));
    expect(seen.filter(Boolean)).toEqual([]);
  } finally {
    child.kill();
    await child.result.catch(() => undefined);
  }
});

test('a folder is a lock, also behind a link; a file and a link that leads nowhere are none', () => {
  const at = (name: string) => path.join(folder(), name);
  mkdirSync(at('lock'));
  writeFileSync(at('file'), '');
  symlinkSync(at('lock'), at('link'));
  symlinkSync(at('nowhere'), at('dangling'));
  expect(['lock', 'link', 'missing', 'file', 'dangling'].map((name) => isNoLock(at(name)))).toEqual(
    [false, false, false, true, true],
  );
});
