/** A refused write names the file's owner where that is the reason. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../src/problems/problem.ts';
import { refusalToWrite } from '../../src/store/refusal.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();

jest.mock('../../src/store/folder.ts', () => ({
  ...jest.requireActual<object>('../../src/store/folder.ts'),
  ownUserId: () => mockUser,
}));
let mockUser = 4321;

function refused(code: string, file: string): unknown {
  const error = refusalToWrite(file, Object.assign(new Error(code), { code }));
  return error instanceof Failure ? error.problem : error;
}

describe('where the file is another user’s', () => {
  let file: string;
  beforeEach(() => {
    file = path.join(folder(), 'credentials');
    writeFileSync(file, '');
  });

  test.each(['EACCES', 'EPERM'])('%s names the owner', (code) => {
    const owner = process.getuid!();
    expect(refused(code, file)).toEqual({ kind: 'unwritable-file', path: file, code, owner });
  });

  test('a full disk does not', () => {
    const code = 'ENOSPC';
    expect(refused(code, file)).toEqual({ kind: 'unwritable-file', path: file, code });
  });

  test('root is not told whose it is', () => {
    mockUser = 0;
    expect(refused('EPERM', file)).not.toHaveProperty('owner');
    mockUser = 4321;
  });

  test('nor does a file that is not there', () => {
    const missing = path.join(path.dirname(file), 'missing');
    expect(refused('EACCES', missing)).not.toHaveProperty('owner');
  });
});
