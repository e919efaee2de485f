/** What Python reads in a code page of Windows, and what is found in a file there. */
import { isReadIn } from '../../src/document/code-page.ts';
import { inspectDocument, parseDocument } from '../../src/document/index.ts';
import { speakEnglish } from '../../src/problems/text.ts';
import { meaningOf } from '../../src/document/finding-words.ts';

const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** `# 自身が設定した文字列` in Shift_JIS. */
const SHIFT_JIS = Buffer.from('23208ea9906782aa90dd92e882b582bd95b68e9a97f1', 'hex');

// As Python 3.11 answers to bytes.decode('cp932') and 'cp1252'.
test.each<[string, string, boolean, boolean]>([
  ['ASCII', '# plain', true, true],
  ['Shift_JIS', SHIFT_JIS.toString('latin1'), true, false],
  ['UTF-8 that fits by luck', utf8('# 本番\n'), true, true],
  ['UTF-8 that does not', utf8('# 自身が設定した文字列\n'), false, false],
  ['UTF-8 whose last byte takes the line break', utf8('# 会社のアカウント\r\n'), false, false],
  ['half a character at the end', '\x81', false, false],
  ['a pair without a character', '\x81\xad', false, false],
  ['half-width katakana', '\xb1\xdf', true, true],
  ['single bytes of its own', '\x80\xa0\xfd\xff', true, true],
  ['UTF-8 of a language of Western Europe', utf8('# Größe à la carte'), true, true],
  ['the same with what 1252 lacks', utf8('# Í'), false, false],
])('%s', (_, bytes, in932, in1252) => {
  expect(isReadIn(bytes, 932)).toBe(in932);
  expect(isReadIn(bytes, 1252)).toBe(in1252);
  expect(isReadIn(bytes, 949)).toBeUndefined();
});

const KEY = Buffer.from('[a]\nk = v\n');
const inUtf8 = (comment: string) => Buffer.concat([KEY, Buffer.from(`# ${comment}\n`)]);
const inShiftJis = Buffer.concat([KEY, SHIFT_JIS, Buffer.from('\n')]);

test.each<[string, Uint8Array, number | undefined, object[]]>([
  ['ASCII', KEY, 932, []],
  ['Shift_JIS in 932', inShiftJis, 932, [{ kind: 'not-utf8-there', line: 3, codePage: 932 }]],
  ['Shift_JIS in 1252', inShiftJis, 1252, [{ kind: 'not-code-page', line: 3, codePage: 1252 }]],
  ['Shift_JIS in another', inShiftJis, 949, [{ kind: 'not-utf8-there', line: 3 }]],
  ['Shift_JIS where nothing is known', inShiftJis, 0, [{ kind: 'not-utf8-there', line: 3 }]],
  ['Shift_JIS in 65001', inShiftJis, 65_001, [{ kind: 'not-utf8', line: 3 }]],
  ['Shift_JIS elsewhere', inShiftJis, undefined, [{ kind: 'not-utf8', line: 3 }]],
  ['UTF-8 that fits 932', inUtf8('本番'), 932, [{ kind: 'not-ascii', line: 3, codePage: 932 }]],
  [
    'UTF-8 that does not',
    inUtf8('自身が設定した文字列'),
    932,
    [{ kind: 'not-code-page', line: 3, codePage: 932 }],
  ],
  ['UTF-8 in 65001', inUtf8('本番'), 65_001, []],
  ['UTF-8 where nothing is known', inUtf8('本番'), 0, []],
  ['UTF-8 elsewhere', inUtf8('本番'), undefined, []],
  ['a BOM, which is told by itself', Buffer.from('\ufeff[a]\n'), 932, [{ kind: 'bom', line: 1 }]],
])('%s', (_, bytes, codePage, findings) => {
  expect(inspectDocument(parseDocument(bytes, 'x'), codePage)).toEqual(findings);
});

test('only what the AWS CLI refuses is bad, and the advice never breaks a file that works', () => {
  for (const codePage of [932, 1252, 949, 0, 65_001, undefined]) {
    for (const finding of inspectDocument(parseDocument(inShiftJis, 'x'), codePage)) {
      const { refusedByCli, status, hint } = meaningOf(finding);
      expect(status).toBe(refusedByCli ? 'bad' : 'warning');
      expect(refusedByCli).toBe([1252, 65_001, undefined].includes(codePage));
      if (codePage === 932 || codePage === 0) expect(speakEnglish(hint)).not.toContain('UTF-8');
    }
  }
});
