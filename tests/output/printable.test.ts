/** The gate: one line, fit for a terminal, without a secret, and no longer than it has to be. */
import { Secret } from '../../src/credentials/secret.ts';
import { escapeUnseen, printable, quoted, quotedIn, toJson } from '../../src/output/printable.ts';
import { explain } from '../../src/output/explain.ts';

test.each([
  ['a\nmfa-profile: hint: run evil', 'a mfa-profile: hint: run evil'],
  ['a\r\n\t\u2028\u2029\u0085b', 'a b'],
  ['\u001b]0;title\u0007\u009b2J', '?]0;title??2J'],
  ['\u0000\u007f', '??'],
  ['prod\u200b', 'prod<U+200B>'],
  ['\u202etxt.exe\u202c', '<U+202E>txt.exe<U+202C>'],
  ['\u2066a\u2069\u200f\ufeff\u00ad', '<U+2066>a<U+2069><U+200F><U+FEFF><U+00AD>'],
  ['\udb40\udc41', '<U+E0041>'],
  ['\ud83d', '<U+D83D>'],
  ['本番 – naïve 😀', '本番 – naïve 😀'],
])('%j is shown as %j', (said, shown) => {
  expect(printable(said)).toBe(shown);
});

test('others say 500 characters at most, a line of ours eight times as much', () => {
  expect(quoted('x'.repeat(20_000_000))).toBe(`${'x'.repeat(499)}…`);
  expect(quoted('x'.repeat(500))).toHaveLength(500);
  expect(printable('x'.repeat(5000))).toHaveLength(4001);
});

test('a secret is not shown, nor the part of it before the cut', () => {
  new Secret('made+up/secret+of+the+gate+not+a+real+00');
  const said = `${'x '.repeat(1980)}made+up/secret+of+the+gate+not+a+real+00`;
  expect(printable(said)).not.toContain('made+up/');
  expect(quoted(`${'x '.repeat(245)}made+up/secret+of+the+gate+not+a+real+00`)).toMatch(
    /x \[secret\]$/,
  );
});

test('every text of a problem passes, whichever field it is in', () => {
  new Secret('made+up/secret+in+a+problem+not+real0000');
  const bad = 'a\u001b[2J\nb made+up/secret+in+a+problem+not+real0000';
  const { message, hint, told } = explain({
    kind: 'access-denied',
    action: bad,
    said: bad,
    deviceless: bad,
  });
  for (const text of [message, hint, told.message.english, told.hint?.english]) {
    expect(text).toMatch(/a\?\[2J b \[secret\]/);
    expect(text).not.toMatch(/made\+up|\n/);
  }
  expect(quotedIn({ a: ['x\ny'], b: 1, c: null })).toEqual({ a: ['x y'], b: 1, c: null });
});

test('JSON says the same to a reader, and shows nothing to a terminal', () => {
  const value = { name: 'a\u202e\u200b\u007f\u009b\u2028\udb40\udc41 本番 "\\' };
  const json = toJson(value);
  expect(JSON.parse(json)).toEqual(value);
  expect(json).toContain('本番');
  expect(json).not.toMatch(/[\u202e\u200b\u007f\u009b\u2028]|\udb40\udc41/u);
  expect(escapeUnseen('{"a": 1}\n')).toBe('{"a": 1}\n');
});
