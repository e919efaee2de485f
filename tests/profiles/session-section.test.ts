/** What is ours in a session section: written, replaced and taken out again, and nothing else. */
import fc from '../support/fast-check.ts';
import { parseDocument } from '../../src/document/index.ts';
import { Secret } from '../../src/credentials/secret.ts';
import {
  copiedIn,
  copiedSettings,
  isLongTermKeyInTheWay,
  putSession,
  refuseLongTermKey,
  removeSession,
} from '../../src/profiles/session-section.ts';

const session = (mark: string) => ({
  accessKeyId: `ASIA${mark}`,
  secretAccessKey: new Secret(`secret-${mark}`),
  sessionToken: new Secret(`token-${mark}==`),
  expiration: Date.UTC(2026, 10, 20, 12, 0, 0, 999),
});
const parse = (text: string | Uint8Array) => parseDocument(Buffer.from(text), 'credentials');
const ORIGIN = 'AKIAIOSFODNN7EXAMPLE arn:aws:iam::123456789012:mfa/alice';
const put = (text: string, mark = 'A', copied: Record<string, string> = {}) =>
  Buffer.from(
    putSession(parse(text), 'p_token', session(mark), new Map(Object.entries(copied)), ORIGIN),
  ).toString();
const remove = (text: string) => Buffer.from(removeSession(parse(text), 'p_token')).toString();

const WRITTEN =
  '[p_token]\naws_access_key_id = ASIAA\naws_secret_access_key = secret-A\naws_session_token = token-A==\n' +
  'x_security_token_expires = 2026-11-20T12:00:00Z\nmanager = mfa-profile\n' +
  `x_mfa_profile_origin = ${ORIGIN}\n`;

test('a section of its own', () => {
  expect(put('')).toBe(WRITTEN);
  expect(put('[p]\nx = 1\n')).toBe(`[p]\nx = 1\n\n${WRITTEN}`);
  expect(
    put('', 'A', { aws_account_id: '1', region: 'eu-west-1', output: 'json', other: 'x' }),
  ).toBe(`${WRITTEN}region = eu-west-1\noutput = json\naws_account_id = 1\n`);
});

test.each([
  [
    'a region that the user set stays',
    '[p_token]\nregion = x\n',
    { region: 'y' },
    /^\[p_token\]\nregion = x\naws_access/,
  ],
  [
    'ours follows the source',
    `${WRITTEN}region = old\noutput = text\n`,
    { region: 'new' },
    /mfa\/alice\nregion = new\n$/,
  ],
  ['ours goes with the source’s', `${WRITTEN}region = old\n`, {}, /mfa\/alice\n$/],
  [
    'another tool’s expiry goes',
    '[p_token]\nexpiration = 2020-01-01\nAWS_Expiration=x\n',
    {},
    /^(?!.*(expiration|AWS_Expiration))/s,
  ],
  [
    'a stale aws_security_token goes',
    '[p_token]\naws_security_token = x\n',
    {},
    /^(?!.*aws_security_token)/s,
  ],
  [
    'a manager is replaced',
    '[p_token]\nmanager = awsume\n',
    {},
    /^\[p_token\]\nmanager = mfa-profile\n/,
  ],
])('%s', (_what, text, copied, expected) => {
  expect(put(text, 'A', copied)).toMatch(expected);
});

const LINE = fc.constantFrom(
  '# c',
  '; c',
  '',
  'region = x',
  'output = y',
  'cli_pager =',
  's3 =',
  '  region = nested',
  'sso_session = z',
);
const AROUND = fc.constantFrom(
  '',
  '[a]\nx = 1',
  '[a]\nx = 1\n',
  '# top\n\n[a]\r\nx = 1\r\n',
  '\uFEFF[a]\nb = c\n\n\n',
);

test('put, then remove, is the file before; put twice is put once', () => {
  fc.assert(
    fc.property(
      AROUND,
      fc.array(LINE, { maxLength: 6 }),
      fc.boolean(),
      fc.boolean(),
      (around, lines, wantsSection, copies) => {
        const exists = wantsSection && /^$|\n$/.test(around);
        const section = `[p_token]\n${lines.join('\n')}\n[z]\ny = 2\n`;
        const before = exists ? around + section : around;
        const copied: Record<string, string> = copies
          ? { region: 'eu-west-1', output: 'json' }
          : {};
        const once = put(before, 'A', copied);
        expect(put(once, 'A', copied)).toBe(once);
        if (!exists) expect(remove(once)).toBe(before);
        const cleared = remove(put(once, 'B', copied));
        expect(cleared).not.toMatch(/aws_access_key_id|manager|x_security|x_mfa_profile/);
        const users = exists ? lines.filter((line) => /^[#;]|cli_pager|sso/.test(line)) : [];
        for (const line of users) expect(cleared).toContain(line);
      },
    ),
  );
});

test.each([
  [true, '[p_token]\naws_access_key_id = AKIA\n'],
  [true, '[p_token]\nAWS_ACCESS_KEY_ID = AKIA\naws_session_token =\n'],
  [true, `${WRITTEN}[ p_token ]\naws_access_key_id = AKIA\n`],
  [true, `[p_token]\naws_access_key_id = AKIA\n${WRITTEN}`],
  [false, WRITTEN],
  [false, '[p_token]\nregion = x\n'],
  [false, '[p]\naws_access_key_id = AKIA\n'],
])('a long-term key in the way: %s, %j', (expected, text) => {
  expect(isLongTermKeyInTheWay(parse(text), 'p_token')).toBe(expected);
});

const ENTRIES: [string, string][] = [
  ['region', 'users'],
  ['aws_access_key_id', 'A'],
  ['manager', 'mfa-profile'],
  ['output', 'ours'],
  ['aws_account_id', 'ours too'],
  ['cli_pager', ''],
  ['region', 'users again'],
];

test.each([
  ['behind the manager', ENTRIES, 'output', 'ours'],
  ['behind one of ours', ENTRIES, 'aws_account_id', 'ours too'],
  ['before all of ours', ENTRIES, 'region', undefined],
  ['nowhere', ENTRIES, 'other', undefined],
  ['behind a key of the user', ENTRIES.slice(3), 'output', undefined],
  [
    'behind the origin',
    [
      ['x_mfa_profile_origin', 'x'],
      ['region', 'r'],
    ] as [string, string][],
    'region',
    'r',
  ],
  [
    'behind another of our keys',
    [
      ['aws_session_token', 'x'],
      ['region', 'r'],
    ] as [string, string][],
    'region',
    undefined,
  ],
])('a copied key %s is told as ours or not', (_what, entries, key, value) => {
  // A list and not a map: of two equal keys the first decides whose it is, ours or the user's.
  const held = { get: () => undefined, has: () => true, [Symbol.iterator]: () => entries.values() };
  expect(copiedIn(held, key)).toBe(value);
});

test.each([
  [
    'a region behind our output stays',
    'output = json\ncli_pager =\nregion = mine\n',
    /cli_pager =\nregion = mine\n$/,
  ],
  ['an output before ours stays', 'cli_pager =\noutput = mine\n', /cli_pager =\noutput = mine\n/],
])('%s, on a refresh and when it is cleared', (_what, more, expected) => {
  const text = `${WRITTEN}region = old\n`.replace(/region = old\n$/, more);
  expect(put(text, 'B', { region: 'new', output: 'text' })).toMatch(expected);
  expect(remove(text)).toMatch(expected);
});

describe('a region that the user put right after our output', () => {
  const text = `${WRITTEN}output = json\nregion = mine\n`;

  test('stays on a refresh, whatever the source says', () => {
    expect(put(text, 'B', { region: 'new', output: 'text' })).toMatch(
      /\noutput = text\nregion = mine\n$/,
    );
    expect(put(text, 'B')).toMatch(/mfa\/alice\nregion = mine\n$/);
  });

  test('stays when the session is cleared', () => {
    expect(remove(text)).toBe('[p_token]\nregion = mine\n');
  });
});

test('what the source names later than the rest is told as ours all the same', () => {
  const later = put(`${WRITTEN}output = json\naws_account_id = 1\n# c\n`, 'B', {
    ...{ output: 'text', aws_account_id: '1', region: 'new' },
  });
  expect(later).toMatch(/mfa\/alice\nregion = new\noutput = text\naws_account_id = 1\n# c\n$/);
  expect(put(later, 'C', { region: 'newer' })).toMatch(/mfa\/alice\nregion = newer\n# c\n$/);
  expect(remove(later)).toBe('# c\n');
});

test('a user’s line of base64 stays where it is a part of a value', () => {
  const text = `${WRITTEN}license =\n  QUJD=\n`;
  expect(put(text, 'B')).toContain('license =\n  QUJD=\n');
  expect(remove(text)).toBe('[p_token]\nlicense =\n  QUJD=\n');
});

test('settings go along unless the config file has them for the session', () => {
  const settings = new Map([
    ['region', 'r'],
    ['output', 'o'],
    ['aws_account_id', '1'],
    ['cli_pager', 'x'],
  ]);
  const copied = (config: string): unknown =>
    Object.fromEntries(
      copiedSettings(
        { credentials: parse(''), config: parse(config) },
        { name: 'p', sessionName: 'p_token', keys: undefined, isRole: false, settings },
        'p_token',
      ),
    );
  expect(copied('')).toEqual({ region: 'r', output: 'o', aws_account_id: '1' });
  expect(copied('[profile p_token]\nregion = own\noutput =\n')).toEqual({
    ...{ output: 'o', aws_account_id: '1' },
  });
});

test('a long-term key in the way is refused by name', () => {
  expect(() => refuseLongTermKey(parse(WRITTEN), 'p_token')).not.toThrow();
  try {
    refuseLongTermKey(parse('[p_token]\naws_access_key_id = AKIA\n'), 'p_token');
    throw new Error('nothing was refused');
  } catch (error) {
    expect(error).toMatchObject({
      problem: {
        ...{ kind: 'long-term-key-in-the-way', session: 'p_token', credentialsFile: 'credentials' },
      },
    });
  }
});

test('a header that was there without keys comes back, with its comments', () => {
  for (const before of ['[p_token]\n', '[p_token]\n# c\n', '[p_token]\n[q]\nx = 1\n']) {
    const after = put(before);
    expect(after).toMatch(/^\[p_token\]\nx_security_token_expires = /);
    expect(remove(put(after, 'B'))).toBe(before);
  }
  expect(put('[p_token]\n[p_token]\nregion = x\n')).not.toMatch(/^\[p_token\]\nx_security/);
});

test('an origin that is not known goes', () => {
  const without = Buffer.from(
    putSession(parse(WRITTEN), 'p_token', session('B'), new Map(), undefined),
  ).toString();
  expect(without).toContain('ASIAB');
  expect(without).not.toContain('x_mfa_profile_origin');
});
