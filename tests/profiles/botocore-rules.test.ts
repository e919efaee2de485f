/** The rules of botocore that this program follows, each with botocore itself as the judge. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from '../../src/document/index.ts';
import { defaultProfile } from '../../src/profiles/names.ts';
import { expandPath } from '../../src/profiles/paths.ts';
import { readProfile } from '../../src/profiles/profiles.ts';
import { askBotocore, isBotocoreItself, testWithBotocore } from '../support/botocore.ts';

interface Case {
  readonly env?: Readonly<Record<string, string>>;
  readonly credentials?: string;
  readonly config?: string;
}

interface Answer {
  readonly profile: string;
  readonly settings: Record<string, string> | null;
  readonly keys: { id: string; secret: string; token: string | null } | 'refused' | null;
}

const KEY = 'aws_access_key_id = AKIACREDENTIALS\naws_secret_access_key = of-credentials\n';
const OTHER_KEY = 'aws_access_key_id = AKIACONFIG\naws_secret_access_key = of-config\n';
const SETTINGS = [
  ...['region', 'output', 'role_arn', 'source_profile', 'mfa_serial', 'duration_seconds'],
  ...['mfa_process', 'external_id', 'role_session_name', 'ca_bundle', 'endpoint_url', 'services'],
  'sts_regional_endpoints',
];
const all = (value: string): string => SETTINGS.map((key) => `${key} = ${value}\n`).join('');

const ORDER_OF_VARIABLES = 'AWS_DEFAULT_PROFILE wins over AWS_PROFILE';

const RULES: readonly (readonly [rule: string, files: Case])[] = [
  [
    'the credentials file wins for every key that both have',
    {
      credentials: `[default]\n${KEY}${all('of-credentials')}`,
      config: `[default]\n${all('of-config')}`,
    },
  ],
  [
    'a key that only one file has counts',
    { credentials: '[default]\nregion = a\n', config: '[default]\noutput = text\nregion = b\n' },
  ],
  [
    'an empty value counts, too',
    { credentials: '[default]\nregion =\n', config: '[default]\nregion = b\n' },
  ],
  [
    'a pair of keys comes from one file',
    { credentials: `[default]\n${KEY}`, config: `[default]\n${OTHER_KEY}` },
  ],
  ['keys may stand in the config file', { config: `[default]\n${OTHER_KEY}` }],
  [
    'the older name of the session token wins',
    { credentials: `[default]\n${KEY}aws_session_token = new\naws_security_token = old\n` },
  ],
  // Also over a later [default], as in the SDKs; for botocore the last of the two counts.
  [
    '[profile default] wins over an earlier [default]',
    { config: '[default]\nregion = b\n[profile default]\nregion = a\n' },
  ],
  [
    'of two spellings of a profile the last counts',
    {
      env: { AWS_PROFILE: 'p' },
      config: '[profile "p"]\nregion = a\n[profile p]\nregion = b\n',
    },
  ],
  [
    'a quoted name',
    { env: { AWS_PROFILE: 'my prod' }, config: '[profile "my prod"]\nregion = a\n' },
  ],
  ['keys match in any case', { config: '[default]\nREGION = a\nOutPut: text\n' }],
  ['a comment behind a value is a part of it', { config: '[default]\nregion = a # b\n' }],
  ['quotes are a part of a value', { config: '[default]\nregion = "a"\n' }],
  ['AWS_PROFILE', { env: { AWS_PROFILE: 'a' }, config: '[profile a]\nregion = a\n' }],
  [
    ORDER_OF_VARIABLES,
    {
      env: { AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: 'b' },
      config: '[profile a]\nregion = a\n[profile b]\nregion = b\n',
    },
  ],
];

function answerOf({ env = {}, credentials = '', config = '' }: Case): Answer {
  const profile = defaultProfile(env);
  const read = readProfile(
    {
      credentials: parseDocument(Buffer.from(credentials), 'credentials'),
      config: parseDocument(Buffer.from(config), 'config'),
    },
    profile,
  );
  const { keys } = read ?? {};
  return {
    profile,
    settings: read ? Object.fromEntries(read.settings) : null,
    keys: keys
      ? {
          id: keys.accessKeyId,
          secret: keys.secretAccessKey?.reveal() ?? '',
          token: keys.sessionToken?.reveal() ?? null,
        }
      : null,
  };
}

test('docs/configuration.md has each of these rules, and no other', () => {
  const page = readFileSync(path.join(__dirname, '../../docs/configuration.md'), 'utf8');
  const table = page.split('\n## Rules of botocore')[1] ?? '';
  const rules = [...table.matchAll(/^\| `([^`]+)`\s+\| `src/gm)].map(([, rule]) => rule);
  expect(rules).toEqual(RULES.map(([rule]) => rule));
});

testWithBotocore('profiles are read as botocore reads them', () => {
  const isItself = isBotocoreItself();
  const rules = RULES.filter(([rule]) => isItself || rule !== ORDER_OF_VARIABLES);
  const cases = rules.map(([, { env = {}, credentials = '', config = '' }]) => ({
    env: { HOME: '/home/someone', ...env },
    credentials,
    config,
  }));
  const answers = askBotocore<Answer>(cases);
  rules.forEach(([rule, files], index) => {
    const theirs = answers[index]!;
    const ours = answerOf(files);
    // For a role whose source is missing, botocore has settings but no keys.
    const keys = theirs.keys === 'refused' ? theirs.keys : ours.keys;
    expect({ rule, ...ours, keys }).toEqual({ rule, ...theirs });
  });
});

const ENV = { HOME: '/home/someone/', X: 'x y', 'A-B': 'dash', TILDE: '~/t', NEST: '$X', E: '' };
const WINDOWS_ENV = {
  ...{ USERPROFILE: 'C:\\Users\\me', USERNAME: 'me', X: 'x y', 'A-B': 'dash', TILDE: '~\\t' },
};
const PATHS = [
  ...['~', '~/.aws/x', '~root/x', '~nosuchuser/x', '/a/~/b', 'a~', '$X/b', '${X}/b', 'a$X', '$Xy'],
  ...['$NOSUCH/a', '${NOSUCH}', '${}', '$', '${X', '$TILDE/b', '$NEST', '$A-B', '${A-B}', '$E/x'],
  ...['%X%/a', '$HOME/.aws/other', '${HOME}x', '$$X', '\\$X', "'$X'", 'ü$X', '$ü', '~$X', ''],
];
const WINDOWS_PATHS = [
  ...['~', '~\\.aws\\x', '~/.aws/x', '~me\\x', '~other\\x', '%X%\\a', '%NOSUCH%\\a', '$X\\a'],
  ...['${X}', '$A-B', "'%X%'%X%", "'%X%", '%%X%', '$$X', '${X', '%X', '%X%%X%', '%TILDE%\\a'],
  ...['$NOSUCH%X%', '${NOSUCH}', 'C:\\a~b', '%USERPROFILE%\\.aws\\c'],
];

testWithBotocore('a path in a variable is expanded as botocore expands it', () => {
  const answers = askBotocore<string>([
    ...PATHS.map((path) => ({ env: ENV, path })),
    ...WINDOWS_PATHS.map((path) => ({ env: WINDOWS_ENV, path, platform: 'win32' })),
  ]);
  const host = {
    ...{ env: ENV, platform: 'linux', home: ENV.HOME },
    homeOfUser: (name: string) => (name === 'root' ? '/root' : undefined),
  };
  const windowsHost = {
    ...{ env: WINDOWS_ENV, platform: 'win32', home: WINDOWS_ENV.USERPROFILE },
    homeOfUser: () => undefined,
  };
  const paths = [...PATHS, ...WINDOWS_PATHS];
  const ours = [
    ...PATHS.map((path) => expandPath(path, host)),
    ...WINDOWS_PATHS.map((path) => expandPath(path, windowsHost)),
  ];
  expect(paths.map((path, index) => [path, ours[index]])).toEqual(
    paths.map((path, index) => [path, answers[index]]),
  );
});
