/** Keys that AWS can know nothing of are refused before anybody is asked: file, line and character are named. */
import { ADMIN_ROLE, ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { configOf, useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

const scene = useScene();
const { accessKeyId: ID, secretAccessKey: SECRET } = ALICE;
const section = (id: string, secret: string) =>
  `# mine\n[alice]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;

const KEYS: [string, string, RegExp][] = [
  ['swapped halves', section(SECRET, ID), /line 3[^]*swapped/],
  ['a row of the CSV file', section(`${ID},${SECRET}`, SECRET), /line 3[^]*CSV/],
  ['both in one line', section(`${ID} ${SECRET}`, SECRET), /line 3[^]*two/],
  ['an invisible character (F7)', section(`${ID}\u200b`, SECRET), /U\+200B[^]*line 3/],
  ['one in the secret key', section(ID, `${SECRET}\ufeff`), /U\+FEFF[^]*line 4/],
  ['quotes (boto/boto#2800)', section(`"${ID}"`, `"${SECRET}"`), /line 3[^]*quotes/],
  ['a key in two lines', section(`${ID.slice(0, 9)}\n   ${ID.slice(9)}`, SECRET), /line break/],
  [
    'an indented second line',
    `# mine\n[alice]\naws_access_key_id = ${ID}\n  aws_secret_access_key = ${SECRET}\n`,
    /aws_access_key_id of profile alice[^]*line 3[^]*next line is indented/,
  ],
  [
    'both in the first line, and no second',
    `# mine\n[alice]\naws_access_key_id = ${ID},${SECRET}\n`,
    /line 3[^]*CSV/,
  ],
  [
    "a session's key without its token",
    section('ASIAIOSFODNN7EXAMPLE', SECRET),
    /holds a session, not a long-term key/,
  ],
  ['the mark of zsh (boto/botocore#893)', section(ID, `${SECRET}%`), /line 4[^]*zsh/],
  [
    'halves swapped, and no sign of base64',
    section('wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab', ID),
    /line 3[^]*swapped/,
  ],
  ['the ID twice', section(ID, ID), /line 4[^]*access key ID/],
  ['a placeholder of letters', section('YOUR_ACCESS_KEY_ID', SECRET), /line 3[^]*placeholder/],
  ['many X', section(`AKIA${'X'.repeat(16)}`, SECRET), /line 3[^]*placeholder/],
  ['a comma behind it', section(`${ID},`, SECRET), /line 3[^]*remove it/],
  ['small letters', section(ID.toLowerCase(), SECRET), /line 3[^]*capital/],
  ['an ID that was cut short', section(ID.slice(0, 12), SECRET), /line 3[^]*part of it is missing/],
  ['an ID longer than any', section(ID.repeat(7), SECRET), /line 3[^]*longer than any/],
  ['a placeholder', section('<YOUR_KEY>', SECRET), /line 3[^]*placeholder/],
  ['a reference', section('op://vault/aws/id', SECRET), /line 3[^]*password manager/],
  ['another reference', section('vault:secret/aws#id', SECRET), /line 3[^]*password manager/],
  ['a masked key', section(`${'*'.repeat(16)}MPLE`, SECRET), /line 3[^]*masked/],
  [
    "the key's name in its value",
    section(`aws_access_key_id=${ID}`, SECRET),
    /aws_access_key_id of profile alice[^]*line 3[^]*name stands in its value/,
  ],
  [
    "the secret's name in its value",
    section(ID, `aws_secret_access_key = ${SECRET}`),
    /aws_secret_access_key of profile alice[^]*line 4[^]*name stands in its value/,
  ],
  ['two separators', section(`= ${ID}`, `: ${SECRET}`), /line 3[^]*one = /],
  ['two separators for the secret', section(ID, `=${SECRET}`), /line 4[^]*one = /],
  ['a comment behind it', section(`${ID} # 自身が設定した文字列`, SECRET), /line 3[^]*comment/],
];
const NAMES: [string, string, RegExp][] = [
  [
    'camel case',
    `[alice]\naccessKeyId = ${ID}\nsecretAccessKey = ${SECRET}\n`,
    /line 2, says accessKeyId/,
  ],
  [
    'exports',
    `[alice]\nexport AWS_ACCESS_KEY_ID=${ID}\nexport AWS_SECRET_ACCESS_KEY=${SECRET}\n`,
    /line 2, says export AWS_ACCESS_KEY_ID/,
  ],
  ['SET', `[alice]\nSET AWS_ACCESS_KEY_ID=${ID}\n`, /line 2, says SET AWS_ACCESS_KEY_ID/],
  ['a slip', `[alice]\naws_acess_key_id = ${ID}\n`, /line 2, says aws_acess_key_id/],
  ['PowerShell', `[alice]\n$env:AWS_ACCESS_KEY_ID = ${ID}\n`, /says \$env:AWS_ACCESS_KEY_ID/],
  ['hyphens', `[alice]\n\naws-access-key-id = ${ID}\n`, /line 3, says aws-access-key-id/],
  ['quotes', `[alice]\n"aws_access_key_id" = ${ID}\n`, /line 2, says "aws_access_key_id"/],
  [
    'an invisible character',
    `[alice]\naws_access_key_id\u200b = ${ID}\n`,
    /line 2, says aws_access_key_id<U\+200B>/,
  ],
  [
    'a wrong second name',
    `[alice]\naws_access_key_id = ${ID}\nsecretKey = ${SECRET}\n`,
    /line 3, says secretKey/,
  ],
];

test.each([...KEYS, ...NAMES])('%s', async (_what, credentials, words) => {
  const box = scene.box({ credentials });
  for (const args of [
    ['refresh', 'alice', '--token-code', '123456'],
    ['whoami', 'alice', '--no-prompt'],
  ]) {
    const run = await box.run(args);
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.stderr).toMatch(words);
    expectNoSecret(run, [SECRET, '123456']);
  }
  expect(scene.sts.calls).toEqual([]);
  expect(box.readCredentials()).toBe(credentials);
});

test.each([
  ['ID', section(`${ID}0`, SECRET), /it has 21 characters, and AWS's access key IDs have 20/],
  [
    'secret',
    section(ID, SECRET.slice(0, -1)),
    /it has 39 characters, and AWS's secret keys have 40/,
  ],
])('an %s that AWS does not know: its odd length is named', async (_what, credentials, words) => {
  const box = scene.box({ credentials });
  const code = scene.sts.code('alice');
  for (const args of [
    ['refresh', 'alice', '-t', code],
    ['doctor', 'alice'],
  ]) {
    const run = await box.run(args);
    expect(run.code).not.toBe(0);
    expect(run.stdout + run.stderr).toMatch(words);
    expectNoSecret(run, [SECRET.slice(0, -1), code]);
  }
  // AWS looks at the code last.
  const { code: exit } = await scene.box().run(['refresh', 'alice', '-t', code]);
  expect(exit).toBe(0);
});

describe.each([
  ['a secret key', `Zq9${'xY7/'.repeat(9)}+`],
  ['a token', `IQoJ${'b3JpZ2'.repeat(20)}==`],
])('%s where another setting belongs is not shown', (_what, secret) => {
  test.each([
    ...['region', 'duration_seconds', 'role_arn', 'aws_account_id'],
    ...['mfa_serial', 'source_profile', 'session_profile'],
  ])('%s', async (key) => {
    const config = [
      ...['[profile alice]', `mfa_serial = ${serialOf(ALICE)}`, 'source_profile = bob'],
      `${key} = ${secret}`,
      ...['[profile admin]', 'role_arn = arn:aws:iam::123456789012:role/admin'],
      ...['source_profile = alice', `${key} = ${secret}`, ''],
    ];
    const box = scene.box({ config: config.join('\n') });
    for (const command of ['refresh', 'doctor']) {
      for (const [name, wrong] of [
        ['alice', '123456'],
        ['admin', '654321'],
      ] as const) {
        const code = command === 'refresh' ? ['-t', wrong] : [];
        expectNoSecret(await box.run([command, name, ...code]), [secret]);
      }
    }
    expectNoSecret(await box.run(['doctor']), [secret]);
  });

  test('MFA_PROFILE_DURATION', async () => {
    const env = { MFA_PROFILE_DURATION: secret };
    expectNoSecret(await scene.box().run(['refresh', 'alice', '-t', '123456'], { env }), [secret]);
  });
});

test('a key that a credential_process gives', async () => {
  const json = JSON.stringify({ Version: 1, AccessKeyId: SECRET, SecretAccessKey: ID });
  const box = scene.box({
    credentials: '',
    config: `${configOf(ALICE)}credential_process = echo '${json}'\n`,
  });
  const run = await box.run(['refresh', 'alice', '--token-code', '123456']);
  expect(run.code).toBe(4);
  expect(run.stderr).toMatch(
    /credential_process of profile alice[^]*AccessKeyId holds \/[^]*swapped/,
  );
  expectNoSecret(run, [SECRET]);
});

describe('profiles that need no session are named for what they are', () => {
  const PROFILES: [string, string, RegExp][] = [
    ['sso', 'sso_session = corp\nsso_account_id = 1', /aws sso login --profile mine/],
    ['aws login', 'login_session = arn:aws:iam::1:user/x', /aws login --profile mine/],
    [
      'web identity',
      'role_arn = arn:aws:iam::123456789012:role/x\nweb_identity_token_file = /x',
      /web identity/,
    ],
    [
      'the machine',
      'role_arn = arn:aws:iam::123456789012:role/x\ncredential_source = Ec2InstanceMetadata',
      /credential_source/,
    ],
  ];
  test.each(PROFILES)('%s', async (_what, settings, words) => {
    const box = scene.box({
      config: `[profile mine]\nmfa_serial = arn:aws:iam::123456789012:mfa/x\n${settings}\n[profile role]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = mine\n`,
    });
    for (const name of ['mine', 'role']) {
      const run = await box.run(['refresh', name, '-t', '123456']);
      expect(run.code).toBe(4);
      expect(run.stderr).toMatch(words);
      expect(run.stderr).not.toMatch(/aws configure|mfa-profile init/);
    }
    expect(scene.sts.calls).toEqual([]);
  });
});

test.each(['None', ' eu-west-3 ', 'eu-west-1a'])(
  'AWS_REGION=%j is the variable’s fault',
  async (region) => {
    const run = await scene
      .box()
      .run(['refresh', 'alice', '-t', '123456'], { env: { AWS_REGION: region } });
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/error: AWS_REGION is not usable[^]*hint: unset AWS_REGION/);
  },
);

test.each([
  ['mfa_serial', `${serialOf(ALICE)} # phone`, /move it to its own line/],
  ['mfa_serial', `"${serialOf(ALICE)}"`, /remove the quotes/],
  ['duration_seconds', '3600 ; an hour', /move it to its own line/],
  ['duration_seconds', '"3600"', /remove the quotes/],
  ['duration_seconds', '1h', /in seconds: 12 hours are 43200/],
  ['region', '"eu-west-1"', /without blanks, quotes, a comment/],
])('what spoils %s = %s is named', async (key, value, hint) => {
  const others = key === 'mfa_serial' ? '' : `mfa_serial = ${serialOf(ALICE)}\n`;
  const box = scene.box({ config: `[profile alice]\n${others}${key} = ${value}\n` });
  const run = await box.run(['refresh', 'alice', '-t', '123456']);
  expect(run.code).toBe(4);
  expect(run.stderr).toMatch(new RegExp(`error: ${key} of profile alice is not usable`));
  expect(run.stderr).toMatch(hint);
  // The value, the file and the line: whoever reads it goes there at once.
  const line = key === 'mfa_serial' ? 2 : 3;
  expect(run.stderr).toContain(`(${box.configFile}, line ${line}: ${key} = ${value})`);
});

const SOURCE = `[profile alice]\nmfa_serial = ${serialOf(ALICE)}\n`;
const ROLE = `role_arn = ${ADMIN_ROLE.arn}`;
test.each([
  ['role_arn', `${SOURCE}[profile r]\nrole_arn = admin\nsource_profile = alice\n`, 'r', 4],
  ['source_profile', `[profile r]\n${ROLE}\nsource_profile = nobody\n`, 'r', 3],
  ['role_via', `${SOURCE}[profile r]\n${ROLE}\nsource_profile = alice\nrole_via = x\n`, 'r', 6],
  [
    'external_id',
    `${SOURCE}[profile r]\n${ROLE}\nsource_profile = alice\nexternal_id = x\n`,
    'r',
    6,
  ],
  // The role has its region from its source.
  ['region', `${SOURCE}region = eu_west\n[profile r]\n${ROLE}\nsource_profile = alice\n`, 'r', 3],
  [
    'endpoint_url',
    `${SOURCE}services = s\n[services s]\nsts =\n  endpoint_url = ftp://x\n`,
    'alice',
    6,
  ],
  ['session_profile', `${SOURCE}session_profile = a#b\n`, 'alice', 3],
])('%s that cannot be used is named with its line', async (key, config, name, line) => {
  const box = scene.box({ config, env: { AWS_ENDPOINT_URL_STS: undefined } });
  const run = await box.run(['refresh', name, '-t', '123456']);
  expect(run.code).toBe(4);
  expect(run.stderr).toContain(`(${box.configFile}, line ${line}: ${key}`);
});

test('ca_bundle is named with its line if the file is missing', async () => {
  const box = scene.box({
    config: `${SOURCE}ca_bundle = /nowhere/ca.pem\n`,
    env: { AWS_ENDPOINT_URL_STS: 'https://127.0.0.1:9' },
  });
  const run = await box.run(['refresh', 'alice', '-t', '123456']);
  expect(run.code).toBe(4);
  expect(run.stderr).toContain(
    `cannot read /nowhere/ca.pem: there is no such file (${box.configFile}, line 3: ca_bundle)`,
  );
});

test('a user and a password in what should be an address are not repeated', async () => {
  const config = `${SOURCE}endpoint_url = ftp://me:hunter2@x\n`;
  const run = await scene
    .box({ config, env: { AWS_ENDPOINT_URL_STS: undefined } })
    .run(['refresh', 'alice', '-t', '123456']);
  expect(run.stderr).toMatch(/endpoint_url of profile alice is not usable.*ftp:\/\/x/);
  expect(run.stderr).not.toMatch(/hunter2|me:/);
});

test('the value of a variable is named, too', async () => {
  const box = scene.box({ env: { MFA_PROFILE_DURATION: 'soon' } });
  const run = await box.run(['refresh', 'alice']);
  expect(run.stderr).toContain('(MFA_PROFILE_DURATION = soon)');
});

test('what is wrong on the way from a role names the role', async () => {
  const role = (name: string, source: string) =>
    `[profile ${name}]\n${ROLE}\nsource_profile = ${source}\n`;
  const config = `${role('top', 'middle')}${role('middle', 'low')}${role('low', 'nobody')}${role('other', 'keyless')}[profile keyless]\nmfa_serial = ${serialOf(ALICE)}\n`;
  const box = scene.box({ config });
  const said = async (name: string) => (await box.run(['refresh', name])).stderr;
  expect(await said('low')).not.toMatch(/source of role|chain of roles/);
  expect(await said('middle')).toMatch(/there is no profile nobody.* \(source of role middle\)/);
  expect(await said('top')).toMatch(/nobody.* \(chain of roles: top -> middle -> low\)/);
  expect(await said('other')).toMatch(
    /profile keyless has no access key.*\(source of role other\)/,
  );
});

test('a name in a hint can be pasted', async () => {
  const box = scene.box({
    config: '[profile my prod]\n[profile $(touch pwned)]\n',
    credentials: credentialsOf(ALICE),
  });
  const first = await box.run(['refresh', 'my prod', '-t', '123456']);
  expect(first.stderr).not.toMatch(/(init|--profile) my prod/);
  const second = await box.run(['refresh', '$(touch pwned)', '-t', '123456']);
  expect(second.stderr).not.toMatch(/(init|--profile) \$\(/);
});
