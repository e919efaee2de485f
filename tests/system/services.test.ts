/** The user's system: what it may ask of the machine, and how it fails. */
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import type * as SystemModule from '../../src/system/services.ts';
import { makeSystem } from '../../src/system/services.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();

test('a file that cannot be removed or written is a failure with its path, not a fault', async () => {
  const system = makeSystem({}, 'linux');
  writeFileSync(path.join(folder(), 'plain'), '');
  const file = path.join(folder(), 'plain', 'below');
  const problem = { kind: 'unwritable-file', path: file };
  await expect(system.removeFile(file)).rejects.toMatchObject({ problem });
  await expect(system.writeFile(file, '')).rejects.toMatchObject({ problem });
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
