/** What is said on stderr, and what is not. */
import { makeReporter, isDebug } from '../../src/output/reporter.ts';
import { pasted, pastedName } from '../../src/output/pasted.ts';
import { formatLocalTime, formatRemaining } from '../../src/output/local-time.ts';
import { speakEnglish } from '../../src/problems/text.ts';

function reporterOf(options: Partial<Parameters<typeof makeReporter>[0]> = {}) {
  let said = '';
  const stderr = { write: (text: string) => (said += text), isTerminal: false, columns: undefined };
  const reporter = makeReporter(
    { quiet: false, debug: false, ...options },
    { stderr, speak: speakEnglish },
  );
  return { reporter, said: () => said };
}

test('each kind of line in its form', () => {
  const { reporter, said } = reporterOf({ debug: true });
  reporter.say('done');
  reporter.warn('odd');
  reporter.debug('why');
  expect(said()).toBe('mfa-profile: done\nmfa-profile: warning: odd\nmfa-profile: debug: why\n');
});

test('--quiet leaves warnings, and nothing is debugged unasked', () => {
  const { reporter, said } = reporterOf({ quiet: true });
  reporter.say('done');
  reporter.warn('odd');
  reporter.debug('why');
  expect(said()).toBe('mfa-profile: warning: odd\n');
});

test('a problem with its hint, the same hint once', async () => {
  const { reporter, said } = reporterOf();
  const one = await reporter.problem({ kind: 'wrong-code', profile: 'a' });
  expect(said()).toBe(`mfa-profile: error: ${one.message}\nmfa-profile: hint: ${one.hint}\n`);
  const before = said();
  await reporter.problem({ kind: 'wrong-code', profile: 'a' });
  expect(said()).toBe(`${before}mfa-profile: error: ${one.message}\n`);
  await reporter.problem({ kind: 'no-device', profile: 'a' });
  await reporter.problem({ kind: 'wrong-code', profile: 'a' });
  expect(said().match(/hint: /g)).toHaveLength(3);
});

test.each([true, false])('a fault of its own, with --debug %s', (debug) => {
  const { reporter, said } = reporterOf({ debug });
  const error = new Error('odd');
  error.stack = 'Error: odd\n    at here\n    at there';
  reporter.fault(error);
  expect(said()).toMatch(/^mfa-profile: error: .*odd\nmfa-profile: hint: .*\n/);
  expect(said().endsWith('Error: odd\n    at here\n    at there\n')).toBe(debug);
});

test('what is thrown without being an error is told, too', () => {
  const { reporter, said } = reporterOf({ debug: true });
  reporter.fault('a text');
  const bare = new Error('bare');
  delete bare.stack;
  reporter.fault(bare);
  expect(said()).toMatch(/error: .*a text\n[^]*error: .*bare\n.*hint: .*\n$/);
});

test.each([
  [['refresh', '--debug'], true],
  [['refresh'], false],
  [['exec', '--debug', '--', 'x'], true],
  [['exec', '--', 'x', '--debug'], false],
  [['--', '--debug'], false],
  [['--debug'], true],
])('%j asks for --debug: %s', (argv, expected) => {
  expect(isDebug(argv)).toBe(expected);
});

test.each([
  ['prod', 'prod'],
  ['~/x', '~/x'],
  ['a_./:@%+,=-b', 'a_./:@%+,=-b'],
  ['=a', '"=a"'],
  ['-a', '"-a"'],
  ['~a', '"~a"'],
  ['本番', '本番'],
  ['a b', '"a b"'],
  ["it's", '"it\'s"'],
  ['a;b', '"a;b"'],
  ['', '""'],
  ['a"b', `'a"b'`],
  ['a$b', "'a$b'"],
  ['a`b', "'a`b'"],
  ['a\\b', '"a\\b"'],
  ['a\\', 'a"\\\\"'],
  ['a\\\\b', `a"\\\\\\\\"'b'`],
  ["o'n$x", `o"'"'n$x'`],
  ['a !b', "'a !b'"],
  ['50% x', "'50% x'"],
  [`"it's"`, `'"it'"'"'s"'`],
  [`$''`, `'$'"''"`],
  ['-a', '"-a"'],
])('%s is pasted as %s', (name, word) => {
  expect(pasted(name)).toBe(word);
});

test('a local time', () => {
  expect(formatLocalTime(new Date(2026, 0, 2, 3, 4).getTime())).toBe('2026-01-02 03:04');
  expect(formatLocalTime(new Date(2026, 10, 12, 23, 45).getTime())).toBe('2026-11-12 23:45');
});

test.each([
  [0, '0 seconds'],
  [999, '0 seconds'],
  [1000, '1 second'],
  [59_999, '59 seconds'],
  [60_000, '1 minute'],
  [61_000, '1 minute 1 second'],
  [3_600_000, '1 hour'],
  [3_601_000, '1 hour'],
  [43_199_000, '11 hours 59 minutes'],
  [90_000_000, '1 day 1 hour'],
])('%i ms are %s, either way', (ms, text) => {
  const now = Date.UTC(2026, 4, 4);
  expect([formatRemaining(now + ms, now), formatRemaining(now - ms, now)]).toEqual([text, text]);
});

test.each([
  ['prod', 'prod'],
  ['a b', '"a b"'],
  ['-a', '--profile="-a"'],
  ['a-b', 'a-b'],
])('the profile %s is pasted as %s', (name, words) => {
  expect(pastedName(name)).toBe(words);
});
