/** How long a writer without a lock is waited for, and from when a dead lock's holder: by a clock that the test moves. */
import { mkdirSync, realpathSync, utimesSync, writeFileSync } from 'node:fs';
import type { BigIntStats, Stats } from 'node:fs';
import path from 'node:path';
import timers from 'node:timers/promises';
import { store } from '../../src/store/index.ts';
import { LateWriters } from '../../src/store/late-writers.ts';
import { lockFileSystem } from '../../src/store/lock-directory.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();
const at = (name: string): string => path.join(realpathSync(folder()), name);
let now = 0;
let pauses: number[] = [];

beforeEach(() => {
  now = 1_000_000;
  pauses = [];
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

const NS_PER_MS = 1_000_000n;
/** Written so many ms ago: by us, with a time of whole milliseconds, or by another. */
function written(msAgo: number, by: 'us' | 'another'): BigIntStats {
  const mtimeMs = BigInt(Date.now() - msAgo);
  const mtimeNs = mtimeMs * NS_PER_MS + (by === 'us' ? 0n : 123_456n);
  return { mtimeMs, mtimeNs } as BigIntStats;
}

async function waitAfter(writers: LateWriters, stats: BigIntStats | undefined, target: string) {
  jest.spyOn(timers, 'setTimeout').mockImplementation(((ms: number) => {
    pauses.push(ms);
    now += ms;
    return Promise.resolve();
  }) as typeof timers.setTimeout);
  pauses = [];
  await writers.wait(target, { bytes: Buffer.alloc(0), stats, descriptor: undefined });
  return pauses;
}

// No kernel knows who is at work on such a file, so it never counts as quiet.
const NEVER_QUIET = '/proc/self/stat';
const WHOLE_WAIT = [10, ...Array<number>(20).fill(1)];

test.each<[string, BigIntStats | undefined, number[]]>([
  ['another wrote it a moment ago', written(5000, 'another'), [100]],
  ['another wrote it longer ago', written(11_000, 'another'), WHOLE_WAIT],
  ['we wrote it', written(1000, 'us'), WHOLE_WAIT],
  ['there was none', undefined, WHOLE_WAIT],
])('where %s', async (_what, stats, expected) => {
  expect(await waitAfter(new LateWriters(), stats, NEVER_QUIET)).toEqual(expected);
});

test('once somebody was seen at work the whole update looks longer', async () => {
  const writers = new LateWriters();
  await waitAfter(writers, written(5000, 'another'), NEVER_QUIET);
  expect(await waitAfter(writers, written(0, 'us'), NEVER_QUIET)).toEqual([100]);
});

test('while a gate is waited for, a dead lock of the file is watched, too', async () => {
  const file = at('credentials');
  writeFileSync(file, '');
  for (const name of ['credentials.lock', '.credentials.a.gate.lock']) {
    mkdirSync(at(name));
    utimesSync(at(name), Date.now() / 1000 + 3600, Date.now() / 1000 + 3600);
  }
  for (let second = 0; second < 5; second++) {
    expect(await store.tryGate(file, { kind: 'exchange', of: 'a' })).toBeUndefined();
    now += 1000;
  }
  now += 600;
  const seen = await new Promise<Stats | undefined>((resolve) =>
    lockFileSystem.stat(at('credentials.lock'), (_, stats) => resolve(stats)),
  );
  expect(seen?.mtime.getTime()).toBe(0);
});
