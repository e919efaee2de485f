/** The short way to a good session answers as the whole program does, or leaves the line to it (issue 6). */
import fc from 'fast-check';
import { parsePlainLine } from '../../src/cli/parse.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { answerAtOnce } from '../../src/quick/answer.ts';
import { main } from '../../src/main.ts';
import { formatCases } from '../support/format-cases.ts';
import { makeFakeWorld } from '../support/fake-world.ts';
import type { FakeWorldOptions } from '../support/fake-world.ts';
import { speakEnglish } from '../../src/problems/text.ts';

Object.assign(globalThis, { PROGRAM_VERSION: '0.0.0' });

/** Compares both ways. @returns whether the short way answered */
async function compare(argv: string[], scene: FakeWorldOptions): Promise<boolean> {
  const line = parsePlainLine(argv, COMMANDS);
  if (!line) return false;
  const shortWorld = makeFakeWorld(scene);
  const answer = await answerAtOnce(line, { ...shortWorld, ...NEAR });
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

describe('what is not as usual is left to the whole program', () => {
  test.each<[string, FakeWorldOptions]>([
    ['a session that is over', { now: Date.UTC(2026, 10, 20, 21) }],
    ['carriage returns', { credentials: USUAL.credentials.replaceAll('\n', '\r\n') }],
    ['a doubled session', { credentials: USUAL.credentials + SESSION }],
    ['a doubled session in another form', { credentials: `${USUAL.credentials} [ prod_token ]\n` }],
    ['a header with a comment', { credentials: USUAL.credentials.replace(']', '] # x') }],
    ['a NUL in the config file', { config: `${CONFIG}# \0\n` }],
    ['a mark in front', { credentials: `\ufeff${USUAL.credentials}` }],
    ['session names of their own', { config: `${CONFIG}session_profile = other\n` }],
    ['a session name of its own, in capitals', { config: `${CONFIG}Session_Profile = other\n` }],
    ['a source that is a session', { credentials: SESSION.replace('_token]', ']') + SESSION }],
    ['no source', { credentials: SESSION, config: '' }],
    ['an expiry without a zone', { credentials: USUAL.credentials.replace('00Z', '00') }],
    [
      'a long-term key in its place',
      { credentials: USUAL.credentials.replace(/aws_session.*\n/, '') },
    ],
  ])('%s', async (_what, change) => {
    const scene = { ...USUAL, ...change };
    const line = parsePlainLine(['refresh', 'prod'], COMMANDS)!;
    const near = { ...makeFakeWorld(scene), ...NEAR };
    expect(await answerAtOnce(line, near)).toBeUndefined();
  });
});

test('a file that can be read only once is left to the whole program, unread', async () => {
  const world = makeFakeWorld(USUAL);
  const near = {
    ...{ ...world, ...NEAR, canBeReadAgain: (path: string) => !path.endsWith('credentials') },
    readFile: (path: string) => {
      expect(path).not.toMatch(/credentials$/);
      return world.readFile(path);
    },
  };
  expect(await answerAtOnce(parsePlainLine(['refresh', 'prod'], COMMANDS)!, near)).toBeUndefined();
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

const joined = (pieces: string[], usual: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((parts) => parts.join('')),
    fc
      .tuple(fc.constantFrom(...pieces), fc.constantFrom(...pieces))
      .map(([before, after]) => before + usual + after),
  );

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
        { AWS_PROFILE: 'prod_token' },
      ),
      async (line, credentials, config, env) => {
        if (await compare(line.split(' '), { credentials, config, env })) answered++;
      },
    ),
    { numRuns: 10_000 },
  );
  expect(answered).toBeGreaterThan(100);
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
