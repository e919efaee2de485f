/**
 * The short way to a valid session answers as the whole program does, or leaves the line to it
 */
import fc from '../support/fast-check.ts';
import { parsePlainLine } from '../../src/cli/parse.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { answerAtOnce } from '../../src/quick/answer.ts';
import { main } from '../../src/main.ts';
import { formatCases } from '../support/format-cases.ts';
import { makeFakeWorld } from '../support/fake-world.ts';
import type { FakeWorldOptions } from '../support/fake-world.ts';
import { speakEnglish } from '../../src/problems/text.ts';
import { fuzzRuns } from '../support/runs.ts';

Object.assign(globalThis, { PROGRAM_VERSION: '0.0.0' });

/** Compares both ways. @returns whether the short way answered */
async function compare(argv: string[], scene: FakeWorldOptions): Promise<boolean> {
  const line = parsePlainLine(argv, COMMANDS);
  if (!line) return false;
  const shortWorld = makeFakeWorld(scene);
  // What it throws, the whole program meets again.
  const answer = await answerAtOnce(line, { ...shortWorld, ...NEAR }).catch(() => undefined);
  if (!answer) return false;
  const world = makeFakeWorld(scene);
  const exitCode = await main(argv, { ...world, callingPrograms: () => Promise.resolve(['bash']) });
  const said = answer.said.map((each) => `mfa-profile: ${speakEnglish(each)}\n`).join('');
  expect({ exitCode, printed: world.printed, said: world.said, events: world.events }).toEqual({
    exitCode: 0,
    printed: answer.product,
    said,
    events: [],
  });
  return true;
}

const NEAR = { callers: () => ['bash'], canBeReadAgain: () => true };
const SOURCE = `[prod]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = made-up\n`;
const SESSION = `[prod_token]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = made-up\naws_session_token = made/up==\nx_security_token_expires = 2026-11-20T20:00:00Z\nmanager = mfa-profile\n`;
const CONFIG = `[profile prod]\nregion = eu-central-1\n`;
const USUAL = { credentials: `${SOURCE}\n${SESSION}`, config: CONFIG };

const LINES = [
  'refresh prod',
  'refresh',
  'refresh prod --quiet --no-prompt --if-expired',
  'refresh --profile prod --min-ttl 15m',
  'refresh prod --min-ttl 9h',
  'refresh prod dev',
  'refresh prod prod',
  'refresh prod --force',
  'refresh prod --json',
  'refresh prod_token',
  'refresh prod prod_token',
  'status --check prod_token',
  'env --profile prod_token',
  'credential-process x_token',
  'credential-process prod',
  'credential-process --profile prod --no-color',
  'status --check prod',
  'status --check prod dev',
  'status --check',
  'status --json',
  'status',
  'status --json --check',
  'status --json --min-ttl 9h',
  'status prod',
  'env prod',
  'env prod --format fish',
  'env prod --format windows-cmd',
  'env prod --format json',
  'env prod --unset',
  'env',
];

test.each([
  ...['refresh prod', 'env prod', 'credential-process prod'],
  ...['status --check prod', 'status --json', 'status', 'refresh prod_token'],
])('%s is answered the short way', async (line) => {
  expect(await compare(line.split(' '), USUAL)).toBe(true);
});

const ROLE = `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = prod\n`;
const KINDS: [kind: string, change: FakeWorldOptions, name?: string][] = [
  ['CRLF', { credentials: USUAL.credentials.replaceAll('\n', '\r\n') }],
  ['a byte order mark', { credentials: `\ufeff${USUAL.credentials}`, config: `\ufeff${CONFIG}` }],
  [
    'comments',
    {
      credentials: USUAL.credentials
        .replace(']', '] # x')
        .replace('manager', '; y\n  # z\nmanager'),
    },
  ],
  ['a quoted header', { config: CONFIG.replace('prod', '"prod"') }],
  ['an odd name elsewhere', { credentials: `[my ü "name]\nx = 1\n[a]b\n${USUAL.credentials}` }],
  [
    'an odd name',
    {
      credentials: USUAL.credentials.replaceAll('[prod', "[o d'd"),
      config: `[profile "o d'd"]\nregion = x\n`,
    },
    "o d'd",
  ],
  [
    'a name beyond ASCII',
    {
      credentials: USUAL.credentials.replaceAll('[prod', '[本番'),
      config: `[profile 本番]\nregion = x\n`,
    },
    '本番',
  ],
  ['blanks in the header', { credentials: USUAL.credentials.replace('[prod]', '[ prod ]') }],
  ['an indented header', { credentials: USUAL.credentials.replace('[prod_', '  [prod_') }],
  [
    'a name of its own',
    {
      credentials: USUAL.credentials.replace('prod_token', 'work'),
      config: `${CONFIG}Session_Profile = work\n`,
    },
  ],
  [
    'the session by that name',
    {
      credentials: USUAL.credentials.replace('prod_token', 'work'),
      config: `${CONFIG}session_profile = work\n`,
    },
    'work',
  ],
  [
    'a role',
    { credentials: `${SOURCE}${SESSION.replace('prod', 'admin')}`, config: CONFIG + ROLE },
    'admin',
  ],
  [
    'keys in the config file',
    { credentials: SESSION, config: SOURCE.replace('[prod]', '[profile prod]') },
  ],
  ['a source that is a session', { credentials: SESSION.replace('_token]', ']') + SESSION }],
];

describe.each(KINDS.map(([kind, change, name = 'prod']) => ({ kind, change, name })))(
  '$kind',
  ({ change, name }) => {
    test.each([
      ...['refresh NAME', 'env NAME', 'credential-process NAME', 'status --check NAME'],
      ...['status', 'status --json'],
    ])('%s is answered the short way', async (line) => {
      const argv = line.split(' ').map((word) => (word === 'NAME' ? name : word));
      expect(await compare(argv, { ...USUAL, ...change })).toBe(true);
    });
  },
);

const answerTo = (scene: FakeWorldOptions, ...argv: string[]): Promise<unknown> =>
  answerAtOnce(parsePlainLine(argv, COMMANDS)!, { ...makeFakeWorld(scene), ...NEAR });

describe('what needs more than a look is left to the whole program', () => {
  test.each<[string, FakeWorldOptions]>([
    ['a session that is over', { now: Date.UTC(2026, 10, 20, 21) }],
    ['a doubled session', { credentials: USUAL.credentials + SESSION }],
    ['a doubled session in another form', { credentials: `${USUAL.credentials} [ prod_token ]\n` }],
    ['no source', { credentials: SESSION, config: '' }],
    ['an expiry without a zone', { credentials: USUAL.credentials.replace('00Z', '00') }],
    [
      'another access key',
      { credentials: `${USUAL.credentials}x_mfa_profile_origin = AKIAOTHER\n` },
    ],
    [
      'a long-term key in its place',
      { credentials: USUAL.credentials.replace(/aws_session.*\n/, '') },
    ],
    ['a duration in the environment', { env: { MFA_PROFILE_DURATION: '12h' } }],
    // A writer that truncates first may have got as far as the end of a page.
    ['a file of whole pages', { credentials: USUAL.credentials.padEnd(4096, '\n') }],
    ['an empty config file', { config: '' }],
  ])('%s', async (_what, change) => {
    expect(await answerTo({ ...USUAL, ...change }, 'refresh', 'prod')).toBeUndefined();
  });

  test('a file that cannot be taken apart', async () => {
    const scene = { ...USUAL, config: `${CONFIG}# \0\n` };
    await expect(answerTo(scene, 'refresh', 'prod')).rejects.toThrow();
  });
});

test('a file that can be read only once is left to the whole program', async () => {
  const world = makeFakeWorld(USUAL);
  const near = {
    ...{ ...world, ...NEAR, canBeReadAgain: (path: string) => !path.endsWith('config') },
    readFile: (path: string) => (path.endsWith('config') ? undefined : world.readFile(path)),
  };
  const line = parsePlainLine(['refresh', 'prod'], COMMANDS)!;
  expect(await answerAtOnce(line, near)).toBeUndefined();
  expect(await answerAtOnce(line, { ...near, canBeReadAgain: () => true })).toBeDefined();
});

const SERIAL = 'mfa_serial = arn:aws:iam::123456789012:mfa/alice\n';
const PIECES = [
  ...[SOURCE, SESSION, SESSION.replaceAll('prod', 'dev'), SOURCE.replace('prod', 'dev'), '\n'],
  ...['[prod]\n', '[ prod ]\n', '[prod] ; x\n', ' [prod]\n', '[prod', '[prod]x\n', '[[prod]]\n'],
  ...[
    '[prod_token]\n',
    '[profile prod]\n',
    '[prod token]\n',
    '[prod = 1\n',
    '[xprod]\nkey = prod\n',
  ],
  ...[
    'role_arn = arn:aws:iam::123456789012:role/r\n',
    'x_security_token_expires = 2020\n',
    'é = 1\n',
  ],
  ...[
    'aws_security_token = stale\n',
    'AWS_SESSION_TOKEN = upper\n',
    'expiration = 2026-11-20 13:00:00\n',
  ],
  ...['', '# a comment\n', 'region = us-east-1\n', ' region = x\n', 'junk\n', SERIAL],
  ...[SESSION.replaceAll('prod', 'lone'), `${SOURCE.replace('prod', 'x_token')}${SERIAL}`],
  ...[SESSION.replace('2026-11-20T20', '2026-11-19T20').replaceAll('prod', 'old')],
];
const CONFIG_PIECES = [
  ...[SERIAL, `[profile dev]\n${SERIAL}`, `[default]\n${SERIAL}`, `[profile x_token]\n${SERIAL}`],
  ...[
    'aws_access_key_id = AKIAI\n',
    `[profile old]\n${SERIAL}`,
    '[sso-session prod]\n',
    'duration_seconds = 3600\n',
  ],
  ...[CONFIG, '[profile dev]\nregion = us-west-2\n', '[default]\nregion = us-east-1\n', '\n'],
  ...[
    '[profile default]\n',
    '[profile "prod"]\n',
    '[profile  prod]\n',
    '[profile\tprod]\n',
    '[prod]\n',
  ],
  ...[
    "[profile 'pr'od]\nregion = x1\n",
    'mfa_process = echo "1"\n',
    'role_arn = r\n',
    'output = "a"\n',
  ],
  ...[
    'region = cn-north-1\n',
    ' region = indented\n',
    '[profile prod] # x\n',
    '# prod\n',
    'session_profile = q\n',
  ],
];

/** Mostly a usual file with one extra piece, so that the property compares answers and not refusals. */
const joined = (pieces: string[], usual: string): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc
        .array(fc.constantFrom(...pieces), { maxLength: 5 })
        .map((parts) => parts.join('')),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom('', ...pieces), fc.constantFrom('', ...pieces), fc.boolean())
        .map(([before, after, both]) => (both ? before : '') + usual + after),
    },
  );

const RUNS = fuzzRuns(1_500);

test('generated files and command lines', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...LINES),
      joined(PIECES, USUAL.credentials),
      joined(CONFIG_PIECES, CONFIG),
      fc.constantFrom<Record<string, string>>(
        {},
        { AWS_PROFILE: 'prod' },
        { AWS_DEFAULT_PROFILE: 'prod', AWS_PROFILE: 'dev' },
        { MFA_PROFILE: 'prod' },
        { AWS_PROFILE: 'prod_token' },
      ),
      async (line, credentials, config, env) => {
        if (await compare(line.split(' '), { credentials, config, env })) answered++;
      },
    ),
    { numRuns: RUNS },
  );
  // A share of only a few runs, as with mutants, means nothing.
  if (RUNS >= 300) expect(answered).toBeGreaterThan(RUNS / 3);
});

test('every odd file that AWS readers were tried on', async () => {
  let answered = 0;
  for (const { bytes } of formatCases) {
    const text = Buffer.from(bytes).toString('latin1');
    for (const line of ['refresh prod', 'env prod', 'status --check a']) {
      const scenes = [
        { credentials: text, config: '' },
        { credentials: `${text}\n${USUAL.credentials}`, config: '' },
        { ...USUAL, config: `${text}\n${CONFIG}` },
      ];
      for (const scene of scenes) {
        if (await compare(line.split(' '), { ...scene, encoding: 'latin1' })) answered++;
      }
    }
  }
  expect(answered).toBeGreaterThan(100);
});
