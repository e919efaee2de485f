/** What is told about a file that AWS's readers disagree on. */
import { inspectDocument } from '../../src/document/index.ts';
import { answerOf, documentOf, formatCases } from '../support/format-cases.ts';

test.each([
  ['nothing odd', '# c\n[a]\nk = v\ns3 =\n  x = 1\n\n[b]  ; note\n', []],
  ['a value that ends in quotes', '[a]\nk = a "b"\nl = "b" a\n', []],
  ['text right behind a header', '[a]tail\n', [{ kind: 'header-tail', line: 1, section: 'a' }]],
  ['a comment right behind a header', '[a]#c\n', [{ kind: 'header-tail', line: 1, section: 'a' }]],
  ['CRLF all through', '[a]\r\nk = v\r\n', []],
  [
    'doubled sections and keys',
    '[a]\nk = 1\nK: 2\n[ a ]\nk = 3\n',
    [
      { kind: 'doubled-key', line: 3, section: 'a', key: 'k', otherLine: 2 },
      { kind: 'blank-in-name', line: 4, section: 'a', otherLine: 1 },
    ],
  ],
  [
    'doubled sections, with blanks inside or without',
    '[a]\n[a]\n[ a ]\n[ a ]\n',
    [
      { kind: 'doubled-section', line: 2, section: 'a', otherLine: 1 },
      { kind: 'blank-in-name', line: 3, section: 'a', otherLine: 1 },
      { kind: 'doubled-section', line: 4, section: 'a', otherLine: 3 },
    ],
  ],
  [
    'blanks inside the brackets of a header',
    '[a]\n[ b ]\n[profile c\u00a0]\n[ b ]\n',
    [
      { kind: 'blank-around-name', line: 2, section: 'b' },
      { kind: 'blank-around-name', line: 3, section: 'profile c' },
      { kind: 'doubled-section', line: 4, section: 'b', otherLine: 2 },
    ],
  ],
  [
    'lines of a nested block that are no key = value',
    '[a]\ns3 =\n  x = 1\n  # c\n  junk\n\n  more junk\nk = v\n  fine\n',
    [
      { kind: 'nested-junk', line: 5, section: 'a', key: 's3' },
      { kind: 'nested-junk', line: 7, section: 'a', key: 's3' },
    ],
  ],
  [
    'nonsense before the first section, and in one',
    'k = v\n\n# c\n[a]\nnonsense\n= v\n',
    [
      { kind: 'before-sections', line: 1 },
      { kind: 'stray-line', line: 5, section: 'a' },
      { kind: 'stray-line', line: 6, section: 'a' },
    ],
  ],
  [
    'headers that name nothing',
    '[a]\n[b\nk = v\n[]\n[c]\n',
    [
      { kind: 'unclosed-header', line: 2 },
      { kind: 'empty-name', line: 4 },
    ],
  ],
  [
    'headers with something behind them',
    '[a]# glued\n[b] junk\n[c] # fine\n',
    [
      { kind: 'header-tail', line: 1, section: 'a' },
      { kind: 'header-tail', line: 2, section: 'b' },
    ],
  ],
  [
    'a header indented under a key',
    '[a]\nk = v\n\n  [b]\n',
    [{ kind: 'indented-header', line: 4, otherLine: 2 }],
  ],
  [
    'values that readers cut or do not unquote (Noovolari/leapp#392)',
    '[a]\nk = v # c\nl = v;c\nm = "v=="\n',
    [
      { kind: 'inline-comment', line: 2, section: 'a', key: 'k' },
      { kind: 'quoted-value', line: 4, section: 'a', key: 'm' },
    ],
  ],
  [
    'names with a meaning of their own',
    '[DEFAULT]\n[__proto__]\n',
    [
      { kind: 'reserved-name', line: 1, section: 'DEFAULT' },
      { kind: 'reserved-name', line: 2, section: '__proto__' },
    ],
  ],
  [
    'keys that an indented header hides from botocore, until a header that is not',
    '[a]\nx = 1\n  [b]\nx = 2\n  y = 1\n  [c]\ny = 3\n[d]\nx = 4\n',
    [
      { kind: 'indented-header', line: 3, otherLine: 2 },
      { kind: 'doubled-key', line: 4, section: 'b', key: 'x', otherLine: 2 },
      { kind: 'indented-header', line: 6, otherLine: 4 },
    ],
  ],
  [
    'an indented header under an empty value, and what is no setting below it',
    '[a]\ns3 =\n  [b]\n  junk\nk = 1\n',
    [
      { kind: 'indented-header', line: 3, otherLine: 2 },
      { kind: 'nested-junk', line: 3, section: 'a', key: 's3' },
      { kind: 'stray-line', line: 4, section: 'b' },
    ],
  ],
  [
    'the same below a blank line',
    '[a]\ns3 =\n  [b]\n\n  junk\nk = 1\n',
    [
      { kind: 'indented-header', line: 3, otherLine: 2 },
      { kind: 'nested-junk', line: 3, section: 'a', key: 's3' },
      { kind: 'stray-line', line: 5, section: 'b' },
    ],
  ],
  [
    'headers of blanks, and what stands under them',
    '[ ]\nk = 1\nstray\n  deep\n# c\n[]\nk = 1\nstray\n[a]\n',
    [
      { kind: 'blank-name', line: 1 },
      { kind: 'stray-line', line: 3 },
      { kind: 'empty-name', line: 6 },
    ],
  ],
  ['comments and blanks before the first section', '# c\n; c\n\n  \n[a]\n', []],
  [
    'quotes that are not of one kind, or alone',
    '[a]\nk = "x\'\nl = \'x\'\nm = "\nn = ""\no = x"\n',
    [
      { kind: 'quoted-value', line: 3, section: 'a', key: 'l' },
      { kind: 'quoted-value', line: 5, section: 'a', key: 'n' },
    ],
  ],
  [
    'reserved names in the config file',
    '[profile __proto__]\n[profile DEFAULT]\n[MYDEFAULT]\n',
    [{ kind: 'reserved-name', line: 1, section: 'profile __proto__' }],
  ],
  ['a BOM', '\ufeff[a]\nk = v\n', [{ kind: 'bom', line: 1 }]],
  ['mixed endings', '[a]\r\nk = v\r\nl = w\n', [{ kind: 'mixed-line-endings', line: 3 }]],
  [
    'mixed endings, the other way',
    '[a]\nk = v\r\nl = w\n',
    [{ kind: 'mixed-line-endings', line: 2 }],
  ],
  ['another encoding', Buffer.from('[a]\n# caf\xe9\n', 'latin1'), [{ kind: 'not-utf8', line: 2 }]],
])('%s', (_what, text, findings) => {
  expect(inspectDocument(documentOf(text))).toEqual(findings);
});

test('a key that an indented header hides is told where every header is indented', () => {
  const findings = inspectDocument(documentOf(' [a]\n k = 1\n  [b]\n k = 2\n'));
  expect(findings).toContainEqual(
    expect.objectContaining({ kind: 'doubled-key', line: 4, section: 'b', otherLine: 2 }),
  );
});

test('no value is in a finding', () => {
  const findings = inspectDocument(documentOf('[a]\nk = secret # one\nk = "secret"\nsecret\n'));
  expect(findings).toHaveLength(4);
  expect(JSON.stringify(findings)).not.toContain('secret');
});

describe('where botocore gives up on a file, there is a finding', () => {
  const givenUp = formatCases.filter(
    ({ name }) => answerOf('botocore', name) === 'error' && !name.startsWith('83-'),
  );
  test.each(givenUp)('$name', ({ bytes }) => {
    expect(inspectDocument(documentOf(bytes))).not.toEqual([]);
  });
});
