/** The rename itself: what Windows needs, what a fixed name needs, and what must never stay behind. */
import {
  closeSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { writeFileAtomically } from '../../src/store/atomic-write.ts';
import type { FileSystem } from '../../src/store/atomic-write.ts';
import { closeSnapshot, takeSnapshot } from '../../src/store/snapshot.ts';
import { overwrite, writeAll } from '../../src/store/in-place-write.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();
const file = () => path.join(folder(), 'credentials');
const held = () => true;

/** A file system whose first `count` renames are refused with `code`. */
function refusing(code: string, count: number, platform: string) {
  const system = {
    platform,
    tries: 0,
    rename(from: string, to: string) {
      system.tries += 1;
      if (system.tries <= count) throw Object.assign(new Error(code), { code });
      renameSync(from, to);
    },
  };
  return system satisfies FileSystem;
}

async function writeWith(system: FileSystem, isHeld = held) {
  writeFileSync(file(), 'old\n');
  const snapshot = await takeSnapshot(file());
  try {
    return await writeFileAtomically(file(), snapshot, Buffer.from('new\n'), isHeld, system);
  } finally {
    closeSnapshot(snapshot);
  }
}

describe('rename', () => {
  test.each(['EPERM', 'EACCES', 'EBUSY'])('on Windows, %s is tried again', async (code) => {
    const system = refusing(code, 3, 'win32');
    expect(await writeWith(system)).toBe('replaced');
    expect(system.tries).toBe(4);
    expect(readFileSync(file(), 'utf8')).toBe('new\n');
    expect(readdirSync(folder())).toEqual(['credentials']);
  });

  test('on Windows, a file that stays in use is written in place at last', async () => {
    const system = refusing('EPERM', Infinity, 'win32');
    expect(await writeWith(system)).toBe('in-place');
    expect(system.tries).toBeGreaterThan(5);
    expect(readFileSync(file(), 'utf8')).toBe('new\n');
  });

  // pallets/click#1512: a file mounted by itself
  test('elsewhere, EBUSY means in place at once, and the file stays the same one', async () => {
    const system = refusing('EBUSY', Infinity, 'linux');
    expect(await writeWith(system)).toBe('in-place');
    expect(system.tries).toBe(1);
    expect(readdirSync(folder())).toEqual(['credentials']);
  });

  test('what cannot be helped is a failure; the file stands and nothing stays behind', async () => {
    await expect(writeWith(refusing('EIO', Infinity, 'linux'))).rejects.toMatchObject({
      problem: { kind: 'unwritable-file', path: file(), code: 'EIO' },
    });
    expect(readFileSync(file(), 'utf8')).toBe('old\n');
    expect(readdirSync(folder())).toEqual(['credentials']);
  });

  test('with the lock lost nothing is written', async () => {
    expect(await writeWith(refusing('', 0, 'linux'), () => false)).toBe('overtaken');
    expect(readFileSync(file(), 'utf8')).toBe('old\n');
    expect(readdirSync(folder())).toEqual(['credentials']);
  });

  test('a temporary file that was swept meanwhile means another try', async () => {
    expect(await writeWith(refusing('ENOENT', 1, 'linux'))).toBe('overtaken');
  });
});

describe('overwrite', () => {
  const cases: [string, string, string][] = [
    ['longer', 'short\n', 'a good deal longer\n'],
    ['shorter', 'a good deal longer\n', 'short\n'],
    ['empty', 'something\n', ''],
    ['from empty', '', 'something\n'],
  ];
  test.each(cases)('%s', async (_, before, after) => {
    writeFileSync(file(), before);
    const { ino } = statSync(file());
    const descriptor = openSync(file(), 'r+');
    await overwrite(descriptor, Buffer.from(before), Buffer.from(after));
    closeSync(descriptor);
    expect(readFileSync(file(), 'utf8')).toBe(after);
    expect(statSync(file()).ino).toBe(ino);
  });

  test('writeAll writes at its place and leaves the rest', () => {
    writeFileSync(file(), '0123456789');
    const descriptor = openSync(file(), 'r+');
    writeAll(descriptor, Buffer.from('abc'), 4);
    closeSync(descriptor);
    expect(readFileSync(file(), 'utf8')).toBe('0123abc789');
  });
});
