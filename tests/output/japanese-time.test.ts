/** Lengths of time in Japanese: two units, cut off and not rounded. */
import { formatLength, formatSeconds } from '../../src/output/japanese-time.ts';

test.each([
  [-1, '0 秒'],
  [0, '0 秒'],
  [0.9, '0 秒'],
  [1, '1 秒'],
  [59.9, '59 秒'],
  [60, '1 分'],
  [61, '1 分 1 秒'],
  [3599, '59 分 59 秒'],
  [3600, '1 時間'],
  [3601, '1 時間'],
  [3660, '1 時間 1 分'],
  [43_199, '11 時間 59 分'],
  [86_399, '23 時間 59 分'],
  [86_400, '1 日'],
  [86_460, '1 日'],
  [90_000, '1 日 1 時間'],
  [10 * 86_400 + 5, '10 日'],
])('%d s are %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test.each([
  [0, '0 秒'],
  [900, '15 分'],
  [3599, '59 分 59 秒'],
  [3600, '1 時間'],
  [3659, '1 時間'],
  [3660, '1 時間 1 分'],
  [5400, '1 時間 30 分'],
  [5459, '1 時間 30 分'],
  [129_600, '36 時間'],
])('a session of %d s lasts %s', (seconds, text) => {
  expect(formatLength(seconds)).toBe(text);
});
