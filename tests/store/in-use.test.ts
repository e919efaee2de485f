/** What Windows says of a file that is held open, and what is made of it: by replaced calls, on any system. */
import { makeWhenFree, openWhenFree, removeWhenFree } from '../../src/store/in-use.ts';

const fails = (code: string, times: number) => {
  let calls = 0;
  return {
    open: () => {
      calls += 1;
      if (calls <= times) throw Object.assign(new Error(code), { code });
      return 7;
    },
    calls: () => calls,
  };
};

test('a file that is in use on Windows is tried again until it is free', () => {
  const file = fails('EBUSY', 3);
  expect(openWhenFree(file.open, 'win32')).toBe(7);
  expect(file.calls()).toBe(4);
});

test.each([
  ['another error', 'EACCES', 'win32'],
  ['another system', 'EBUSY', 'linux'],
])('%s is an error at once', (_what, code, platform) => {
  const file = fails(code, 1);
  expect(() => openWhenFree(file.open, platform)).toThrow(code);
  expect(file.calls()).toBe(1);
});

test.each(['EPERM', 'EACCES', 'EBUSY'])('one to be removed that says %s, too', (code) => {
  const file = fails(code, 3);
  removeWhenFree(file.open, 'win32');
  expect(file.calls()).toBe(4);
  const elsewhere = fails(code, 1);
  expect(() => removeWhenFree(elsewhere.open, 'linux')).toThrow(code);
});

describe('a lock’s folder whose name Windows is still removing', () => {
  test.each(['EPERM', 'EACCES', 'EBUSY'])('%s is tried again', (code) => {
    const folder = fails(code, 3);
    makeWhenFree(folder.open, 'win32');
    expect(folder.calls()).toBe(4);
  });

  test('one that takes no entries is an error after a third of a second', () => {
    const folder = fails('EPERM', 99);
    expect(() => makeWhenFree(folder.open, 'win32')).toThrow('EPERM');
    expect(folder.calls()).toBe(7);
  });

  test.each([
    ['that is held', 'EEXIST', 'win32'],
    ['on another system', 'EPERM', 'darwin'],
  ])('one %s is an error at once', (_what, code, platform) => {
    const folder = fails(code, 1);
    expect(() => makeWhenFree(folder.open, platform)).toThrow(code);
    expect(folder.calls()).toBe(1);
  });
});
