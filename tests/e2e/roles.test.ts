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
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { expectNoSecret } from '../support/secrets.ts';

const MFA = `mfa_serial = ${serialOf(ALICE)}`;
const role = (name: string, arn: string, source: string, ...more: string[]) =>
  [`[profile ${name}]`, `role_arn = ${arn}`, `source_profile = ${source}`, ...more, ''].join('\n');

const CONFIG = [
  `[profile alice]\n${MFA}\nregion = eu-central-1\n`,
  role(
    'admin',
    ADMIN_ROLE.arn,
    'alice',
    'duration_seconds = 7200',
    'role_session_name = alice@work',
  ),
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
    ['AssumeRole', '7200'],
  ]);
  expect(sts.callsOf('AssumeRole')[0]!.params).toMatchObject({ RoleSessionName: 'alice@work' });
  expect(box.readCredentials()).toMatch(/\n\[alice_token\]\n[^]*\n\[admin_token\]\n/);
  const who = await box.run(['whoami', 'admin']);
  expect(who.stdout).toBe('arn:aws:sts::123456789012:assumed-role/admin/alice@work\n');
  expectNoSecret(result, sts.secrets());
});

test('a good session of the source is reused: nobody is asked', async () => {
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
  await box.run(['refresh', 'alice', '--duration', '1h', ...code()]);
  const line = ['refresh', 'admin', '--min-ttl', '90m', '--no-prompt'];
  expect(await box.run(line)).toMatchObject({ code: 0 });
});

test('a chain lasts an hour, and says so', async () => {
  const result = await box.run(['refresh', 'audit', ...code()]);
  expect(result.code).toBe(0);
  expect(result.stderr).toMatch(/warning: audit lasts 1h, not 12h: .*3600 s.*admin.*role chaining/);
  expect(calls().map(([, seconds]) => seconds)).toEqual(['43200', '7200', '3600']);
  expect((await box.run(['whoami', 'audit'])).stdout).toMatch(
    /assumed-role\/audit\/mfa-profile\n$/,
  );
});

test("an hour, too, where AWS counts a user's session as the chain's first link", async () => {
  const capped = await startLocalSts({ totpClock: 'fresh', chainedCapForSessions: true });
  try {
    const env = { AWS_ENDPOINT_URL_STS: capped.endpoint };
    const line = ['refresh', 'admin', '--token-code', capped.code('alice')];
    const result = await box.run(line, { env });
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/warning: admin lasts 1h, not 2h: .*role chaining/);
  } finally {
    await capped.close();
  }
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

  test('asked once, and not at all while the session is good', async () => {
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

test.each([
  [
    'a circle',
    role('a', AUDIT_ROLE.arn, 'b') +
      role('b', AUDIT_ROLE.arn, 'c') +
      role('c', AUDIT_ROLE.arn, 'a'),
    /in a circle: a → b → c → a/,
  ],
  ['itself', role('a', ADMIN_ROLE.arn, 'a'), /in a circle: a → a/],
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
  expect(result.stderr).toMatch(/hint: if the role asks for MFA, let mfa-profile init carol/);
});

test("a source's session that is over to AWS is named with its own profile", async () => {
  await box.run(['refresh', 'admin', ...code()]);
  sts.expireSessions();
  const result = await box.run(['refresh', 'admin', '--force']);
  expect(result.code).toBe(5);
  expect(result.stderr).toContain('mfa-profile refresh alice --force');
});
