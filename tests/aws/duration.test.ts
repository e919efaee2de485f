/** Lengths of time as people type them. */
import { formatDuration, parseDuration } from '../../src/aws/duration.ts';

test.each([
  ['900', 900],
  ['15m', 900],
  ['12h', 43_200],
  ['1h30m', 5400],
  ['1H30M', 5400],
  ['1d12h', 129_600],
  ['90s', 90],
  ['0', 0],
  ['', undefined],
  ['h', undefined],
  ['-5m', undefined],
  ['1.5h', undefined],
  ['1e3', undefined],
  ['30m1h', undefined],
  ['12 h', undefined],
  ['NaN', undefined],
  ['99999999999', undefined],
  ['1234567', 1_234_567],
  ['12345678', undefined],
  ['123456m', 7_407_360],
  ['1234567m', undefined],
  ['1234567h', undefined],
  ['1234567d', undefined],
  ['2d', 172_800],
  ['10h', 36_000],
  ['1m30', 90],
  ['1d1h1m1s', 90_061],
  ['x1h', undefined],
  ['1hx', undefined],
])('%j is %j seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each([
  [43_200, '12h'],
  [5400, '1h 30m'],
  [3661, '1h 1m'],
  [45, '45s'],
  [0, '0s'],
  [3600 + 1, '1h 1s'],
  [60, '1m'],
  [59, '59s'],
  [86_400, '24h'],
  [3660, '1h 1m'],
])('%i seconds are %j', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
