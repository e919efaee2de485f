/** Columns on a terminal. */
import fc from '../support/fast-check.ts';
import { cut, padEnd, widthOf } from '../../src/output/width.ts';

test.each([
  ['', 0],
  ['prod_token', 10],
  ['本番', 4],
  ['ﾊﾝｶｸ', 4],
  ['ＡＢ', 4],
  ['e\u0301', 1],
  ['が'.normalize('NFD'), 2],
  ['\u200b', 0],
  ['🔒', 2],
  ['👩‍💻', 2],
  ['🇯🇵', 2],
  ['❤️', 2],
  ['…', 1],
])('%j takes %i', (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

test.each([
  ['prod_token', 10, 'prod_token'],
  ['prod_token', 8, 'prod_t..'],
  ['本番環境', 8, '本番環境'],
  ['本番環境', 7, '本番..'],
  ['本番環境', 6, '本番..'],
  ['a👩‍💻b', 4, 'a👩‍💻b'],
  ['a👩‍💻bc', 4, 'a..'],
])('%j cut to %i is %j', (text, columns, expected) => {
  expect(cut(text, columns, '..')).toBe(expected);
});

test('what is padded ends at one column', () => {
  expect(padEnd('警告', 8)).toBe('警告    ');
  expect(padEnd('warning', 8)).toBe('warning ');
  expect(padEnd('a longer word', 8)).toBe('a longer word');
});

test('common letters take what they take beside a character that is looked at closely', () => {
  const letter = fc.oneof(
    ...[' -~', 'À-ɏ', '…', '█', '░', 'ぁ-ゖ', 'ァ-ヺ', 'ー', '一-\u9fff', '가-힣'].map((range) => {
      const [first = '', , last = first] = [...range];
      return fc
        .integer({ min: first.charCodeAt(0), max: last.charCodeAt(0) })
        .map((code) => String.fromCharCode(code));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: letter, maxLength: 12 }), (text) => {
      expect(widthOf(text)).toBe(widthOf(`${text}🔒`) - 2);
    }),
  );
});
