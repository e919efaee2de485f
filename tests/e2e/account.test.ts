/** The account beside the session: never another one's, and set only where somebody asks for it. */
import {
  ADMIN_ROLE,
  ALICE,
  CAROL,
  FRANK,
  credentialsOf,
  serialOf,
} from '../../fixtures/sts/accounts.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { configOf, hoursAhead, sessionText, useScene } from '../support/scene.ts';

const scene = useScene();

const OWN = '123456789012';
const STATED = '777788889999';
const FOREIGN = '999999999999';
const VALID = { x_security_token_expires: hoursAhead(5), manager: 'mfa-profile' };

const CONFIG = [
  `[profile stated]\nmfa_serial = ${serialOf(ALICE)}\naws_account_id = ${STATED}\n`,
  `[profile hardware]\nmfa_serial = ${serialOf(FRANK)}\n`,
  `[profile admin]\nrole_arn = arn:aws:iam::210987654321:role/admin\nsource_profile = stated\n`,
  configOf(ALICE),
].join('\n');

/** Every kind of profile, each with a session that is valid. */
function box(): Sandbox {
  const names = ['alice', 'stated', 'hardware'];
  const users = names.map((userName) => ({ ...CAROL, userName }));
  const sessions = [...names, 'admin'].map((name) => sessionText(`${name}_token`, VALID));
  return scene.box({
    credentials: [credentialsOf(...users), ...sessions].join('\n'),
    config: CONFIG,
  });
}

const outside = (account: string) => ({ env: { AWS_ACCOUNT_ID: account } });

/** What a child of `exec` and a shell after `env` have in the variable. */
async function seen(home: Sandbox, name: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const show = 'echo "${AWS_ACCOUNT_ID-none}"';
  const child = await home.run(['exec', name, '--', 'sh', '-c', show], { env });
  const line = `eval "$(mfa-profile env ${name} --format env)"; ${show}`;
  const shell = await home.exec('sh', ['-c', line], { env });
  return [child.stdout.trim(), shell.stdout.trim()];
}

test.each([
  ['the device tells it', 'alice', OWN],
  ['the profile says it', 'stated', STATED],
  ["a role's own, not its source's", 'admin', '210987654321'],
  ['not known', 'hardware', 'none'],
])('a foreign number outside: %s', async (_what, name, expected) => {
  expect(await seen(box(), name, { AWS_ACCOUNT_ID: FOREIGN })).toEqual([expected, expected]);
});

test.each([
  ['alice', 'none'],
  ['admin', 'none'],
  ['stated', STATED],
])('nothing outside: %s', async (name, expected) => {
  expect(await seen(box(), name, {})).toEqual([expected, expected]);
});

test('--unset removes it', async () => {
  const { stdout } = await box().run(['env', '--unset', '--format', 'env'], outside(FOREIGN));
  expect(stdout).toContain('unset AWS_ACCOUNT_ID\n');
});

test.each([
  ['alice', OWN],
  ['stated', STATED],
  ['admin', '210987654321'],
  ['hardware', undefined],
])('credential-process and --format process: %s', async (name, account) => {
  const home = box();
  for (const line of [
    ['credential-process', name],
    ['env', name, '--format', 'process'],
  ]) {
    const { stdout } = await home.run(line);
    expect(JSON.parse(stdout)).toMatchObject({
      Version: 1,
      SessionToken: expect.any(String) as string,
    });
    expect((JSON.parse(stdout) as { AccountId?: string }).AccountId).toBe(account);
  }
  const { stdout } = await home.run(['env', name, '--json']);
  expect(stdout).not.toContain('AccountId');
});

test('the section has it where the source has it, and nowhere else', async () => {
  const config = `[profile alice]\nmfa_serial = ${serialOf(ALICE)}\nregion = eu-west-1\naws_account_id = ${OWN}\n`;
  const home = scene.box({ config });
  const before = home.readCredentials();
  await home.run(['refresh', 'alice', '-t', scene.sts.code('alice')]);
  expect(home.readCredentials()).toMatch(/\nregion = eu-west-1\naws_account_id = 123456789012\n$/);
  await home.run(['clear', 'alice']);
  expect(home.readCredentials()).toBe(before);

  const plain = scene.box({
    config: `${configOf(ALICE)}\n[profile admin]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = alice\n`,
  });
  await plain.run(['refresh', 'admin', '-t', await scene.sts.nextCode('alice')]);
  expect(plain.readCredentials()).not.toContain('aws_account_id');
});

test('doctor warns of a number outside that is not the profile’s', async () => {
  const warned = await box().run(['doctor', 'alice'], outside(FOREIGN));
  expect(warned.stdout).toMatch(
    /warning +environment +AWS_ACCOUNT_ID is 999999999999.*alice.*123456789012/,
  );
  const fine = await box().run(['doctor', 'alice'], outside(OWN));
  expect(fine.stdout).not.toContain('AWS_ACCOUNT_ID');
});

test('doctor warns of a stated account that is none', async () => {
  const home = box();
  home.writeConfig(CONFIG.replace(STATED, '12345'));
  const { stdout } = await home.run(['doctor', 'stated']);
  expect(stdout).toMatch(/warning +settings +aws_account_id of stated is not the 12 digits/);
  expect((await home.run(['doctor', 'alice'])).stdout).not.toContain('aws_account_id');
});
