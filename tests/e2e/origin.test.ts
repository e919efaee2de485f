/**
 * A session means what its profile says: one that was got for another key, device, role or account
 * is never reused, by no command (99designs/aws-vault#496, mmorris1975/aws-runas#25).
 */
import {
  ADMIN_ROLE,
  ALICE,
  AUDIT_ROLE,
  CAROL,
  DEPLOY_ROLE,
  FRANK,
  JUDY,
  credentialsOf,
  serialOf,
} from '../../fixtures/sts/accounts.ts';
import type { StsUser } from '../../fixtures/sts/accounts.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { configOf, hoursAhead, roleProfile, sessionText, useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

const scene = useScene();

const as = (name: string, user: StsUser): StsUser => ({ ...user, userName: name });
const device = (name: string, user: StsUser) =>
  `[profile ${name}]\nmfa_serial = ${serialOf(user)}\n`;
const originIn = (box: Sandbox, section: string) =>
  new RegExp(`\\[${section}\\]\\n(?:(?!\\[).*\\n)*x_mfa_profile_origin = (.*)\\n`).exec(
    box.readCredentials(),
  )?.[1];

/** Every way to a session; none may hand out a stale one. */
const COMMANDS = [
  ['refresh', 'prod'],
  ['refresh', 'prod', '--quiet', '--if-expired'],
  ['refresh', '--all'],
  ['env', 'prod', '--format', 'env'],
  ['env', 'prod', '--format', 'json'],
  ['exec', 'prod', '--', 'node', '--version'],
  ['credential-process', 'prod'],
  ['whoami', 'prod'],
  ['refresh', 'prod_token'],
];

async function stateOf(box: Sandbox, name: string): Promise<string> {
  const { stdout } = await box.run(['status', name, '--json']);
  const { profiles } = JSON.parse(stdout) as { profiles: { state: string }[] };
  return profiles[0]!.state;
}

/** A home in which [prod] is alice, with a session that she got. */
async function prodOfAlice(): Promise<Sandbox> {
  const box = scene.box({
    credentials: credentialsOf(as('prod', ALICE)),
    config: device('prod', ALICE),
  });
  const result = await box.run(['refresh', 'prod', '-t', scene.sts.code('alice')]);
  expect(result).toMatchObject({ code: 0 });
  return box;
}

/** Puts another user's keys into the source, and leaves the session where it is. */
function changeKeys(box: Sandbox, user: StsUser): void {
  const session = box.readCredentials().replace(/^[^]*?(?=\[prod_token\])/, '');
  box.writeCredentials(`${credentialsOf(as('prod', user))}\n${session}`);
}

test('a session says what it was got for', async () => {
  const box = await prodOfAlice();
  expect(originIn(box, 'prod_token')).toBe(`${ALICE.accessKeyId} ${serialOf(ALICE)}`);
  expect(box.readCredentials()).toMatch(/manager = mfa-profile\nx_mfa_profile_origin = .*\n$/);
  for (const line of COMMANDS) expect(await box.run(line)).toMatchObject({ code: 0 });
  expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(1);
});

test('after a change of key and device no command goes on with the old session', async () => {
  const box = await prodOfAlice();
  changeKeys(box, JUDY);
  box.writeConfig(device('prod', JUDY));
  for (const line of COMMANDS) {
    const result = await box.run([...line.slice(0, 2), '--no-prompt', ...line.slice(2)]);
    expect([line, result.code, result.stdout]).toEqual([line, 3, '']);
  }
  expect(await stateOf(box, 'prod')).toBe('stale');
  expect((await box.run(['status', 'prod'])).stdout).toMatch(/^prod +prod_token +stale /m);
  expect((await box.run(['status'])).stdout).toMatch(/^prod +prod_token +stale /m);
  for (const line of [['prod'], [], ['prod_token']]) {
    expect(await box.run(['status', ...line, '--check'])).toMatchObject({ code: 3, stdout: '' });
  }
  const renewed = await box.run(['refresh', 'prod', '-t', scene.sts.code('judy')]);
  expect(renewed).toMatchObject({ code: 0 });
  expect(renewed.stderr).toContain("prod's access key has changed since");
  expect((await box.run(['whoami', 'prod'])).stdout).toBe('arn:aws:iam::123456789012:user/judy\n');
  expect(originIn(box, 'prod_token')).toBe(`${JUDY.accessKeyId} ${serialOf(JUDY)}`);
  expectNoSecret(renewed, scene.sts.secrets());
});

test('another device is a change, too, wherever it is named', async () => {
  const box = await prodOfAlice();
  const other = 'arn:aws:iam::123456789012:mfa/other';
  box.writeConfig(`[profile prod]\nmfa_serial = ${other}\n`);
  expect(await stateOf(box, 'prod')).toBe('stale');
  const refused = await box.run(['refresh', 'prod', '--no-prompt']);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain("prod's MFA device has changed since");
  box.writeConfig(device('prod', ALICE));
  expect(await stateOf(box, 'prod')).toBe('valid');
  const named = await box.run(['refresh', 'prod', '--no-prompt', '--serial-number', other]);
  expect(named.code).toBe(3);
});

test('a device that was named on the command line serves a profile that names none', async () => {
  const box = scene.box({ config: '' });
  const line = ['refresh', 'alice', '--serial-number', serialOf(ALICE)];
  await box.run([...line, '-t', scene.sts.code('alice')]);
  expect(await box.run(['refresh', 'alice', '--no-prompt'])).toMatchObject({ code: 0 });
  expect(await stateOf(box, 'alice')).toBe('valid');
  expect(scene.sts.calls).toHaveLength(1);
});

test("a hardware token's number and a session profile of another name", async () => {
  const box = scene.box({
    credentials: credentialsOf(as('prod', FRANK)),
    config: `${device('prod', FRANK)}session_profile = work\n`,
  });
  await box.run(['refresh', 'prod', '-t', scene.sts.code('frank')]);
  expect(originIn(box, 'work')).toBe(`${FRANK.accessKeyId} GAHT12345678`);
  expect(await box.run(['status', '--check', 'prod'])).toMatchObject({ code: 0 });
  box.writeCredentials(box.readCredentials().replace(FRANK.accessKeyId, ALICE.accessKeyId));
  for (const name of ['prod', 'work']) expect(await stateOf(box, name)).toBe('stale');
  const kept = await box.run(['refresh', 'prod', '--session-profile', 'work', '--no-prompt']);
  expect(kept.code).toBe(3);
});

test('a session profile that only the command line names is no source of its own', async () => {
  const box = scene.box();
  const line = ['refresh', 'alice', '--session-profile', 'extra'];
  await box.run([...line, '-t', scene.sts.code('alice')]);
  expect(await stateOf(box, 'extra')).toBe('valid');
  expect((await box.run(['status'])).stdout).toMatch(/^extra +extra +valid /m);
  expect(await box.run(['status', '--check', 'extra'])).toMatchObject({ code: 0 });
  box.writeConfig(configOf({ ...JUDY, userName: 'alice' }));
  expect(await box.run([...line, '--no-prompt'])).toMatchObject({ code: 3 });
});

describe('the account that the source states', () => {
  const account = (id: string) => `${device('prod', ALICE)}aws_account_id = ${id}
`;

  test('another one is another identity, until a new session is got', async () => {
    const box = await prodOfAlice();
    box.writeConfig(account('123456789012'));
    await box.run(['refresh', 'prod', '--force', '-t', await scene.sts.nextCode('alice')]);
    expect(box.readCredentials()).toMatch(/\naws_account_id = 123456789012\n$/);
    expect(await stateOf(box, 'prod')).toBe('valid');
    box.writeConfig(account('210987654321'));
    for (const line of COMMANDS) {
      const result = await box.run([...line.slice(0, 2), '--no-prompt', ...line.slice(2)]);
      expect([line, result.code, result.stdout]).toEqual([line, 3, '']);
    }
    const { stderr } = await box.run(['refresh', 'prod', '--no-prompt']);
    expect(stderr).toContain("prod's account has changed since");
    expect(await stateOf(box, 'prod')).toBe('stale');
    await box.run(['refresh', 'prod', '-t', await scene.sts.nextCode('alice')]);
    expect(await stateOf(box, 'prod')).toBe('valid');
  });

  test('one that the user wrote into the session’s section is the user’s', async () => {
    const box = scene.box({
      credentials: `${credentialsOf(as('prod', ALICE))}\n[prod_token]\naws_account_id = 1\n`,
      config: account('123456789012'),
    });
    await box.run(['refresh', 'prod', '-t', scene.sts.code('alice')]);
    expect(box.readCredentials()).toContain('[prod_token]\naws_account_id = 1\n');
    expect(await stateOf(box, 'prod')).toBe('valid');
  });

  test('one that came later or went says nothing against the session', async () => {
    const box = await prodOfAlice();
    box.writeConfig(account('123456789012'));
    expect(await stateOf(box, 'prod')).toBe('valid');
    await box.run(['refresh', 'prod', '--force', '-t', await scene.sts.nextCode('alice')]);
    box.writeConfig(device('prod', ALICE));
    expect(await stateOf(box, 'prod')).toBe('valid');
  });
});

test.each([
  ['an older version', { manager: 'mfa-profile', x_security_token_expires: hoursAhead(5) }],
  ['another tool', { expiration: hoursAhead(5) }],
])('a session of %s, which says nothing, is reused as before', async (_what, keys) => {
  const box = scene.box();
  box.writeCredentials(`${credentialsOf(ALICE)}\n${sessionText('alice_token', keys)}`);
  expect(await box.run(['refresh', 'alice', '--no-prompt'])).toMatchObject({ code: 0 });
  expect(await stateOf(box, 'alice')).toBe('valid');
  box.writeCredentials(box.readCredentials().replace(ALICE.accessKeyId, CAROL.accessKeyId));
  expect(await stateOf(box, 'alice')).toBe('valid');
});

test("aws-mfa's sections: its session is taken as it is, ours is compared", async () => {
  const box = scene.box({ config: '' });
  const source = credentialsOf(as('work-long-term', ALICE));
  box.writeCredentials(`${source}aws_mfa_device = ${serialOf(ALICE)}\n`);
  const line = ['init', '--from', 'aws-mfa', '-t', scene.sts.code('alice')];
  expect(await box.run(line)).toMatchObject({ code: 0 });
  expect(originIn(box, 'work')).toBe(`${ALICE.accessKeyId} ${serialOf(ALICE)}`);
  expect(await box.run(['refresh', 'work', '--no-prompt'])).toMatchObject({ code: 0 });
  box.writeCredentials(box.readCredentials().replace(ALICE.accessKeyId, CAROL.accessKeyId));
  expect(await stateOf(box, 'work')).toBe('stale');
});

describe('keys that a program supplies', () => {
  const command = `cat "$HOME/keys.json"; echo ran >> log # 100%`;
  const keys = {
    Version: 1,
    AccessKeyId: ALICE.accessKeyId,
    SecretAccessKey: ALICE.secretAccessKey,
  };
  const config = (line: string) => `${device('vault', ALICE)}credential_process = ${line}\n`;

  test('are named by its command line, and it is not run to find out', async () => {
    const box = scene.box({ credentials: '', config: config(command) });
    box.writeFile('keys.json', JSON.stringify(keys));
    await box.run(['refresh', 'vault', '-t', scene.sts.code('alice')]);
    const origin = originIn(box, 'vault_token')!;
    expect(origin).toContain('cat "$HOME/keys.json"');
    expect(origin.endsWith(` ${serialOf(ALICE)}`)).toBe(true);
    expect(origin).not.toMatch(/#|AKIA/);
    for (const line of [
      ['refresh', 'vault'],
      ['credential-process', 'vault'],
    ]) {
      expect(await box.run([...line, '--no-prompt'])).toMatchObject({ code: 0 });
    }
    expect(await stateOf(box, 'vault')).toBe('valid');
    box.writeConfig(config(`true; ${command}`));
    expect(await stateOf(box, 'vault')).toBe('stale');
    expect((await box.exec('cat', ['log'])).stdout).toBe('ran\n');
  });
});

describe('roles', () => {
  const role = (arn: string, source: string, ...more: string[]) =>
    roleProfile('admin', arn, source, ...more);
  const POWER = { ...ADMIN_ROLE, arn: 'arn:aws:iam::123456789012:role/power' };
  const ext = 'external_id = example-external-id';
  const USERS = credentialsOf(ALICE, CAROL, as('twin', ALICE));
  const sources = configOf(ALICE, JUDY);

  test.each<[string, string, string, string]>([
    ['role', role(ADMIN_ROLE.arn, 'alice'), role(POWER.arn, 'alice'), 'role'],
    [
      'external ID',
      role(DEPLOY_ROLE.arn, 'alice', ext),
      role(DEPLOY_ROLE.arn, 'alice'),
      'external ID',
    ],
    [
      'role session name',
      role(ADMIN_ROLE.arn, 'alice'),
      role(ADMIN_ROLE.arn, 'alice', 'role_session_name = me'),
      'role session name',
    ],
    ['source', role(ADMIN_ROLE.arn, 'alice'), role(ADMIN_ROLE.arn, 'twin'), 'source profile'],
    [
      'device that came later',
      role(DEPLOY_ROLE.arn, 'carol', ext),
      role(DEPLOY_ROLE.arn, 'carol', ext, `mfa_serial = ${serialOf(ALICE)}`),
      'MFA device',
    ],
  ])('another %s', async (_what, before, after, changed) => {
    const box = scene.box({ credentials: USERS, config: `${before}\n${sources}` });
    const got = await box.run(['refresh', 'admin', '-t', scene.sts.code('alice')]);
    expect(got).toMatchObject({ code: 0 });
    expect(await stateOf(box, 'admin')).toBe('valid');
    box.writeConfig(`${after}\n${sources}`);
    expect(await stateOf(box, 'admin')).toBe('stale');
    const next = await box.run(['whoami', 'admin', '--no-prompt']);
    expect(next.stderr).toContain(`admin's ${changed} has changed since`);
    expect(next.stdout).not.toContain('assumed-role/admin/mfa-profile');
  });

  test("the source's key, through a role on the way, too", async () => {
    const config = [
      role(ADMIN_ROLE.arn, 'alice'),
      `[profile audit]\nrole_arn = ${AUDIT_ROLE.arn}\nsource_profile = admin\n`,
      sources,
    ].join('\n');
    const box = scene.box({ credentials: credentialsOf(ALICE), config });
    await box.run(['refresh', 'audit', '-t', scene.sts.code('alice')]);
    const origin = originIn(box, 'audit_token');
    for (const part of [
      AUDIT_ROLE.arn,
      'source_profile=admin',
      ADMIN_ROLE.arn,
      'role_session_name=mfa-profile',
      'source_profile=alice',
      ALICE.accessKeyId,
      serialOf(ALICE),
    ]) {
      expect(origin).toContain(part);
    }
    for (const name of ['audit', 'admin', 'alice']) expect(await stateOf(box, name)).toBe('valid');
    box.writeCredentials(
      box.readCredentials().replace(`= ${ALICE.accessKeyId}`, '= AKIAMADEUPKEYOTHER00'),
    );
    for (const name of ['audit', 'admin', 'alice']) expect(await stateOf(box, name)).toBe('stale');
  });

  test('two roles of one user, each with its own device: one session serves both', async () => {
    const config =
      `[profile one]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = judy\nmfa_serial = ${JUDY.devices[0]!.serial}\n` +
      `[profile two]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = judy\nmfa_serial = ${JUDY.devices[1]!.serial}\n`;
    const box = scene.box({ credentials: credentialsOf(JUDY), config });
    const got = await box.run(['refresh', 'one', '-t', scene.sts.code('judy')]);
    expect(got).toMatchObject({ code: 0 });
    expect(await box.run(['refresh', 'two', 'one', '--no-prompt'])).toMatchObject({ code: 0 });
    expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(1);
  });
});

test('a device that only a role names is found for its source (sessions.md, S4)', async () => {
  const config = `[profile admin]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = alice\nmfa_serial = ${serialOf(ALICE)}\n`;
  const box = scene.box({ config });
  expect(await box.run(['refresh', 'alice', '-t', scene.sts.code('alice')])).toMatchObject({
    code: 0,
  });
});
