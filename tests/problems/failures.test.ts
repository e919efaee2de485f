/** Failures, and what an error of the operating system becomes. */
import { errorCode, fileFailure, notAFile } from '../../src/problems/file-failure.ts';
import { Failure, isFailure, isReportable } from '../../src/problems/problem.ts';

test('a failure is told by its name, whatever bundle threw it', () => {
  const failure = new Failure({ kind: 'wrong-code', profile: 'prod' });
  expect([isFailure(failure), failure.message]).toEqual([true, 'wrong-code']);
  expect(isFailure(Object.assign(new Error('x'), { name: 'Failure', problem: {} }))).toBe(true);
  expect(isFailure(Object.assign(new Error('x'), { name: 'Failure' }))).toBe(false);
  expect(isFailure(Object.assign(new Error('x'), { problem: {} }))).toBe(false);
  expect(isFailure({ name: 'Failure', problem: {} })).toBe(false);
});

test('after an interrupt nothing is reported', () => {
  expect(isReportable(new Failure({ kind: 'wrong-code', profile: 'prod' }))).toBe(true);
  expect(isReportable(new Failure({ kind: 'interrupted', signal: 'SIGINT' }))).toBe(false);
  expect(isReportable(new Error('x'))).toBe(false);
});

test.each<[unknown, string | undefined]>([
  [{ code: 'ENOENT' }, 'ENOENT'],
  [{ code: 'ENOENT', errno: -2 }, 'ENOENT'],
  // A quota that is used up, on Linux and on macOS: node calls it by its number only.
  [{ code: 'Unknown system error -122', errno: -122 }, 'EDQUOT'],
  [{ code: 'Unknown system error -69', errno: -69 }, 'EDQUOT'],
  [{ code: 'Unknown system error -11', errno: -11 }, 'EDEADLK'],
  [{ code: 'EAGAIN', errno: -11 }, 'EAGAIN'],
  [{ errno: -122 }, undefined],
  [{ code: 7 }, undefined],
  [{ message: 'x' }, undefined],
  [null, undefined],
  ['ENOENT', undefined],
  [undefined, undefined],
])('the code of %j is %j', (error, code) => {
  expect(errorCode(error)).toBe(code);
});

test('what is no refusal of the system stays as it is', () => {
  const failure = new Failure({ kind: 'wrong-code', profile: 'prod' });
  const plain = new Error('x');
  const withCode = Object.assign(failure, { code: 'EACCES' });
  for (const error of [withCode, plain]) {
    expect(fileFailure('unreadable-file', '/f', error)).toBe(error);
  }
  expect(fileFailure('unwritable-file', '/f', { code: 'EACCES' })).toMatchObject({
    problem: { kind: 'unwritable-file', path: '/f', code: 'EACCES' },
  });
});

test.each([
  [true, 'EISDIR'],
  [false, 'EFTYPE'],
])('what is no file: a folder %s, %s', (isFolder, code) => {
  expect(notAFile(isFolder)).toMatchObject({ code });
});
