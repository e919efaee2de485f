/** Locks between processes: who waits, who takes over, and what is left after a signal. */
import fs, {
  existsSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { isNoLock, lockFileSystem } from '../../src/store/lock-directory.ts';
import path from 'node:path';
import timers from 'node:timers/promises';
import { acquireLock, lockHeld, tryLock } from '../../src/store/lock.ts';
import { useFixturePrograms, useFolder } from '../support/fixture-program.ts';
import { until } from '../support/until.ts';

const folder = useFolder();
const programs = useFixturePrograms(['hold-lock', 'contend']);
const file = () => path.join(folder(), 'credentials');
const directory = () => `${file()}.lock`;

function makeLock(secondsAgo: number): void {
  mkdirSync(directory());
  const time = Date.now() / 1000 - secondsAgo;
  utimesSync(directory(), time, time);
}

function makeLockAgain(secondsAgo: number): void {
  const time = Date.now() / 1000 - secondsAgo;
  utimesSync(directory(), time, time);
}

afterEach(() => {
  jest.restoreAllMocks();
});

/** A clock that pauses alone move, by as much as is asked; `meanwhile` is done in each. */
function fakeClock(meanwhile: (now: number) => void = () => undefined): () => number {
  let now = 1_000_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  jest.spyOn(timers, 'setTimeout').mockImplementation(((ms: number) => {
    now += ms;
    meanwhile(now);
    return Promise.resolve();
  }) as typeof timers.setTimeout);
  return () => now;
}

describe('one holder at a time', () => {
  test('the second try gets nothing until the first holder lets go', async () => {
    const first = await tryLock(file());
    expect(first?.path).toBe(directory());
    expect(await tryLock(file())).toBeUndefined();
    expect(first?.isCompromised()).toBe(false);
    await first?.release();
    expect(existsSync(directory())).toBe(false);
    const second = await tryLock(file());
    expect(second).toBeDefined();
    await second?.release();
  });

  test('a missing folder is made, closed to others', async () => {
    const lock = await tryLock(path.join(folder(), 'new/.aws/credentials'));
    expect(statSync(path.join(folder(), 'new/.aws')).mode & 0o777).toBe(0o700);
    await lock?.release();
  });

  test('who waits says so once, naming the lock, and gets it in the end', async () => {
    const first = await tryLock(file());
    const told: unknown[] = [];
    const now = fakeClock((at) => {
      if (at > 1_001_500) void first?.release();
    });
    const start = now();
    const second = await acquireLock(file(), {
      timeoutMs: 20_000,
      onWait: (...at) => told.push(at),
      onHeld: (pausedMs) => told.push(pausedMs),
    });
    await second.release();
    expect(told).toEqual([[directory(), true], Math.round(now() - start)]);
  });

  test('who need not wait says nothing', async () => {
    const say = jest.fn();
    const lock = await acquireLock(file(), { timeoutMs: 20_000, onWait: say, onHeld: say });
    expect(say).not.toHaveBeenCalled();
    await lock.release();
  });

  test('one that is gone before it can be dated is another’s, unless its folder has gone too', async () => {
    const mkdir = fs.mkdirSync.bind(fs);
    const goneWith = (what: string) =>
      jest.spyOn(fs, 'mkdirSync').mockImplementationOnce((at, options) => {
        mkdir(at, options);
        fs.rmSync(what, { recursive: true });
        return undefined;
      });
    goneWith(directory());
    expect(await tryLock(file())).toBeUndefined();
    goneWith(folder());
    await expect(tryLock(file())).rejects.toMatchObject({ problem: { code: 'ENOENT' } });
  });

  test('an aborted wait ends with the reason of the abort', async () => {
    const first = await tryLock(file());
    const interrupt = new AbortController();
    const second = acquireLock(file(), { timeoutMs: 20_000, signal: interrupt.signal });
    interrupt.abort(new Error('by hand'));
    await expect(second).rejects.toThrow('by hand');
    await first?.release();
  });

  test('a living holder is waited for as long as asked, then named', async () => {
    const child = programs.start('hold-lock', [file()]);
    await child.waitForStdout(/held/);
    const wait = acquireLock(file(), { timeoutMs: 300 });
    await expect(wait).rejects.toMatchObject({
      problem: { kind: 'lock-held', lock: directory() },
    });
    child.kill();
    await child.result;
  });

  test.each([
    [499, 0],
    [1499, 1],
  ])('a wait of %i ms is told as one of %i s', (waited, seconds) => {
    expect(lockHeld(directory(), waited).problem).toMatchObject({ seconds });
  });
});

describe('holders that are gone', () => {
  test('one that was killed is overcome', async () => {
    const child = programs.start('hold-lock', [file()]);
    await child.waitForStdout(/held/);
    child.kill();
    await child.result;
    const lock = await acquireLock(file(), { timeoutMs: 30_000 });
    await lock.release();
  });

  test('a lock from long ago is no obstacle', async () => {
    makeLock(3600);
    const lock = await tryLock(file());
    expect(lock).toBeDefined();
    await lock?.release();
  });

  test('nor is one dated in the future that nobody refreshes', async () => {
    makeLock(-3600);
    expect(await tryLock(file())).toBeUndefined();
    const lock = await acquireLock(file(), { timeoutMs: 60_000 });
    await lock.release();
    expect(existsSync(directory())).toBe(false);
  });

  // moxystudio/node-proper-lockfile#121: all of them found it stale, several got it.
  test('of many contenders for a stale lock one at a time gets it', async () => {
    makeLock(3600);
    const children = Array.from({ length: 10 }, () => programs.start('contend', [file()]));
    const said = await Promise.all(children.map(async ({ result }) => (await result).stdout));
    expect(said).toEqual(children.map(() => 'alone\n'));
  });

  test('a lock that was taken over is not released for the new holder', async () => {
    const lock = await tryLock(file());
    // Another host, or this one before a long sleep: the old lock went, a new one came.
    const time = Date.now() / 1000 + 0.5;
    utimesSync(directory(), time, time);
    expect(lock?.isCompromised()).toBe(true);
    await lock?.release();
    expect(existsSync(directory())).toBe(true);
  });
});

describe('things in the way', () => {
  test.each([
    ['a plain file', () => writeFileSync(directory(), 'mine')],
    [
      'a folder that is not empty',
      () => {
        mkdirSync(directory());
        writeFileSync(path.join(directory(), 'mine'), 'mine');
      },
    ],
  ])('%s is named after the time limit and left alone', async (_, make) => {
    make();
    utimesSync(directory(), 1e9, 1e9);
    await expect(acquireLock(file(), { timeoutMs: 200 })).rejects.toMatchObject({
      problem: { kind: 'lock-held', lock: directory() },
    });
    expect(readdirSync(folder())).toEqual(['credentials.lock']);
    expect(existsSync(directory())).toBe(true);
  });

  // Another program's, or somebody's who wants it blocked: there is nothing to wait for.
  test('a filled folder is no lock; one in which its holder has left a touch is', () => {
    mkdirSync(directory());
    expect(isNoLock(directory())).toBe(false);
    mkdirSync(path.join(directory(), 'touch'));
    expect(isNoLock(directory())).toBe(false);
    writeFileSync(path.join(directory(), 'mine'), '');
    expect(isNoLock(directory())).toBe(true);
  });

  test('a file where the folder should be is a failure at once', async () => {
    writeFileSync(path.join(folder(), 'aws'), '');
    await expect(tryLock(path.join(folder(), 'aws/credentials'))).rejects.toMatchObject({
      problem: { kind: 'unwritable-file' },
    });
  });
});

// Programs that use the library's own settings refresh their lock every five seconds.
describe('a living holder', () => {
  test('keeps its lock, and its own refreshing is no loss', async () => {
    const lock = await tryLock(file());
    const dates = new Set<number>();
    await until(() => dates.add(statSync(directory()).mtimeMs).size === 4);
    expect(lock?.isCompromised()).toBe(false);
    await lock?.release();
    expect(existsSync(directory())).toBe(false);
  });

  test('that was silent for five seconds is waited for', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    makeLock(5.2);
    expect(await tryLock(file())).toBeUndefined();
    makeLockAgain(6);
    const lock = await tryLock(file());
    expect(lock).toBeDefined();
    await lock?.release();
  });

  test('that refreshes its lock just before it would be removed keeps it', () => {
    makeLock(3600);
    const stale = new Promise<unknown>((resolve) => {
      lockFileSystem.stat(directory(), (_, stats) => {
        expect(stats!.mtime.getTime()).toBeLessThan(Date.now() - 5500);
        const now = Date.now() / 1000;
        utimesSync(directory(), now, now);
        lockFileSystem.rmdir(directory(), (error) => resolve(error));
      });
    });
    return expect(stale).resolves.toMatchObject({ code: 'ELOCKED' });
  });

  test('a queue that moves is no reason to give up, one that never ends is', async () => {
    mkdirSync(directory());
    let since = 0;
    let end = Infinity;
    const now = fakeClock((at) => {
      if (at - since < 250) return;
      since = at;
      rmdirSync(directory());
      if (at < end) mkdirSync(directory());
    });
    // Each holder is short; all of them take longer than one may.
    end = now() + 1200;
    await (await acquireLock(file(), { timeoutMs: 500 })).release();
    expect(now()).toBeGreaterThanOrEqual(end);
    end = Infinity;
    mkdirSync(directory());
    await expect(acquireLock(file(), { timeoutMs: 300 })).rejects.toMatchObject({
      problem: { kind: 'lock-held', seconds: 1 },
    });
  });
});

describe('a lock dated ahead', () => {
  test.each([1, 3, 5, 6.8])('by %s s is dead after as long as any other', async (seconds) => {
    makeLock(-seconds);
    const now = fakeClock();
    const start = now();
    const lock = await acquireLock(file(), { timeoutMs: 25_000 });
    expect(now() - start).toBeGreaterThan(5500);
    expect(now() - start).toBeLessThan(6000);
    await lock.release();
  });
});

// The library removes its locks in an exit hook that listens to signals too; it must neither keep
// the program alive nor change how it ends.
describe('signals', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s, handled by the program: no lock is left and the exit code is its own',
    async (signal) => {
      const child = programs.start('hold-lock', [file(), 'graceful']);
      await child.waitForStdout(/held/);
      child.signal(signal);
      expect(await child.result).toMatchObject({ code: 130, signal: null });
      expect(existsSync(directory())).toBe(false);
    },
  );

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s, handled by nobody: no lock is left and the signal ends the process',
    async (signal) => {
      const child = programs.start('hold-lock', [file()]);
      await child.waitForStdout(/held/);
      child.signal(signal);
      expect(await child.result).toMatchObject({ code: null, signal });
      expect(existsSync(directory())).toBe(false);
    },
  );
});
