/** Times for people: what is left, in both languages. */
import fc from 'fast-check';
import { formatSeconds } from '../../src/output/japanese-time.ts';
import { formatRemaining } from '../../src/output/local-time.ts';
import { largestUnits } from '../../src/output/time-units.ts';

test.each<[number, string, string]>([
  [0, '0 seconds', '0 秒'],
  [0.9, '0 seconds', '0 秒'],
  [1, '1 second', '1 秒'],
  [61, '1 minute 1 second', '1 分 1 秒'],
  [3600, '1 hour', '1 時間'],
  // Only units that stand next to each other: what is smaller is cut off.
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
