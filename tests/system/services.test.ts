/** The user's system: what it may ask of the machine, and how it fails. */
import path from 'node:path';
import {
  chownSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type * as SystemModule from '../../src/system/services.ts';
import { makeSystem } from '../../src/system/services.ts';
import { testWith } from '../support/needs.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();

test('a file that cannot be removed or written is a failure with its path, not a fault', async () => {
  const system = makeSystem({}, 'linux');
  writeFileSync(path.join(folder(), 'plain'), '');
  const file = path.join(folder(), 'plain', 'below');
  const problem = { kind: 'unwritable-file', path: file };
  await expect(system.removeFile(file)).rejects.toMatchObject({ problem });
  await expect(system.writeFile(file, new Uint8Array(), 0o600)).rejects.toMatchObject({ problem });
});

testWith(['owners'], 'what root makes in somebody’s home belongs to that person', async () => {
  const system = makeSystem({}, 'linux');
  chownSync(folder(), 65534, 65533);
  for (const name of ['told.json', 'told.json', 'state/deep/told.json']) {
    await system.writeFile(path.join(folder(), name), Buffer.from('x'), 0o600);
  }
  for (const name of ['told.json', 'state', 'state/deep', 'state/deep/told.json']) {
    const { uid, gid } = statSync(path.join(folder(), name));
    expect([name, uid, gid]).toEqual([name, 65534, 65533]);
  }
});

test('a file has its mode whatever the umask is, in a folder that is closed to others, and comes in one step', async () => {
  const system = makeSystem({}, 'linux');
  const file = path.join(folder(), 'state', 'deep', 'told.json');
  const umask = process.umask(0);
  try {
    for (const mode of [0o600, 0o644]) {
      await system.writeFile(file, Buffer.from(`${mode}`), mode);
      expect(readFileSync(file, 'utf8')).toBe(`${mode}`);
      expect(statSync(file).mode & 0o777).toBe(mode);
    }
    process.umask(0o077);
    await system.writeFile(file, Buffer.from('x'), 0o644);
    expect(statSync(file).mode & 0o777).toBe(0o644);
  } finally {
    process.umask(umask);
  }
  expect(statSync(path.join(folder(), 'state')).mode & 0o777).toBe(0o700);
  expect(readdirSync(path.dirname(file))).toEqual(['told.json']);
  // What a link leads to is not ours.
  const other = path.join(folder(), 'other');
  writeFileSync(other, 'theirs');
  mkdirSync(path.join(folder(), 'links'));
  symlinkSync(other, path.join(folder(), 'links', 'told.json'));
  await system.writeFile(path.join(folder(), 'links', 'told.json'), Buffer.from('x'), 0o600);
  expect(readFileSync(other, 'utf8')).toBe('theirs');
});

test('a program that fails says with which status, and how', async () => {
  const system = makeSystem({ PATH: process.env['PATH'] }, 'linux');
  expect(await system.run(['sh', '-c', 'exit 0'])).toBeUndefined();
  expect(await system.run(['sh', '-c', 'echo no such thing >&2; exit 3'])).toEqual({
    status: 3,
    how: 'no such thing',
  });
  expect(await system.run(['no-such-program-of-ours'])).toMatchObject({
    status: undefined,
    how: { english: 'it is not on this machine' },
  });
});

test('a user without a line in /etc/passwd, as in many containers, has a number all the same', () => {
  jest.isolateModules(() => {
    jest.doMock('node:os', () => ({
      ...jest.requireActual<object>('node:os'),
      userInfo: () => {
        throw new Error('uv_os_get_passwd returned ENOENT');
      },
    }));
    const isolated = jest.requireActual<typeof SystemModule>('../../src/system/services.ts');
    expect(isolated.makeSystem({}, 'linux').userId).toBe(process.getuid!());
  });
});
