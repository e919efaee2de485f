/** Times for people: what is left, in both languages. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import fc from '../support/fast-check.ts';
import { formatSeconds } from '../../src/output/japanese-time.ts';
import { formatRemaining } from '../../src/output/local-time.ts';
import { largestUnits } from '../../src/output/time-units.ts';

test.each<[number, string, string]>([
  [0, '0 seconds', '0 秒'],
  [0.9, '0 seconds', '0 秒'],
  [1, '1 second', '1 秒'],
  [61, '1 minute 1 second', '1 分 1 秒'],
  [3600, '1 hour', '1 時間'],
  // Only two neighbouring units: anything smaller is cut off.
  [3605, '1 hour', '1 時間'],
  [43_199, '11 hours 59 minutes', '11 時間 59 分'],
  [90_000, '1 day 1 hour', '1 日 1 時間'],
  [40 * 86_400 + 59, '40 days', '40 日'],
])('%s seconds are %s', (seconds, english, japanese) => {
  expect(formatRemaining(seconds * 1000, 0)).toBe(english);
  expect(formatRemaining(0, seconds * 1000)).toBe(english);
  expect(formatSeconds(seconds)).toBe(japanese);
});

test('what is left is never more than there is, and less by under its smallest unit', () => {
  const sizes = [86_400, 3600, 60, 1];
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e8, noNaN: true }), (seconds) => {
      const parts = largestUnits(seconds);
      const sum = parts.reduce((total, { count, unit }) => total + count * sizes[unit]!, 0);
      const [first] = parts;
      const smallest = first ? sizes[Math.min(first.unit + 1, 3)]! : 1;
      expect(sum).toBeLessThanOrEqual(seconds);
      expect(seconds - sum).toBeLessThan(smallest);
    }),
  );
});

// A process's zone is set before it starts.
test.each([
  ['Europe/Berlin', '2026-10-24T23:59:00Z', '2026-10-25 01:59'],
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25 02:30 +02:00'],
  ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25 02:30 +01:00'],
  ['Europe/Berlin', '2026-10-25T02:00:00Z', '2026-10-25 03:00'],
  ['Europe/Berlin', '2026-03-29T00:59:00Z', '2026-03-29 01:59'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29 03:00'],
  ['America/New_York', '2026-11-01T05:30:00Z', '2026-11-01 01:30 -04:00'],
  ['America/New_York', '2026-11-01T06:30:00Z', '2026-11-01 01:30 -05:00'],
  ['Australia/Lord_Howe', '2026-04-04T14:45:00Z', '2026-04-05 01:45 +11:00'],
  ['Australia/Lord_Howe', '2026-04-04T15:15:00Z', '2026-04-05 01:45 +10:30'],
  ['Australia/Lord_Howe', '2026-04-04T15:30:00Z', '2026-04-05 02:00'],
  ['UTC', '2026-10-25T00:30:00Z', '2026-10-25 00:30'],
])('in %s the time %s is told as %s', (TZ, time, told) => {
  const source = path.join(__dirname, '../../src/output/local-time.ts');
  const script =
    'process.stdout.write(require(process.argv[1]).formatLocalTime(Number(process.argv[2])))';
  const output = execFileSync(
    process.execPath,
    ['--require', 'tsx/cjs', '-e', script, source, String(Date.parse(time))],
    {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], TZ },
      cwd: path.join(__dirname, '../..'),
    },
  );
  expect(output).toBe(told);
});
