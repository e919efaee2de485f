/** The rename itself: what Windows needs, what a fixed name needs, and what must never stay behind. */
import {
  closeSync,
  fstatSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  REAL_FILE_SYSTEM,
  rehearseReplacement,
  writeFileAtomically,
} from '../../src/store/atomic-write.ts';
import type { FileSystem } from '../../src/store/atomic-write.ts';
import { rememberKeepsAll } from '../../src/store/folder.ts';
import { closeSnapshot, takeSnapshot } from '../../src/store/snapshot.ts';
import { overwrite, writeAll, writeInPlace } from '../../src/store/in-place-write.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();
const file = () => path.join(folder(), 'credentials');
const held = () => true;

/** A file system whose first `count` renames are refused with `code`. */
function refusing(code: string, count: number, platform: string) {
  const system = {
    ...REAL_FILE_SYSTEM,
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
  test.each(['EBUSY', 'EACCES', 'EPERM', 'EXDEV', 'EROFS'])(
    'elsewhere, %s means in place at once, and the file stays the same one',
    async (code) => {
      const system = refusing(code, Infinity, 'linux');
      expect(await writeWith(system)).toBe('in-place');
      expect(system.tries).toBe(1);
      expect(readdirSync(folder())).toEqual(['credentials']);
    },
  );

  describe('of a new file, where no link can be made', () => {
    async function makeWith(code: string) {
      const snapshot = await takeSnapshot(file());
      const link = () => {
        throw Object.assign(new Error(code), { code });
      };
      const system = { ...REAL_FILE_SYSTEM, link };
      return writeFileAtomically(file(), snapshot, Buffer.from('new\n'), held, system);
    }

    test.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR', 'UNKNOWN'])(
      '%s leaves the rename',
      async (code) => {
        expect(await makeWith(code)).toBe('replaced');
        expect(readFileSync(file(), 'utf8')).toBe('new\n');
        expect(readdirSync(folder())).toEqual(['credentials']);
      },
    );

    test('anything else is a failure', async () => {
      await expect(makeWith('EIO')).rejects.toMatchObject({ problem: { code: 'EIO' } });
      expect(readdirSync(folder())).toEqual([]);
    });
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

describe('a rehearsal', () => {
  async function rehearse(system: FileSystem) {
    writeFileSync(file(), 'old\n');
    const snapshot = await takeSnapshot(file());
    try {
      return await rehearseReplacement(file(), snapshot, Buffer.from('new\n'), system);
    } finally {
      closeSnapshot(snapshot);
    }
  }

  test.each([0, 1, 19])('whose file others sweep %i times goes on', async (count) => {
    const system = refusing('ENOENT', count, 'linux');
    expect(await rehearse(system)).toBe(true);
    expect(system.tries).toBe(count + 1);
    expect(readFileSync(file(), 'utf8')).toBe('old\n');
    expect(readdirSync(folder())).toEqual(['credentials']);
  });

  test('ends where they never stop', async () => {
    const system = refusing('ENOENT', Infinity, 'linux');
    await expect(rehearse(system)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(system.tries).toBe(20);
  });

  test.each([
    ['EBUSY', false],
    ['EROFS', false],
  ])('says by %s that the name is fixed', async (code, expected) => {
    expect(await rehearse(refusing(code, Infinity, 'linux'))).toBe(expected);
  });

  test('in a folder that keeps what is made in it says that the file is written in place', async () => {
    rememberKeepsAll(folder());
    expect(await rehearse(REAL_FILE_SYSTEM)).toBe(false);
    const fresh = path.join(folder(), 'fresh');
    const nothing = await takeSnapshot(fresh);
    const attempt = rehearseReplacement(fresh, nothing, Buffer.from('new\n'), REAL_FILE_SYSTEM);
    await expect(attempt).rejects.toMatchObject({ code: 'EPERM' });
  });

  test('fails by anything else', async () => {
    await expect(rehearse(refusing('EIO', 1, 'linux'))).rejects.toMatchObject({ code: 'EIO' });
    expect(readdirSync(folder())).toEqual(['credentials']);
  });
});

describe('what a power cut or a liar of a disk must not find', () => {
  test('the new file is written, then flushed, then named, then its folder is flushed', async () => {
    const done: string[] = [];
    const system: FileSystem = {
      ...REAL_FILE_SYSTEM,
      fsync: (descriptor) => {
        const { size } = fstatSync(descriptor);
        const what = fstatSync(descriptor).isDirectory() ? 'folder' : `file of ${size}`;
        done.push(`flush ${what}`);
        return Promise.resolve();
      },
      rename: (from, to) => {
        done.push('rename');
        renameSync(from, to);
      },
    };
    await writeWith(system);
    expect(done).toEqual(['flush file of 4', 'rename', 'flush folder']);
  });

  test.each(['EIO', 'ENOSPC', 'EDQUOT'])(
    'a flush that fails with %s is a failure',
    async (code) => {
      const fsync = () => Promise.reject(Object.assign(new Error(code), { code }));
      await expect(writeWith({ ...REAL_FILE_SYSTEM, fsync })).rejects.toMatchObject({
        problem: { kind: 'unwritable-file', code },
      });
      expect(readFileSync(file(), 'utf8')).toBe('old\n');
      expect(readdirSync(folder())).toEqual(['credentials']);
    },
  );

  test.each(['EINVAL', 'ENOSYS', 'ENOTSUP', 'ERR_ACCESS_DENIED'])(
    'where a flush cannot even be asked for (%s) the file is written without',
    async (code) => {
      const fsync = () => Promise.reject(Object.assign(new Error(), { code }));
      expect(await writeWith({ ...REAL_FILE_SYSTEM, fsync })).toBe('replaced');
    },
  );

  test.each(['new', 'nex\n'])('a file that came out as %j never gets the name', async (text) => {
    const system = { ...REAL_FILE_SYSTEM, read: () => Buffer.from(text) };
    await expect(writeWith(system)).rejects.toMatchObject({
      problem: { kind: 'unwritable-file', code: 'EIO' },
    });
    expect(readFileSync(file(), 'utf8')).toBe('old\n');
    expect(readdirSync(folder())).toEqual(['credentials']);
  });
});

describe('others who may write in the folder', () => {
  test('cannot tell the name of a temporary file beforehand', async () => {
    const names = new Set<string>();
    const rename = (from: string, to: string) => {
      names.add(from);
      renameSync(from, to);
    };
    for (let write = 0; write < 3; write++) await writeWith({ ...REAL_FILE_SYSTEM, rename });
    expect(names.size).toBe(3);
  });

  test('a file that somebody made in the last moment means another round', async () => {
    const snapshot = await takeSnapshot(file());
    const link = (from: string, to: string) => {
      writeFileSync(to, 'theirs\n');
      linkSync(from, to);
    };
    const system = { ...REAL_FILE_SYSTEM, link };
    const write = writeFileAtomically(file(), snapshot, Buffer.from('new\n'), held, system);
    expect(await write).toBe('overtaken');
    expect(readFileSync(file(), 'utf8')).toBe('theirs\n');
    expect(readdirSync(folder())).toEqual(['credentials']);
  });

  test('what they put instead of the temporary file never gets the name', async () => {
    const secret = path.join(folder(), 'another secret');
    writeFileSync(secret, 'not for them\n');
    const fsync = () => {
      const temporary = readdirSync(folder()).find((name) => name.endsWith('.tmp'))!;
      unlinkSync(path.join(folder(), temporary));
      symlinkSync(secret, path.join(folder(), temporary));
      return Promise.resolve();
    };
    expect(await writeWith({ ...REAL_FILE_SYSTEM, fsync })).toBe('overtaken');
    expect(lstatSync(file()).isSymbolicLink()).toBe(false);
    expect(readFileSync(file(), 'utf8')).toBe('old\n');
    expect(readFileSync(secret, 'utf8')).toBe('not for them\n');
  });

  test('a link instead of the file is not followed by a write in place', async () => {
    const precious = path.join(folder(), 'bashrc');
    writeFileSync(precious, 'old\n');
    writeFileSync(file(), 'old\n');
    const snapshot = await takeSnapshot(file());
    unlinkSync(file());
    symlinkSync(precious, file());
    await expect(
      writeInPlace(file(), snapshot, Buffer.from('new\n'), () => true),
    ).rejects.toMatchObject({ code: 'ELOOP' });
    expect(readFileSync(precious, 'utf8')).toBe('old\n');
    closeSnapshot(snapshot);
  });

  test('nor is another file in its place written over', async () => {
    writeFileSync(file(), 'old\n');
    const snapshot = await takeSnapshot(file());
    renameSync(file(), `${file()}.old`);
    writeFileSync(file(), 'theirs\n');
    expect(await writeInPlace(file(), snapshot, Buffer.from('new\n'), () => true)).toBe(false);
    expect(readFileSync(file(), 'utf8')).toBe('theirs\n');
    closeSnapshot(snapshot);
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
