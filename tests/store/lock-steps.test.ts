/** The lock's directory as the library sees it, step by step, by a clock that the test moves. */
import fs, { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { disown, isOwn, lockFileSystem, watch } from '../../src/store/lock-directory.ts';
import { keepsWhatIsMade } from '../../src/store/folder.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();
const lock = () => path.join(folder(), 'credentials.lock');

let now = 0;
beforeEach(() => {
  now = 1_000_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  disown(lock());
  jest.restoreAllMocks();
});

type Answer<T> = (error: NodeJS.ErrnoException | null, value?: T) => void;
const ask = <T = void>(act: (answer: Answer<T>) => void): Promise<T | string | undefined> =>
  new Promise((resolve) => act((error, value) => resolve(error ? error.code : value)));
const make = () => ask((answer) => lockFileSystem.mkdir(lock(), answer as never));
const remove = () => ask((answer) => lockFileSystem.rmdir(lock(), answer as never));
const look = async (): Promise<string | undefined> => {
  const seen = await ask<Stats>((answer) => lockFileSystem.stat(lock(), answer));
  if (typeof seen !== 'object') return seen;
  return seen.mtime.getTime() === 0 ? 'dead' : 'alive';
};
const date = (secondsAgo: number): Date => new Date(Date.now() - secondsAgo * 1000);
const refresh = (to: Date) =>
  ask((answer) => lockFileSystem.utimes(lock(), to, to, answer as never));
const byOther = (secondsAgo: number): void => {
  mkdirSync(lock(), { recursive: true });
  utimesSync(lock(), date(secondsAgo), date(secondsAgo));
};

test('who makes it has it, and nobody makes it twice', async () => {
  expect(await make()).toBeUndefined();
  expect(isOwn(lock())).toBe(true);
  expect(statSync(lock()).mode & 0o777).toBe(0o700);
  expect(await make()).toBe('EEXIST');
  expect(await look()).toBe('alive');
});

test('one’s own stays one’s own by refreshing it, until another dates it', async () => {
  await make();
  expect(await refresh(date(100))).toBeUndefined();
  expect(isOwn(lock())).toBe(true);
  // However old: it is not for its holder to find it dead.
  expect(await look()).toBe('alive');
  byOther(50);
  expect(isOwn(lock())).toBe(false);
  expect(await remove()).toBe('ELOCKED');
  expect(existsSync(lock())).toBe(true);
});

test('one’s own is removed, and is nobody’s then', async () => {
  await make();
  expect(await remove()).toBeUndefined();
  expect(existsSync(lock())).toBe(false);
  expect(isOwn(lock())).toBe(false);
  disown(lock());
  byOther(0);
  expect(isOwn(lock())).toBe(false);
});

test('refreshing another’s does not make it one’s own', async () => {
  byOther(0);
  await refresh(date(1));
  expect(isOwn(lock())).toBe(false);
});

test('a refresh of what is gone is told', async () => {
  expect(await refresh(date(0))).toBe('ENOENT');
  expect(await look()).toBe('ENOENT');
  expect(await remove()).toBe('ENOENT');
});

test.each([
  [5.6, 'dead'],
  [5.3, 'alive'],
  [0, 'alive'],
  [-60, 'alive'],
])('another’s, dated %d s ago, is %s', async (secondsAgo, state) => {
  byOther(secondsAgo);
  expect(await look()).toBe(state);
  expect(await remove()).toBe(state === 'dead' ? undefined : 'ELOCKED');
  expect(existsSync(lock())).toBe(state !== 'dead');
});

describe('one that is dated ahead', () => {
  beforeEach(() => byOther(-3600));

  const lookAfter = (milliseconds: number) => {
    now += milliseconds;
    return look();
  };
  const looksFor = async (milliseconds: number, step = 500): Promise<unknown> => {
    let seen: unknown = await look();
    for (let done = 0; done < milliseconds; done += step) seen = await lookAfter(step);
    return seen;
  };

  test('is dead once it was watched for five and a half seconds', async () => {
    expect(await looksFor(5500)).toBe('alive');
    expect(await lookAfter(1)).toBe('dead');
    expect(await remove()).toBeUndefined();
  });

  test('but who looked away for two seconds has seen nothing', async () => {
    expect(await looksFor(5000)).toBe('alive');
    expect(await lookAfter(2000)).toBe('alive');
    expect(await looksFor(5500)).toBe('alive');
    expect(await lookAfter(1)).toBe('dead');
  });

  test('a blink of less counts as watching', async () => {
    expect(await looksFor(4000)).toBe('alive');
    expect(await lookAfter(1999)).toBe('dead');
  });

  test('and one that is refreshed meanwhile lives on', async () => {
    expect(await looksFor(5000)).toBe('alive');
    byOther(-3601);
    expect(await lookAfter(1000)).toBe('alive');
    expect(await looksFor(5000)).toBe('alive');
  });

  test('the watch may begin before the lock is wanted', async () => {
    watch(lock());
    for (let look = 0; look < 5; look++) {
      now += 1000;
      watch(lock());
    }
    expect(await lookAfter(501)).toBe('dead');
  });

  test('what was removed is not remembered', async () => {
    await looksFor(5500);
    expect(await lookAfter(1)).toBe('dead');
    await remove();
    byOther(-3600);
    expect(await lookAfter(1)).toBe('alive');
  });
});

test('what its holder had made in it when it was killed goes along, other things do not', async () => {
  byOther(0);
  mkdirSync(path.join(lock(), 'touch'));
  utimesSync(lock(), date(60), date(60));
  expect(await remove()).toBeUndefined();
  expect(existsSync(lock())).toBe(false);
  byOther(0);
  writeFileSync(path.join(lock(), 'mine'), '');
  utimesSync(lock(), date(60), date(60));
  expect(await remove()).toMatch(/^(ENOTEMPTY|EEXIST)$/);
  expect(existsSync(path.join(lock(), 'mine'))).toBe(true);
});

test('a watch of nothing, or of one’s own, does nothing', async () => {
  expect(() => watch(lock())).not.toThrow();
  await make();
  expect(() => watch(lock())).not.toThrow();
  expect(isOwn(lock())).toBe(true);
});

test.each([
  ['EPERM', true],
  ['EACCES', true],
  ['ENOENT', false],
  ['ENOTEMPTY', false],
])('%s at its removal says that its folder lets nothing go: %s', async (code, expected) => {
  await make();
  jest.spyOn(fs, 'rmdirSync').mockImplementation(() => {
    throw Object.assign(new Error('refused'), { code });
  });
  expect(await remove()).toBe(code);
  jest.spyOn(fs, 'rmdirSync').mockImplementation(() => {
    throw Object.assign(new Error('no folder'), { code: 'ENOTDIR' });
  });
  const keepsAll = keepsWhatIsMade(lock());
  jest.restoreAllMocks();
  expect(keepsAll).toBe(expected);
});
