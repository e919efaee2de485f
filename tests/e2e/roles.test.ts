/** Role profiles: through the source's session, its plain keys, a chain, or keys that a process supplies. */
import {
  ADMIN_ROLE,
  ALICE,
  AUDIT_ROLE,
  CAROL,
  DEPLOY_ROLE,
  credentialsOf,
  serialOf,
} from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { testWith } from '../support/needs.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { roleProfile as role } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

const MFA = `mfa_serial = ${serialOf(ALICE)}`;

const CONFIG = [
  `[profile alice]\n${MFA}\nregion = eu-central-1\n`,
  role('admin', ADMIN_ROLE.arn, 'alice', 'role_session_name = alice@work'),
  role('long', ADMIN_ROLE.arn, 'alice', 'duration_seconds = 43200'),
  role('audit', AUDIT_ROLE.arn, 'admin', 'duration_seconds = 43200'),
  role('deploy', DEPLOY_ROLE.arn, 'carol', 'external_id = example-external-id'),
  role('borrowing', ADMIN_ROLE.arn, 'plain', MFA),
  `[profile vault]\n${MFA}\ncredential_process = cat "$HOME/keys.json"; echo ran >> "$HOME/log"\n`,
  role('vaultadmin', ADMIN_ROLE.arn, 'vault'),
].join('\n');

let sts: LocalSts;
let box: Sandbox;

beforeEach(async () => {
  sts = await startLocalSts({ totpClock: 'fresh' });
  const credentials = credentialsOf(ALICE, CAROL, { ...ALICE, userName: 'plain' });
  box = makeSandbox({ credentials, config: CONFIG, sts });
});

afterEach(async () => {
  box.cleanup();
  await sts.close();
});

/** The calls that came in, by action and how long a session was asked for. */
const calls = () => sts.calls.map(({ action, params }) => [action, params['DurationSeconds']]);
const code = () => ['--token-code', sts.code('alice')];

test("a role is assumed with its source's session, and both are kept", async () => {
  const result = await box.run(['refresh', 'admin', ...code()]);
  expect(result).toMatchObject({ code: 0, stdout: '' });
  expect(calls()).toEqual([
    ['GetSessionToken', '43200'],
    ['AssumeRole', '3600'],
  ]);
  expect(sts.callsOf('AssumeRole')[0]!.params).toMatchObject({ RoleSessionName: 'alice@work' });
  expect(box.readCredentials()).toMatch(/\n\[alice_token\]\n[^]*\n\[admin_token\]\n/);
  const who = await box.run(['whoami', 'admin']);
  expect(who.stdout).toBe('arn:aws:sts::123456789012:assumed-role/admin/alice@work\n');
  expectNoSecret(result, sts.secrets());
});

test('a valid session of the source is reused: nobody is asked', async () => {
  await box.run(['refresh', 'alice', ...code()]);
  expect(await box.run(['refresh', 'admin', '--no-prompt'])).toMatchObject({ code: 0 });
  expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
});

test("--force renews the named session, and not its source's", async () => {
  await box.run(['refresh', 'admin', ...code()]);
  expect(await box.run(['refresh', 'admin', '--force', '--no-prompt'])).toMatchObject({ code: 0 });
  expect(calls().map(([action]) => action)).toEqual([
    'GetSessionToken',
    'AssumeRole',
    'AssumeRole',
  ]);
});

test('--min-ttl is about the named session: its source has only to last for the call', async () => {
  await box.run(['refresh', 'alice', '--duration', '30m', ...code()]);
  const line = ['refresh', 'admin', '--min-ttl', '45m', '--no-prompt'];
  expect(await box.run(line)).toMatchObject({ code: 0 });
});

test('a chain lasts an hour, and says so', async () => {
  const result = await box.run(['refresh', 'audit', ...code()]);
  expect(result.code).toBe(0);
  expect(result.stderr).toMatch(/warning: audit lasts 1h, not 12h: .*3600 s.*admin.*role chaining/);
  expect(calls().map(([, seconds]) => seconds)).toEqual(['43200', '3600', '3600']);
  expect((await box.run(['whoami', 'audit'])).stdout).toMatch(
    /assumed-role\/audit\/mfa-profile\n$/,
  );
});

test("more than the role's own maximum is an error", async () => {
  const result = await box.run(['refresh', 'deploy', '--duration', '2h']);
  expect(result.code).toBe(5);
  expect(result.stderr).toMatch(/AWS refused a session of 2h for deploy .*MaxSessionDuration/);
});

test('a source without an MFA device signs with its own keys', async () => {
  expect(await box.run(['refresh', 'deploy'])).toMatchObject({ code: 0 });
  expect(calls()).toEqual([['AssumeRole', '3600']]);
  expect(box.readCredentials()).not.toContain('carol_token');
});

test("the role's device serves a source that names none", async () => {
  expect(await box.run(['refresh', 'borrowing', ...code()])).toMatchObject({ code: 0 });
  expect(box.readCredentials()).toContain('[plain_token]');
});

describe("the source's credential_process supplies the long-term keys", () => {
  const keys = {
    Version: 1,
    AccessKeyId: ALICE.accessKeyId,
    SecretAccessKey: ALICE.secretAccessKey,
  };

  test('asked once, and not at all while the session is valid', async () => {
    box.writeFile('keys.json', JSON.stringify(keys));
    const result = await box.run(['refresh', 'vaultadmin', ...code()]);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(await box.run(['refresh', 'vault', 'vaultadmin'])).toMatchObject({ code: 0 });
    expect((await box.exec('cat', ['log'])).stdout).toBe('ran\n');
    expect(box.readCredentials()).not.toContain('[vault]');
    expectNoSecret(result, sts.secrets());
  });

  test.each([
    ['ends with an error', 'exit 3', /it ended with status 3/],
    ['prints a password', `echo ${ALICE.secretAccessKey}`, /it did not print one JSON object/],
    [
      'gives a session',
      `echo '${JSON.stringify({ ...keys, SessionToken: 'x' })}'`,
      /it gives a session/,
    ],
    ['asks us again', 'mfa-profile credential-process bad', /it ended with status 4/],
  ])('one that %s', async (_what, command, message) => {
    box.writeConfig(`[profile bad]\n${MFA}\ncredential_process = ${command}\n`);
    const result = await box.run(['refresh', 'bad', ...code()]);
    expect(result.code).toBe(4);
    expect(result.stderr).toMatch(message);
    expect(result.stderr).toMatch(/mfa-profile: error: credential_process of profile bad/);
    expectNoSecret(result, sts.secrets());
    expect(sts.calls).toEqual([]);
  });
});

test.each<[string, string, string[]]>([
  ['names itself', 'session_profile = alice_token', []],
  ['is given', '', ['--session-profile', 'alice_token']],
])('a role that %s the session of its source is refused at once', async (_how, setting, more) => {
  box.writeConfig(`[profile alice]\n${MFA}\n${role('a', ADMIN_ROLE.arn, 'alice', setting)}`);
  const result = await box.run(['refresh', 'a', ...more, ...code()]);
  expect(result.code).toBe(4);
  expect(result.stderr).toMatch(/in a profile named "alice_token": the session of a, .*, too/);
  expect(sts.calls).toEqual([]);
});

test.each([
  [
    'a circle',
    role('a', AUDIT_ROLE.arn, 'b') +
      role('b', AUDIT_ROLE.arn, 'c') +
      role('c', AUDIT_ROLE.arn, 'a'),
    /loop: a -> b -> c -> a/,
  ],
  ['itself', role('a', ADMIN_ROLE.arn, 'a'), /loop: a -> a/],
  [
    'a chain of thousands',
    role('a', ADMIN_ROLE.arn, 'r0') +
      Array.from({ length: 3000 }, (_, at) =>
        role(`r${at}`, ADMIN_ROLE.arn, at === 2999 ? 'alice' : `r${at + 1}`),
      ).join(''),
    /source_profile of profile a .*more than 50 roles/,
  ],
  [
    'nobody',
    `[profile a]\nrole_arn = ${ADMIN_ROLE.arn}\n`,
    /source_profile of profile a.*it is missing/,
  ],
  ['a stranger', role('a', ADMIN_ROLE.arn, 'alicia'), /there is no profile alicia/],
  [
    'no role',
    role('a', 'arn:aws:iam::123456789012:user/admin', 'alice'),
    /role_arn.*not the ARN of a role/,
  ],
  [
    'a bad name',
    role('a', ADMIN_ROLE.arn, 'alice', 'role_session_name = a b'),
    /role_session_name/,
  ],
  [
    'a bad duration',
    role('a', ADMIN_ROLE.arn, 'alice', 'duration_seconds = 86400'),
    /duration_seconds/,
  ],
])('a role of %s is named before anybody is asked', async (_what, config, message) => {
  box.writeConfig(config);
  const result = await box.run(['refresh', 'a', ...code()]);
  expect(result).toMatchObject({ code: 4, stdout: '' });
  expect(result.stderr).toMatch(message);
  expect(sts.calls).toEqual([]);
});

test('a refusal for want of MFA says what may be missing', async () => {
  box.writeConfig(role('a', ADMIN_ROLE.arn, 'carol'));
  const result = await box.run(['refresh', 'a']);
  expect(result.code).toBe(5);
  expect(result.stderr).toMatch(
    /hint: if the role requires MFA, find the device with: mfa-profile init carol/,
  );
});

test("a source's session that AWS calls expired is named with its own profile", async () => {
  await box.run(['refresh', 'admin', ...code()]);
  sts.expireSessions();
  const result = await box.run(['refresh', 'admin', '--force']);
  expect(result.code).toBe(5);
  expect(result.stderr).toContain('mfa-profile refresh alice --force');
});

describe('longer than an hour (99designs/aws-vault#351, trek10inc/awsume#73, common-fate/granted#154)', () => {
  /** Hours that a session in the file has left, rounded. */
  const hoursLeft = (name: string) => {
    const [, text] = new RegExp(
      `\\[${name}\\]\\n(?:(?!\\[).*\\n)*x_security_token_expires = (.*)`,
    ).exec(box.readCredentials())!;
    return Math.round((Date.parse(text!) - Date.now()) / 3_600_000);
  };

  test('one AssumeRole with the long-term key, the device and a code', async () => {
    const result = await box.run(['refresh', 'long', ...code()]);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(calls()).toEqual([['AssumeRole', '43200']]);
    expect(sts.calls[0]!.params).toMatchObject({ SerialNumber: serialOf(ALICE) });
    expect(hoursLeft('long_token')).toBe(12);
    expect(box.readCredentials()).not.toContain('alice_token');
    expect(await box.run(['whoami', 'long', '--no-prompt'])).toMatchObject({ code: 0 });
    expect(await box.run(['refresh', 'long', '--no-prompt'])).toMatchObject({ code: 0 });
    expectNoSecret(result, sts.secrets());
  });

  test('by --duration, too; an hour or less goes through the session', async () => {
    await box.run(['refresh', 'admin', '--duration', '2h', ...code()]);
    await box.run([
      'refresh',
      'long',
      '--duration',
      '1h',
      '--token-code',
      await sts.nextCode('alice'),
    ]);
    expect(calls()).toEqual([
      ['AssumeRole', '7200'],
      ['GetSessionToken', '43200'],
      ['AssumeRole', '3600'],
    ]);
  });

  test('role_via settles it', async () => {
    const config = [
      `[profile alice]\n${MFA}\n`,
      role('short', ADMIN_ROLE.arn, 'alice', 'role_via = direct'),
      role('long', ADMIN_ROLE.arn, 'alice', 'role_via = session', 'duration_seconds = 28800'),
      role('odd', ADMIN_ROLE.arn, 'alice', 'role_via = magic'),
    ].join('\n');
    box.writeConfig(config);
    await box.run(['refresh', 'short', ...code()]);
    const line = ['refresh', 'long', '--token-code', await sts.nextCode('alice')];
    const long = await box.run(line);
    expect(long.code).toBe(0);
    expect(long.stderr).toMatch(/warning: long lasts 1h, not 8h: .*role_via = direct/);
    expect(calls()).toEqual([
      ['AssumeRole', '3600'],
      ['GetSessionToken', '43200'],
      ['AssumeRole', '3600'],
    ]);
    const odd = await box.run(['refresh', 'odd']);
    expect(odd).toMatchObject({ code: 4 });
    expect(odd.stderr).toContain('role_via');
  });

  test.each<[string, string[], NodeJS.ProcessEnv, RegExp | undefined]>([
    ['a variable', [], { MFA_PROFILE_DURATION: '13h' }, /hint: MFA_PROFILE_DURATION .*--duration/],
    ['the command line', ['--duration', '13h'], {}, undefined],
  ])('more than any role lasts, by %s: exit 2, before anything is sent', async (...given) => {
    const [, options, env, hint] = given;
    const result = await box.run(['refresh', 'admin', ...options], { env });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain('admin is a role: its sessions last 43200 seconds (12h)');
    if (hint) expect(result.stderr).toMatch(hint);
    else expect(result.stderr).not.toContain('MFA_PROFILE_DURATION');
    const shorter = await box.run(['refresh', 'admin', '--duration', '1h', ...code()], { env });
    expect(shorter).toMatchObject({ code: 0 });
    expect(calls().at(-1)).toEqual(['AssumeRole', '3600']);
  });

  test('two roles in one run: the second waits for the next code', async () => {
    box.writeConfig(
      `${CONFIG}\n${role('other', ADMIN_ROLE.arn, 'alice', 'duration_seconds = 7200')}`,
    );
    const command = sts.codeCommand('alice');
    const result = await box.run(['refresh', 'long', 'other', '--mfa-process', command]);
    expect(result).toMatchObject({ code: 0 });
    expect(calls()).toEqual([
      ['AssumeRole', '43200'],
      ['AssumeRole', '7200'],
    ]);
  });

  testWith(
    ['pty'],
    'a wrong code at the prompt may be typed again, three times in all',
    async () => {
      const pty = box.openPty(['refresh', 'long']);
      const wrong = sts.code('alice', 400);
      await pty.waitFor(/MFA code for long/);
      pty.type(`${wrong}\r`);
      await pty.waitFor(/2 (?:more )?tries/);
      pty.type(`${sts.code('alice')}\r`);
      expect(await pty.exit).toMatchObject({ code: 0 });
      expect(sts.calls).toHaveLength(2);
    },
  );

  describe('with nobody to ask', () => {
    test('an hour by the session that is there, with a warning', async () => {
      await box.run(['refresh', 'alice', ...code()]);
      const result = await box.run(['refresh', 'long', '--no-prompt']);
      expect(result).toMatchObject({ code: 0 });
      expect(result.stderr).toMatch(/warning: long lasts 1h, not 12h: .*nobody to ask/);
      expect(hoursLeft('long_token')).toBe(1);
    });

    test('also where a variable asks for more: it goes for every command line', async () => {
      await box.run(['refresh', 'alice', ...code()]);
      const env = { MFA_PROFILE_DURATION: '8h', MFA_PROFILE_NO_PROMPT: '1' };
      const result = await box.run(['refresh', 'admin'], { env });
      expect(result).toMatchObject({ code: 0 });
      expect(result.stderr).toMatch(/warning: admin lasts 1h, not 8h/);
    });

    test.each([
      ['a duration on the command line', ['--duration', '8h']],
      ['a --min-ttl beyond an hour', ['--min-ttl', '2h']],
    ])('not with %s', async (_what, options) => {
      await box.run(['refresh', 'alice', ...code()]);
      expect(await box.run(['refresh', 'long', '--no-prompt', ...options])).toMatchObject({
        code: 3,
      });
      expect(sts.callsOf('AssumeRole')).toEqual([]);
    });

    test('without a session of the source it is exit 3', async () => {
      expect(await box.run(['refresh', 'long', '--no-prompt'])).toMatchObject({ code: 3 });
      expect(sts.calls).toEqual([]);
    });
  });

  test("beyond the role's own maximum: exit 5, which says which, and that the code is spent", async () => {
    box.writeConfig(
      role('deploy', DEPLOY_ROLE.arn, 'alice', MFA, 'external_id = example-external-id'),
    );
    const result = await box.run(['refresh', 'deploy', '--duration', '2h', ...code()]);
    expect(result).toMatchObject({ code: 5, stdout: '' });
    expect(result.stderr).toMatch(/2h for deploy .*MaxSessionDuration.*the MFA code is spent/);
    expect(result.stderr).toMatch(/hint: .*aws iam update-role .*--max-session-duration 7200/);
    expect(calls()).toEqual([['AssumeRole', '7200']]);
    expect(box.readCredentials()).not.toContain('deploy_token');
  });
});

describe('--min-ttl that cannot be met is told (sessions.md, F5)', () => {
  test.each([
    ['a role of an hour', ['exec', 'admin', '--min-ttl', '2h', '--', 'node', '-v'], '1h'],
    ['a role of just that', ['refresh', 'admin', '--min-ttl', '1h'], '1h'],
    ['a user of the usual length', ['refresh', 'alice', '--min-ttl', '12h'], '12h'],
    ['--duration', ['refresh', 'alice', '--duration', '15m', '--min-ttl', '15m'], '15m'],
    ['a chain', ['refresh', 'audit', '--min-ttl', '61m'], '1h'],
  ])('%s', async (_what, line, length) => {
    const result = await box.run([...line.slice(0, 2), ...code(), ...line.slice(2)]);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/error: --min-ttl /);
    expect(result.stderr).toContain(`(${length})`);
    expect(sts.calls).toEqual([]);
  });

  test('what turns out later is a warning that names both times', async () => {
    const root = { ...ALICE, userName: 'alice', maxSessionSeconds: 3600 };
    const capped = await startLocalSts({ totpClock: 'fresh', users: [root] });
    try {
      const line = [
        'exec',
        'alice',
        '--min-ttl',
        '2h',
        '-t',
        capped.code('alice'),
        '--',
        'node',
        '-v',
      ];
      const result = await box.run(line, { env: { AWS_ENDPOINT_URL_STS: capped.endpoint } });
      expect(result.code).toBe(0);
      expect(result.stderr).toMatch(/warning: AWS gave alice a session of 1h .*2h that --min-ttl/);
    } finally {
      await capped.close();
    }
  });

  test('a longer session that is there already serves', async () => {
    await box.run(['refresh', 'alice', '--duration', '36h', ...code()]);
    expect(await box.run(['refresh', 'alice', '--min-ttl', '20h'])).toMatchObject({ code: 0 });
  });
});

describe('a source with keys of its own ends the chain (awslabs/aws-c-auth#224)', () => {
  test('its keys sign, not those of the role that it has, too', async () => {
    const credentials = `${credentialsOf(CAROL)}role_arn = ${ADMIN_ROLE.arn}\nsource_profile = alice\n\n${credentialsOf(ALICE)}`;
    box.writeCredentials(credentials);
    const result = await box.run(['refresh', 'deploy']);
    expect(result).toMatchObject({ code: 0 });
    expect(calls()).toEqual([['AssumeRole', '3600']]);
    expect(sts.calls[0]!.accessKeyId).toBe(CAROL.accessKeyId);
  });

  test('a profile may name itself as its source', async () => {
    box.writeConfig(role('alice', ADMIN_ROLE.arn, 'alice', MFA));
    expect(await box.run(['refresh', 'alice', ...code()])).toMatchObject({ code: 0 });
    expect(calls()).toEqual([['AssumeRole', '3600']]);
    expect((await box.run(['whoami', 'alice', '--no-prompt'])).stdout).toMatch(
      /assumed-role\/admin/,
    );
  });
});
