/** Who else may read or write the files: what is judged, and what is reported. */
import { judgeConfig, judgeCredentials } from '../../src/session/file-access.ts';
import {
  codePageOf,
  warnOfAccess,
  warnOfLostHeader,
  warnOfRefusal,
  warnOfSession,
} from '../../src/session/file-warnings.ts';
import { parseDocument, putSection } from '../../src/document/index.ts';
import { speakEnglish } from '../../src/problems/text.ts';
import type { Said } from '../../src/problems/text.ts';
import type { Reporter } from '../../src/output/reporter.ts';
import type { Diagnostics, Ownership, World } from '../../src/world.ts';

const FILE = '/home/me/.aws/credentials';
const FOLDER = '/home/me/.aws';

const owned = (changes: Partial<Ownership>): Ownership => ({
  ...{ kind: 'file', mode: 0o600, owner: 1000, isOwn: true, realPath: FILE },
  ...changes,
});
const folder = (changes: Partial<Ownership> = {}): Ownership =>
  owned({ kind: 'folder', mode: 0o700, realPath: FOLDER, ...changes });
const worldOf = (paths: Record<string, Ownership | undefined>) =>
  ({ ownership: (path: string) => paths[path] }) as World;
const judged = (file?: Partial<Ownership>, aws?: Ownership) =>
  judgeCredentials(FILE, worldOf({ [FILE]: file && owned(file), [FOLDER]: aws }));

test.each([
  [0o600, { kind: 'closed', mode: '0600' }],
  [0o400, { kind: 'closed', mode: '0400' }],
  [0o000, { kind: 'closed', mode: '0000' }],
  [0o640, { kind: 'open', mode: '0640', others: 'read', closed: '600' }],
  [0o604, { kind: 'open', mode: '0604', others: 'read', closed: '600' }],
  [0o610, { kind: 'open', mode: '0610', others: 'read', closed: '600' }],
  [0o660, { kind: 'open', mode: '0660', others: 'write', closed: '600' }],
  [0o602, { kind: 'open', mode: '0602', others: 'write', closed: '600' }],
  [0o4640, { kind: 'open', mode: '4640', others: 'read', closed: '600' }],
  [0o444, { kind: 'open', mode: '0444', others: 'read', closed: '400' }],
])('a credentials file of mode %o', (mode, access) => {
  expect(judged({ mode })).toEqual([{ path: FILE, ...access }]);
});

test.each<[string, Ownership, object[]]>([
  ['closed', folder(), [{ kind: 'closed', mode: '0700' }]],
  [
    'that others may list',
    folder({ mode: 0o755 }),
    [{ kind: 'open', mode: '0755', others: 'read', closed: '700' }],
  ],
  [
    'that others may write',
    folder({ mode: 0o777 }),
    [{ kind: 'open', mode: '0777', others: 'write', closed: '700' }],
  ],
  [
    'shared by setgid',
    folder({ mode: 0o2770 }),
    [{ kind: 'open', mode: '2770', others: 'write', closed: undefined }],
  ],
  [
    'shared by the sticky bit',
    folder({ mode: 0o1777 }),
    [{ kind: 'open', mode: '1777', others: 'write', closed: undefined }],
  ],
  [
    'of another name, which may be shared on purpose',
    folder({ mode: 0o777, realPath: '/srv/x.aws' }),
    [{ kind: 'open', mode: '0777', others: 'write', closed: undefined }],
  ],
  [
    'of that name on Windows',
    folder({ mode: 0o777, realPath: 'C:\\me\\.aws' }),
    [{ kind: 'open', mode: '0777', others: 'write', closed: '700' }],
  ],
  [
    'in one of that name',
    folder({ mode: 0o777, realPath: '/home/me/.aws/more' }),
    [{ kind: 'open', mode: '0777', others: 'write', closed: undefined }],
  ],
  [
    'of somebody else',
    folder({ isOwn: false, owner: 7 }),
    [
      { kind: 'foreign', owner: 7 },
      { kind: 'closed', mode: '0700' },
    ],
  ],
  [
    'of somebody else, who lets others write',
    folder({ isOwn: false, owner: 7, mode: 0o777 }),
    [
      { kind: 'foreign', owner: 7 },
      { kind: 'open', mode: '0777', others: 'write', closed: undefined },
    ],
  ],
  ['of root', folder({ isOwn: false, owner: 0 }), [{ kind: 'closed', mode: '0700' }]],
])('a folder %s', (_what, aws, expected) => {
  expect(judged({}, aws)).toEqual([
    { kind: 'closed', path: FILE, mode: '0600' },
    ...expected.map((each) => ({ path: FOLDER, ...each })),
  ]);
});

test('one stranger is named once, and two are named', () => {
  const named = (file: number, aws: number) =>
    judged({ isOwn: false, owner: file }, folder({ isOwn: false, owner: aws }))
      .filter(({ kind }) => kind === 'foreign')
      .map(({ path }) => path);
  expect(named(7, 7)).toEqual([FILE]);
  expect(named(7, 8)).toEqual([FILE, FOLDER]);
  expect(named(0, 0)).toEqual([FILE]);
});

test('a file that is not there leaves its folder to be judged', () => {
  expect(judged(undefined, folder({ mode: 0o777 }))).toMatchObject([{ path: FOLDER }]);
  expect(judged(undefined, undefined)).toEqual([]);
});

test.each(['pipe', 'other', 'folder'] as const)('a %s in its place is not judged', (kind) => {
  expect(judged({ kind, mode: 0o777 }, folder({ mode: 0o777 }))).toEqual([]);
  expect(judgeConfig(FILE, worldOf({ [FILE]: owned({ kind, mode: 0o777 }) }))).toEqual([]);
});

test('what is no folder in the folder’s place is not judged', () => {
  expect(judged({}, owned({ mode: 0o777 }))).toHaveLength(1);
});

test.each([
  [0o644, { kind: 'closed', mode: '0644' }],
  [0o664, { kind: 'open', mode: '0664', others: 'write', closed: '600' }],
  [0o646, { kind: 'open', mode: '0646', others: 'write', closed: '600' }],
])('a config file of mode %o', (mode, access) => {
  const found = judgeConfig(FILE, worldOf({ [FILE]: owned({ mode }) }));
  expect(found).toEqual([{ path: FILE, ...access }]);
  expect(judgeConfig(FILE, worldOf({}))).toEqual([]);
});

/** What is said in the words of warnings, by `act`. */
function heard(act: (reporter: Reporter) => unknown): string[] {
  const said: string[] = [];
  act({ warn: (line: Said) => said.push(speakEnglish(line)) } as unknown as Reporter);
  return said;
}
const heardOfAccess = (file?: Partial<Ownership>, aws?: Ownership): string[] =>
  heard((reporter) =>
    warnOfAccess(FILE, worldOf({ [FILE]: file && owned(file), [FOLDER]: aws }), reporter),
  );

test('what a person hears of access', () => {
  expect(heardOfAccess({}, folder())).toEqual([]);
  expect(heardOfAccess({ mode: 0o644 }, folder({ mode: 0o755 }))).toEqual([
    `${FILE} is open to other users of this machine: chmod 600 ${FILE}`,
  ]);
  expect(heardOfAccess({}, folder({ mode: 0o777 }))).toEqual([
    `${FOLDER} is open to other users of this machine: chmod 700 ${FOLDER}`,
  ]);
  expect(heardOfAccess({}, folder({ mode: 0o1777 }))).toEqual([
    `other users of this machine may write ${FOLDER}: keep the credentials elsewhere`,
  ]);
  expect(heardOfAccess({ isOwn: false, owner: 7, mode: 0o644 })).toEqual([
    `${FILE} belongs to another user (uid 7)`,
    `other users of this machine may read ${FILE}: keep the credentials elsewhere`,
  ]);
});

const document = (text: string) => parseDocument(Buffer.from(text), 'credentials');
const heardOf = (text: string, source = 'a', session = 'a_token'): string[] =>
  heard((reporter) => {
    warnOfRefusal(document(text), { reporter, codePage: undefined }, session);
    warnOfSession(document(text), source, session, reporter);
    const written = putSection(document(text), session, { set: NEW_SESSION });
    warnOfLostHeader(document(text), written, session, reporter);
  });
const NEW_SESSION = new Map([['aws_session_token', 'x']]);
const KEY = 'aws_access_key_id = x\naws_secret_access_key = y\n';

test.each<[string, string, number[]]>([
  ['nothing odd', `[a]\n${KEY}`, []],
  ['a doubled section', `[b]\nx = 1\n[b]\nx = 1\n`, [3]],
  ['the first of two', `[b]\nx = 1\nstray\n[b]\n`, [3]],
  ['what only doctor names', '[b]\r\nx = 1 # c\n', []],
  ['the session doubled, which the write mends', '[a_token]\nx = 1\n[a_token]\nx = 1\n', []],
  ['a stray line in the session, too', '[a_token]\nx = 1\nstray\n', []],
  ['a doubled key in the session, too', '[a_token]\nx = 1\nx = 2\n', []],
  ['junk under an empty value of the session', '[a_token]\ns3 =\n  stray\n', [3]],
  ['an indented header right behind the session', '[a_token]\nx = 1\n  [b]\ny = 1\n', [3]],
  [
    'one that comes behind it once a double between the two is gone',
    '[a_token]\nx = 1\n[ a_token ]\n  [b]\ny = 1\n',
    [4],
  ],
  [
    'one behind a double that is not the next section',
    '[a_token]\nx = 1\n[c]\nz = 1\n[ a_token ]\nx = 2\n  [b]\ny = 1\n',
    [],
  ],
  ['one that is another’s', '[b]\nx = 1\n  [c]\ny = 1\n', []],
])('%s', (_what, text, lines) => {
  const told = heardOf(text).map((line) => Number(/line (\d+):/.exec(line)?.[1]));
  expect(told).toEqual(lines);
});

test('where the line is, and how to learn more', () => {
  const lines = heard((reporter) => {
    const lineOf = (text: string) =>
      warnOfRefusal(document(text), { reporter, codePage: undefined });
    expect(lineOf('[b]\nx = 1\n[b]\nx = 1\n')).toBe(3);
    expect(lineOf('[b]\nx = 1\n')).toBeUndefined();
    expect(lineOf('[a_token]\nx = 1\n  [b]\ny = 1\n')).toBeUndefined();
  });
  expect(lines).toEqual([
    expect.stringMatching(/^credentials, line 3: .*; see: mfa-profile doctor$/),
  ]);
});

test('on Windows the system’s code page decides what the AWS CLI can read', () => {
  const shiftJis = Buffer.from('[b]\n# \x8e\xa9\n', 'latin1');
  const lines = heard((reporter) => {
    const lineOf = (bytes: Uint8Array, codePage: number | undefined) =>
      warnOfRefusal(parseDocument(bytes, 'credentials'), { reporter, codePage });
    expect(lineOf(shiftJis, 932)).toBeUndefined();
    expect(lineOf(shiftJis, 0)).toBeUndefined();
    expect(lineOf(shiftJis, undefined)).toBe(2);
    expect(lineOf(Buffer.from('[b]\n\n# 自身が設定した文字列\n'), 932)).toBe(3);
    expect(lineOf(Buffer.from('[b]\n\n# 自身が設定した文字列\n'), undefined)).toBeUndefined();
  });
  expect(lines).toEqual([
    expect.stringContaining('line 2: bytes that are not UTF-8: the AWS CLI refuses the whole file'),
    expect.stringContaining('line 3: text that does not fit code page 932'),
  ]);
});

test('the code page is asked for on Windows, and only where it matters', async () => {
  let asked = 0;
  const codePage = () => Promise.resolve(++asked === 1 ? 932 : undefined);
  const worldOf = (platform: string) => ({
    platform,
    diagnostics: () => Promise.resolve({ codePage } as Diagnostics),
  });
  const [ascii, other] = [document('[b]\n'), document('# 本番\n[b]\n')];
  expect(await codePageOf([ascii, other], worldOf('linux'))).toBeUndefined();
  expect(await codePageOf([ascii, ascii], worldOf('win32'))).toBeUndefined();
  expect(asked).toBe(0);
  expect(await codePageOf([ascii, other], worldOf('win32'))).toBe(932);
  expect(await codePageOf([other], worldOf('win32'))).toBe(0);
});

test('a name that some SDKs cannot read', () => {
  expect(heardOf(`[a]\n${KEY}`, 'a', 'a b_token')).toEqual([
    expect.stringMatching(/^some AWS SDKs cannot read a profile named "a b_token"/),
  ]);
});

test('a comment after a key of the source, which is read as a part of it', () => {
  const text = '[a]\naws_access_key_id = x # c\nregion = y # c\naws_secret_access_key = z ; c\n';
  expect(heardOf(`${text}[b]\naws_access_key_id = x # c\n`)).toEqual([
    expect.stringMatching(/^credentials, line 2: the comment after aws_access_key_id /),
    expect.stringMatching(/^credentials, line 4: the comment after aws_secret_access_key /),
  ]);
});
