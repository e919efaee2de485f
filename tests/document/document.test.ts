/** Edits of one section, case by case; the stories they come from are cited. */
import {
  parseDocument,
  putSection,
  readProperties,
  readSection,
  refuseSectionless,
  removeSection,
  sectionsNamed,
} from '../../src/document/index.ts';
import { isFailure } from '../../src/problems/problem.ts';
import { documentOf } from '../support/format-cases.ts';
import type { Edit } from '../../src/document/index.ts';

const KEYS = { aws_access_key_id: 'ASIAIOSFODNN7EXAMPLE', aws_session_token: 'made/up==' };
const WRITTEN = 'aws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_session_token = made/up==\n';

function put(
  text: string,
  set: Record<string, string>,
  name = 'a',
  drop: Edit['drop'] = [],
): string {
  return Buffer.from(
    putSection(documentOf(text), name, { set: new Map(Object.entries(set)), drop }),
  ).toString();
}

function remove(text: string, name = 'a', owned: string[] = Object.keys(KEYS)): string {
  return Buffer.from(
    removeSection(documentOf(text), name, (key) => owned.includes(key)),
  ).toString();
}

function problemOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (isFailure(error)) return error.problem;
    throw error;
  }
  return undefined;
}

describe('a file that can’t be edited safely is refused, and the line named', () => {
  test.each([
    ['a lone CR', '[a]\nk = 1\rl = 2\n', 2],
    ['a lone CR at the end', '[a]\r\nk = 1\r', 2],
    ['a doubled CR', '[a]\nk = 1\r\r\n', 2],
    ['a NUL', '[a]\nk = 1\nl = \0\n', 3],
    ['UTF-16, little end first', '\xff\xfe[\0a\0]\0', 1],
    ['UTF-16, big end first', '\xfe\xff\0[\0a\0]', 1],
    ['UTF-16 without a mark', '[\0a\0]\0', 1],
  ])('%s', (_what, text, line) => {
    expect(
      problemOf(() => parseDocument(Buffer.from(text, 'latin1'), '/home/me/credentials')),
    ).toMatchObject({
      kind: 'unparsable-file',
      path: '/home/me/credentials',
      line,
      reason: { english: expect.stringMatching(/\w/) as string },
    });
  });
});

test.each([
  ['NULs that begin later', 'ab[\0a\0]\0\n\0', false],
  ['three pairs', '[\0a\0]\0ab', false],
  ['four pairs', '[\0a\0]\0\n\0', true],
  ['four pairs, big end first', '\0[\0a\0]\0\n', true],
  ['three pairs, big end first', '\0[\0a\0]ab', false],
  ['a mark further in', '[a]\xff\xfe\0', false],
])('%s: told as UTF-16 %s', (_what, text, isUtf16) => {
  const bytes = Buffer.from(text, 'latin1');
  try {
    parseDocument(bytes, 'credentials');
    throw new Error('nothing was refused');
  } catch (error) {
    const { problem } = error as { problem?: { reason?: { entry?: string } } };
    expect(problem?.reason?.entry).toMatch(/^(?:utf16|nul|binary)$/);
    expect(problem?.reason?.entry === 'utf16').toBe(isUtf16);
  }
});

test.each([
  ['git-crypt', '\0GITCRYPT\0x'],
  ['ansible-vault', '$ANSIBLE_VAULT;1.1;AES256\n'],
  ['age', 'age-encryption.org/v1\n'],
  ['age', '-----BEGIN AGE ENCRYPTED FILE-----\n'],
  ['openpgp', '-----BEGIN PGP MESSAGE-----\n'],
  ['json', '{"a": 1}'],
  ['json', '\xef\xbb\xbf \n{ \n "a" : 1}'],
  ['json', '{"": 1}'],
  ['json', '["a", "b"]'],
  ['json', ' \n[\n "a" ,'],
  ['json', '["",'],
  ['json', '[{"a": 1}]'],
  ['json', '[ { "'],
  ['markup', '<html>'],
  ['markup', '\xef\xbb\xbf\n <!DOCTYPE html>'],
  ['markup', '<?xml version="1.0"?>'],
  ['markup', '<head>'],
  ['markup', '<BODY class="x">'],
])('%s by %j', (form, text) => {
  expect(() => parseDocument(Buffer.from(text, 'latin1'), 'credentials')).toThrow(
    expect.objectContaining({
      problem: { kind: 'foreign-file', path: 'credentials', form },
    }) as Error,
  );
});

test.each([
  ...[
    'x$ANSIBLE_VAULT;',
    'x-----BEGIN PGP MESSAGE-----',
    'x age-encryption.org/',
    '<bodyx>',
    'x <html>',
  ],
  ...['{a: 1}', '{"a" 1}', '{"a', '{"a\n": 1}', 'x {"a": 1}', '{ [a]', '<a>', '$ANSIBLE_VAULT'],
  ...['age-encryption.org', '-----BEGIN PGP PUBLIC KEY-----', 'x<?xml', '<', '{'],
  ...['["a"]', '["a" "b"]', '["a\n",', '["a', '[a, "b"]', '[{a}]', '[x"a", "b"]', 'x ["a", "b"]'],
])('%j may be an INI file', (text) => {
  expect(() => parseDocument(Buffer.from(`${text}\n`, 'latin1'), 'credentials')).not.toThrow();
});

test('UTF-16 is named as what it is, without a NUL in it, too', () => {
  for (const text of ['\xff\xfe[\0a\0]\0', '\xfe\xff\0[\0a', '\xff\xfe\x42\x30']) {
    expect(
      problemOf(() => parseDocument(Buffer.from(text, 'latin1'), 'credentials')),
    ).toMatchObject({ reason: { english: expect.stringMatching(/UTF-16/) as string } });
  }
});

describe('a new section', () => {
  test.each([
    ['an empty file', '', `[a]\n${WRITTEN}`],
    ['only a BOM', '\ufeff', `\ufeff[a]\n${WRITTEN}`],
    ['a file that ends in a newline', '[b]\nk = v\n', `[b]\nk = v\n\n[a]\n${WRITTEN}`],
    ['a blank line that is there already', '[b]\nk = v\n\n', `[b]\nk = v\n\n\n[a]\n${WRITTEN}`],
    ['no last newline (aws/aws-cli#2996)', '[b]\nk = v', `[b]\nk = v\n\n[a]\n${WRITTEN.trimEnd()}`],
    [
      'CRLF (cytopia/aws-export-assume-profile#11)',
      '[b]\r\nk = v\r\n',
      `[b]\r\nk = v\r\n\r\n[a]\r\n${WRITTEN.replaceAll('\n', '\r\n')}`,
    ],
    ['mixed endings: the last one', '[b]\r\nk = v\n', `[b]\r\nk = v\n\n[a]\n${WRITTEN}`],
    ['an indented last line', '[b]\ns3 =\n  x = 1\n', `[b]\ns3 =\n  x = 1\n\n[a]\n${WRITTEN}`],
  ])('%s', (_what, before, after) => {
    expect(put(before, KEYS)).toBe(after);
    expect(remove(after)).toBe(before);
  });

  test('comments and blank lines of the file stay (broamski/aws-mfa#39, 99designs/aws-vault#288)', () => {
    const before = '# mine\n\n[b] ; work\n  # keep\nk = v # too\n; end\n';
    expect(put(before, KEYS)).toBe(`${before}\n[a]\n${WRITTEN}`);
  });

  test('neither names nor values are quoted or escaped (Noovolari/leapp#392, aws-azure-login#135)', () => {
    expect(put('', { aws_session_token: 'a+/b==', region: 'eu' }, 'acme.prod')).toBe(
      '[acme.prod]\naws_session_token = a+/b==\nregion = eu\n',
    );
  });

  test('names beyond ASCII are UTF-8 in the file and strings outside', () => {
    const text = put('', { note: 'é日本' }, 'prod-é');
    expect(text).toBe('[prod-é]\nnote = é日本\n');
    expect(new Map(readSection(documentOf(text), 'prod-é'))).toEqual(new Map([['note', 'é日本']]));
  });

  test('an empty value is written without a blank behind it', () => {
    expect(put('', { k: '' })).toBe('[a]\nk =\n');
  });
});

describe('a section that is there', () => {
  test.each([
    ['replaced in place', '[a]\nk=old\nmine = x\n[b]\n', '[a]\nk = new\nmine = x\n[b]\n'],
    ['indentation and ending stay', '[a]\r\n\tk=old\r\nl = x\n', '[a]\r\n\tk = new\r\nl = x\n'],
    ['lower case, and =', '[a]\nK : old\n', '[a]\nk = new\n'],
    ['an equal value: not a byte changes', '[a]\nk   =new  \n', '[a]\nk   =new  \n'],
    ['equal, but spelled as not all can read', '[a]\nK: new\n', '[a]\nk = new\n'],
    ['equal, but in capitals', '[a]\nK = new\n', '[a]\nk = new\n'],
    ['equal, but with a colon', '[a]\nk: new\n', '[a]\nk = new\n'],
    [
      'missing: first of all in front of an indented header',
      '[a]\nl = x\nm = y\n  [b]\n',
      '[a]\nk = new\nl = x\nm = y\n  [b]\n',
    ],
    ['missing: before blanks alone', '[a]\nl = x\n   \n[b]\n', '[a]\nl = x\nk = new\n   \n[b]\n'],
    ['text behind the header', '[a] tail # c\n', '[a] # tail # c\nk = new\n'],
    ['a comment right behind the header', '[a]# c\n', '[a] # c\nk = new\n'],
    ['a double with a comment right behind', '[a]\n[a]# c\nk = x\n', '[a]\nk = new\n# c\n'],
    ['a double with a comment further off', '[a]\n[a]   # c\nk = x\n', '[a]\nk = new\n# c\n'],
    ['a double with tabs', '[a]\n[a]\t\t; c\nk = x\n', '[a]\nk = new\n; c\n'],
    [
      'continuation lines go, comments between them stay',
      '[a]\nk = o\n  ld\n# c\n  er\n',
      '[a]\nk = new\n# c\n',
    ],
    ['later doubles go', '[a]\nk = 1\nl = x\nK = 2\n  3\n', '[a]\nk = new\nl = x\n'],
    [
      'a nested key of the same name is not ours',
      '[a]\ns3 =\n  k = x\nk = old\n',
      '[a]\ns3 =\n  k = x\nk = new\n',
    ],
    [
      'missing: behind the last property',
      '[a]\nl = x\n\n# c\n\n[b]\n',
      '[a]\nl = x\nk = new\n\n# c\n\n[b]\n',
    ],
    [
      'missing: with its indentation',
      '[a]\n  l = x\n  m = y\n',
      '[a]\n  l = x\n  m = y\n  k = new\n',
    ],
    [
      'missing: behind nested lines',
      '[a]\ns3 =\n  x = 1\n\n  y = 2\n\n',
      '[a]\ns3 =\n  x = 1\n\n  y = 2\nk = new\n\n',
    ],
    [
      'missing: behind an indented comment, which Rust, Java and C take for a value',
      '[a]\nl = x\n  # c\n# d\n',
      '[a]\nl = x\n  # c\nk = new\n# d\n',
    ],
    ['missing: right behind the header', '[a]\n# c\n\n[b]\n', '[a]\nk = new\n# c\n\n[b]\n'],
    ['before an indented header', '[a]\n  [b]\nl = x\n', '[a]\n  k = new\n  [b]\nl = x\n'],
    [
      'before an indented header, behind a key',
      '[a]\nl = x\n  [b]\n',
      '[a]\nk = new\nl = x\n  [b]\n',
    ],
    ['no last newline', '[a]\nl = x', '[a]\nl = x\nk = new'],
    [
      'the ending of its own last line, whatever the file’s is',
      '[a]\r\nl = x\r\n[b]\nk = v\n',
      '[a]\r\nl = x\r\nk = new\r\n[b]\nk = v\n',
    ],
    ['no last newline, CRLF', '[b]\r\n[a]', '[b]\r\n[a]\r\nk = new'],
    ['no last newline, a double dropped there', '[a]\nk = 1\nk = 2', '[a]\nk = new'],
    ['a header is written plainly', '  [ a ]  # c\nk = new\n', '[a]  # c\nk = new\n'],
    ['a comment glued to the header', '[a]# c\nk = new\n', '[a] # c\nk = new\n'],
    ['text behind the header', '[a] x\nk = new\n', '[a] # x\nk = new\n'],
    ['an unclosed header ends the section', '[a]\n[b\nk = prod\n', '[a]\nk = new\n[b\nk = prod\n'],
    ['a BOM stays', '\ufeff[a]\nk = old\n', '\ufeff[a]\nk = new\n'],
  ])('%s', (_what, before, after) => {
    expect(put(before, { k: 'new' })).toBe(after);
  });

  test('missing keys are added in the order given', () => {
    expect(put('[a]\nm = 0\n', { l: '1', m: '2', k: '3' })).toBe('[a]\nm = 2\nl = 1\nk = 3\n');
  });

  test('a stale aws_security_token goes, for botocore prefers it; what the user keeps stays', () => {
    const before = '[a]\nAWS_Security_Token = stale\n  more\n# mine\nregion = r\n';
    expect(put(before, { k: 'new' }, 'a', ['aws_security_token'])).toBe(
      '[a]\n# mine\nregion = r\nk = new\n',
    );
  });

  test('a key to be dropped and set is set', () => {
    expect(put('[a]\nk = old\n', { k: 'new' }, 'a', ['k'])).toBe('[a]\nk = new\n');
  });

  test('doubled by parallel log-ins (Versent/saml2aws PR 1518): one is left, and every comment', () => {
    const before =
      '[a] # one\nk = 1\n\n[b]\nx = y\n\n[ a ] # two\n# three\nk = 2\ns3 =\n  # four\n  z = 1\n\n[c]\n';
    expect(put(before, { k: 'new' })).toBe(
      '[a] # one\nk = new\n\n[b]\nx = y\n\n# two\n# three\n  # four\n\n[c]\n',
    );
  });

  test('a nonsense line of a doubled section does not become part of the value above it', () => {
    expect(put('[a]\n[a]\n  nonsense\n', { k: 'new' })).toBe('[a]\nk = new\nnonsense\n');
  });

  test('sections that differ in case are two (every reader)', () => {
    expect(put('[A]\nk = 1\n', { k: 'new' })).toBe('[A]\nk = 1\n\n[a]\nk = new\n');
  });
});

test('a value that is there keeps its spacing beside another’s block, and not with lines of its own', () => {
  const text = '[a]\naws_session_token=made/up==\ns3 =\n  x = 1\n';
  const set = { aws_session_token: 'made/up==' };
  expect(put(text, set)).toBe(text);
  expect(put('[a]\naws_session_token=made/up==\n  more\n', set)).toBe(
    '[a]\naws_session_token = made/up==\n',
  );
});

describe('what may not be written is refused', () => {
  test.each([
    ['a line feed', 'se\ncret'],
    ['a carriage return', 'se\rcret'],
    ['a line separator', 'se\u2028cret'],
    ['a control character', 'se\x1bcret'],
    ['half a surrogate pair', 'secret\ud800'],
    ['a blank in front', ' secret'],
    ['a blank behind', 'secret\t'],
    ['a no-break space behind', 'secret\u00a0'],
    ['what JavaScript alone takes for a blank', '\ufeffsecret'],
  ])('%s: the key is named, the value is not', (_what, value) => {
    const problem = problemOf(() => put('', { aws_session_token: value }));
    expect(problem).toMatchObject({
      kind: 'bad-setting',
      profile: 'a',
      setting: 'aws_session_token',
    });
    expect(JSON.stringify(problem)).not.toContain('cret');
  });

  test.each(['', 'k = x', '[k', '#k', 'k\n', 'é'])('a key %j', (key) => {
    expect(problemOf(() => put('', { [key]: 'v' }))).toMatchObject({
      kind: 'bad-setting',
      setting: key,
    });
  });

  test.each(['', ' a', 'a#b', 'a]b', 'DEFAULT', '__proto__', 'a\nb', 'services x'])(
    'a section %j',
    (name) => {
      expect(problemOf(() => put('', KEYS, name))).toMatchObject({
        kind: 'bad-session-name',
        session: name,
      });
    },
  );

  test.each(['profile a', 'profile "a b"', 'profile\ta'])(
    'but a config header %j may be written',
    (name) => {
      expect(put('', { k: 'v' }, name)).toBe(`[${name}]\nk = v\n`);
    },
  );

  test.each([
    'profile a b',
    'profile "a',
    'profile a\nb',
    'profile\na',
    'profile "#"',
    ' profile a',
    '\tprofile a',
  ])('no config header %j', (name) => {
    expect(problemOf(() => put('', KEYS, name))).toMatchObject({ kind: 'bad-session-name' });
  });
});

describe('removing a section', () => {
  test.each([
    [
      'the user’s keys stay, and the header with them',
      '[a]\nx = 1\naws_session_token = t\n',
      '[a]\nx = 1\n',
    ],
    [
      'comments stay',
      'x\n\n[a] # one\n# two\naws_session_token = t\n  # three\n',
      'x\n# one\n# two\n  # three\n',
    ],
    ['continuation lines go', '[a]\naws_session_token =\n  t = 1\n\n  u = 2\n[b]\n', '\n[b]\n'],
    ['one blank line before it goes', 'x\n\n\n[a]\naws_session_token = t\n\n[b]\n', 'x\n\n\n[b]\n'],
    ['a line of blanks before it stays', 'x\n \n[a]\naws_session_token = t\n', 'x\n \n'],
    ['none before it: nothing else goes', '[b]\n[a]\naws_session_token = t', '[b]\n'],
    ['doubled: both', '[a]\naws_session_token = t\n[b]\n\n[a]\naws_access_key_id = k\n', '[b]\n'],
    [
      'a nonsense line keeps the header',
      '[a]\naws_session_token = t\nnonsense\n',
      '[a]\nnonsense\n',
    ],
    ['without keys', '[b]\n\n[a]\n', '[b]\n'],
    [
      'of another name: nothing',
      '[a_token]\naws_session_token = t\n',
      '[a_token]\naws_session_token = t\n',
    ],
    [
      'no last newline, and a comment of the user',
      'x\n\n[a]\n# c\naws_session_token = t',
      'x\n# c',
    ],
    ['no last newline, and a key of the user', '[a]\nx = 1\naws_session_token = t', '[a]\nx = 1'],
  ])('%s', (_what, before, after) => {
    expect(remove(before)).toBe(after);
  });

  test('whose key it is may depend on the key before it', () => {
    const asked: [string, string | undefined][] = [];
    const document = documentOf('[a]\nManager = m\nregion = r\ns3 =\n  x = 1\noutput = o\n');
    removeSection(document, 'a', (key, previousKey) => {
      asked.push([key, previousKey]);
      return true;
    });
    expect(asked).toEqual([
      ['manager', undefined],
      ['region', 'manager'],
      ['s3', 'region'],
      ['output', 's3'],
    ]);
  });
});

describe('reading', () => {
  test('properties know their line, what is nested in them, and what some take for a comment', () => {
    const document = documentOf(
      '# c\n[services x]\n\nS3 =\n  endpoint_url = http://h\n  # no\n  Y = 2 # d\n\nk : v # c\nl = v#c\nm =#v\nn = #v\n',
    );
    const [section] = sectionsNamed(document, 'services x');
    if (section === undefined) throw new Error('no section');
    expect(section.line).toBe(2);
    expect(readProperties(document, section)).toEqual([
      {
        key: 's3',
        value: '',
        line: 4,
        commentLike: false,
        nested: new Map([
          ['endpoint_url', 'http://h'],
          ['Y', '2 # d'],
        ]),
      },
      { key: 'k', value: 'v # c', line: 9, commentLike: true, nested: new Map() },
      { key: 'l', value: 'v#c', line: 10, commentLike: false, nested: new Map() },
      { key: 'm', value: '#v', line: 11, commentLike: false, nested: new Map() },
      { key: 'n', value: '#v', line: 12, commentLike: true, nested: new Map() },
    ]);
  });

  test('no such section is not an empty one', () => {
    expect(readSection(documentOf('[a]\n'), 'b')).toBeUndefined();
    expect(new Map(readSection(documentOf('[a]\n'), 'a'))).toEqual(new Map());
  });

  test('[__proto__] and keys of that name are like any other', () => {
    const document = documentOf('[__proto__]\nk = 1\n[b]\n__proto__ = x\nconstructor = y\n');
    expect(new Map(readSection(document, '__proto__'))).toEqual(new Map([['k', '1']]));
    expect(new Map(readSection(document, 'b'))).toEqual(
      new Map([
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
    );
    expect(readSection(document, 'toString')).toBeUndefined();
  });

  test('ten thousand sections: the last is found, edited and removed', () => {
    const text = Array.from(
      { length: 10_000 },
      (_, n) => `[p${n}]\nregion = r${n}\n# [p${n}]\n\n`,
    ).join('');
    const document = documentOf(text);
    expect(document.sections).toHaveLength(10_000);
    expect(new Map(readSection(document, 'p9999'))).toEqual(new Map([['region', 'r9999']]));
    expect(sectionsNamed(document, 'p9999')).toMatchObject([{ line: 39_997 }]);
    const edited = put(text, KEYS, 'p5000_token');
    expect(remove(edited, 'p5000_token')).toBe(text);
  });

  test.each([
    ['brackets and no newline', '['.repeat(200_000)],
    ['unclosed headers', '[x\n'.repeat(100_000)],
    ['blanks before brackets', `${' '.repeat(50_000)}[\n`.repeat(4)],
    ['blanks in a value', `[a]\nk = ${`x${' '.repeat(5_000)}`.repeat(40)}\n`],
  ])('no text takes more than a moment: %s', (_what, text) => {
    expect(readSection(documentOf(text), 'b')).toBeUndefined();
    expect(put(text, { k: 'v' }, 'b').startsWith(text)).toBe(true);
    expect(() => readSection(documentOf(text), 'a')).not.toThrow();
  });
});

test('what is left of a wrapped value goes where junk goes, but never the first line', () => {
  const put = (text: string): string =>
    Buffer.from(
      putSection(parseDocument(Buffer.from(text), 'credentials'), 'a', {
        set: new Map([['k', '1']]),
        dropJunk: true,
      }),
    ).toString();
  expect(put('[a]\nabcd==\nk = 1\nefgH=\nEf/+9==\nstray\nijkl=\n')).toBe('[a]\nabcd==\nk = 1\n');
  expect(put('[a]\nk = 1\nefgh=="\nefgh==\'\n')).toBe('[a]\nk = 1\n');
  expect(put('[a]\nk = 1\nefg\n\n[a]\n# mine\nj = 2\nEfg\n  ij\nEf==\n\n[b]\n')).toBe(
    '[a]\nk = 1\n\n# mine\n\n[b]\n',
  );
  // Settings without a value, and with a block under it.
  expect(put('[a]\nk = 1\noutput=\ns3=\nS3=\n  a = b\n')).toBe(
    '[a]\nk = 1\noutput=\ns3=\nS3=\n  a = b\n',
  );
  expect(put('[a]\nk = 1\nef gh=\nefgh===\nef.gh=\n-efgh=\nefgh=x\n')).toBe(
    '[a]\nk = 1\nef gh=\nefgh===\nef.gh=\n-efgh=\nefgh=x\n',
  );
});

describe('a text without any section', () => {
  const problem = (text: string) => problemOf(() => refuseSectionless(documentOf(text)));

  test.each(['', '\n', '# c\n; c\n', '\ufeff# c\n', '\ufeff', '[a]\n', 'k = 1\n[a]\n'])(
    '%j is a file of the AWS tools',
    (text) => {
      expect(problem(text)).toBeUndefined();
    },
  );

  test.each([
    ['profiles:\n', 1],
    ['\ufeffprofiles:\n', 1],
    ['# c\n\n  a,b\n', 3],
    ['\ufeff# c\na,b\n', 2],
  ])('%j is none, by line %d', (text, line) => {
    expect(problem(text)).toMatchObject({ kind: 'unparsable-file', line });
  });
});
