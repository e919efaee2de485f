/** The gate: one line, fit for a terminal, without a secret, and no longer than it has to be. */
import { Secret } from '../../src/credentials/secret.ts';
import {
  escapeUnseen,
  printable,
  quoted,
  quotedIn,
  shownAs,
  shownName,
  spellInvisible,
  toJson,
} from '../../src/output/printable.ts';
import { NARROW, WIDE } from '../../src/output/common-letters.ts';
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

test('others say 500 characters at most, a line of this program eight times as much', () => {
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

test('a secret that is used as a name is not shown in JSON, nor in a table', () => {
  const name = 'Zq9xY7kP2mB+4nV8cL1dR5tH3jF6gS0aW/eU9iQo';
  expect(JSON.parse(toJson({ profiles: [{ session_profile: name, n: 1, none: null }] }))).toEqual({
    profiles: [{ session_profile: '[secret]', n: 1, none: null }],
  });
  expect(shownName(`${name}_token\u202e`)).toBe('[secret]_token<U+202E>');
});

test.each([
  ['a\u007f\u009f', 'a??'],
  ['a\u00a0b', 'a\u00a0b'],
  ['a\u00ad', 'a<U+00AD>'],
  ['a\t\v\f\r\n\u0085b', 'a b'],
  ['\u{e0041}', '<U+E0041>'],
  ['\ud83d', '<U+D83D>'],
])('the name %j in a table is %j', (name, shown) => {
  expect(shownAs(name)).toBe(shown);
});

test.each([
  ['pro\u200bd', 'pro<U+200B>d'],
  ['a\tb', 'a<U+0009>b'],
  ['a b', 'a b'],
  ['a\u00a0b', 'a<U+00A0>b'],
  ['a\u3000b', 'a<U+3000>b'],
  ['é', 'é'],
  ['\u0007', '<U+0007>'],
])('what cannot be seen in %j is spelt: %j', (text, spelt) => {
  expect(spellInvisible(text)).toBe(spelt);
});

test.each([
  ['\u001f', '\\u001f'],
  ['a\u200b\u202eb', 'a\\u200b\\u202eb'],
  ['\u{e0041}', '\\udb40\\udc41'],
  ['\u2028\u2029', '\\u2028\\u2029'],
  ['\ud83d', '\\ud83d'],
  ['本番é😀', '本番é😀'],
  ['a\nb', 'a\nb'],
])('%j in JSON is %j', (text, escaped) => {
  expect(escapeUnseen(text)).toBe(escaped);
});

test('words of others lose the blanks around them, and what is no text stays', () => {
  expect(quoted('  a  ')).toBe('a');
  expect(quoted('x'.repeat(501))).toBe(`${'x'.repeat(499)}…`);
  expect(printable('x'.repeat(4000))).toHaveLength(4000);
  expect(printable('x'.repeat(4001))).toBe(`${'x'.repeat(4000)}…`);
  expect(quotedIn([1, null, undefined, true, ' a '])).toEqual([1, null, undefined, true, 'a']);
});

test('what is let pass at once can be seen, and is shown as it is', () => {
  const set = new RegExp(`[${NARROW}${WIDE}]`);
  const common = [...Array(0x10000).keys()]
    .map((code) => String.fromCharCode(code))
    .filter((letter) => set.test(letter));
  expect(common.length).toBeGreaterThan(20_000);
  expect(common.filter((letter) => /[\p{C}\p{Z}\p{M}]/u.test(letter))).toEqual([' ']);
  expect(shownAs(common.join(''))).toBe(common.join(''));
  expect(escapeUnseen(`"本番\u200b"`)).toBe('"本番\\u200b"');
  expect(shownAs('本番\u200b')).toBe('本番<U+200B>');
});
