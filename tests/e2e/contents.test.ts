/** Files that people wrote by hand, and files of other tools: what is said of them, and what is not done. */
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { configOf, useScene } from '../support/scene.ts';

const scene = useScene();
const KEYS = credentialsOf(ALICE).split('\n').slice(1).join('\n');
const refresh = () => ['refresh', 'alice', '--token-code', scene.sts.code('alice')];

describe('a config section that AWS tools do not read as a profile', () => {
  test.each([
    ['[alice]', '[alice]'],
    ['[Profile alice]', '[Profile alice]'],
    ['[profiles alice]', '[profiles alice]'],
    ['[profile "alice]', '[profile "alice]'],
    ['[profile\u00a0alice]', '[profile<U+00A0>alice]'],
    ['[profile alice\u200b]', '[profile alice<U+200B>]'],
    ['[profile-alice]', '[profile-alice]'],
    ['[profile.alice]', '[profile.alice]'],
    ['[profile:alice]', '[profile:alice]'],
    ['[profilealice]', '[profilealice]'],
    ['[profil alice]', '[profil alice]'],
  ])('%j is named with its line, and what to write', async (header, shown) => {
    const config = configOf(ALICE).replace('[profile alice]', header);
    const box = scene.box({ config: `# mine\n${config}` });
    const run = await box.run(['refresh', 'alice', '--no-prompt']);
    expect(run.code).toBe(4);
    expect(run.stderr).toContain(
      `config, line 2: AWS tools do not read ${shown} as profile alice; rename it to [profile alice]\n`,
    );
    const doctor = await box.run(['doctor', 'alice']);
    expect(doctor.stdout).toMatch(/config, line 2: AWS tools do not read \[/);
  });

  test('sections with a meaning of their own are none', async () => {
    const config = `${configOf(ALICE)}\n[sso-session work]\nsso_region = x\n[services local]\nsts =\n  endpoint_url = ${scene.sts.endpoint}\n[plugins]\nx = y\n`;
    const { stdout } = await scene.box({ config }).run(['doctor', 'alice']);
    expect(stdout).not.toContain('do not read');
  });
});

describe('a credentials section that looks like the profile', () => {
  test.each([
    ['[Alice]', '[Alice]'],
    ['[[alice]]', '[[alice]]'],
    ['["alice"]', '["alice"]'],
    ['[profile alice]', '[profile alice]'],
    ['[alice\u200b]', '[alice<U+200B>]'],
    ['[ａｌｉｃｅ]', '[ａｌｉｃｅ]'],
    ['[alice:]', '[alice:]'],
    // One letter of it is Cyrillic.
    ['[аlice]', '[аlice]'],
  ])('%j', async (header, shown) => {
    const box = scene.box({ credentials: `${header}\n${KEYS}` });
    const run = await box.run(['refresh', 'alice', '--no-prompt']);
    expect(run.code).toBe(4);
    expect(run.stderr).toContain(
      `credentials, line 1: AWS tools do not read ${shown} as profile alice; rename it to [alice]\n`,
    );
    const doctor = await box.run(['doctor', 'alice']);
    expect(doctor.stdout).toMatch(/warning +names .*credentials[^]*rename it to \[alice\]/);
  });

  test('a file that the AWS CLI refuses is said to be one, before the key is missed', async () => {
    const credentials = 'export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n';
    const { code, stderr } = await scene.box({ credentials }).run(['refresh', 'alice']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/warning: .*credentials, line 1: .*the AWS CLI refuses the whole file/);
    expect(stderr).toMatch(/hint: fix line 1 of .*credentials first/);
  });

  test('blanks inside the brackets make another profile: its keys are not the profile’s', async () => {
    const other =
      '[ alice ]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = x\n';
    const box = scene.box({ credentials: `${credentialsOf(ALICE)}\n${other}` });
    const run = await box.run(refresh());
    expect(run.code).toBe(0);
    expect(run.stderr).not.toContain('doubled');
    expect(box.readCredentials()).toContain(other);
  });
});

describe('files that are no INI files are refused as they are', () => {
  test.each([
    ['git-crypt', '\0GITCRYPT\0\x01\x02\x03', /encrypted by git-crypt.*\n.*git-crypt unlock/],
    ['ansible-vault', '$ANSIBLE_VAULT;1.1;AES256\n3961\n3961\n', /ansible-vault decrypt/],
    ['age', 'age-encryption.org/v1\n-> X25519 x\n', /age --decrypt/],
    ['age, armoured', '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n', /age --decrypt/],
    ['OpenPGP', '-----BEGIN PGP MESSAGE-----\n\nhQ\n', /gpg --decrypt/],
    ['JSON', '{\n  "AccessKeyId": "x"\n}\n', /is JSON/],
    ['HTML', '<!DOCTYPE html>\n<html></html>\n', /HTML or XML/],
    ['UTF-16 without a mark', Buffer.from('[alice]\n', 'utf16le'), /UTF-16/],
    ['UTF-16 of the other order', Buffer.from('[alice]\n', 'utf16le').swap16(), /UTF-16/],
  ])('%s', async (_form, credentials, said) => {
    const keys = `[profile alice]\n${KEYS}mfa_serial = arn:aws:iam::123456789012:mfa/alice\n`;
    const box = scene.box({ credentials, config: keys });
    const before = box.credentialsBytes();
    const run = await box.run(refresh());
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(said);
    expect(box.credentialsBytes()).toEqual(before);
    expect(scene.sts.calls).toEqual([]);
    const { stdout } = await box.run(['doctor']);
    expect(stdout.split('\n').filter((line) => line.includes('credentials'))).not.toHaveLength(0);
    expect(stdout.split('\n').length).toBeLessThan(40);
  });
});

test('what is left of a wrapped token goes with the old session, and comes to no other section', async () => {
  const wrapped =
    '\n[alice_token]\n# mine\naws_access_key_id = ASIAOLD\naws_secret_access_key = old\n' +
    'aws_session_token = IQoJb3JpZ2luX2VjEJ3\nWzXh2V4Yl0aN3Yt0vQyqf8\nAbcdefghijkl==\nregion = eu-west-1\n';
  const box = scene.box({ credentials: credentialsOf(ALICE) + wrapped });
  const run = await box.run(refresh());
  expect(run.code).toBe(0);
  // The write removes them, and reports nothing that is gone.
  expect(run.stderr).not.toContain('refuses');
  expect(box.readCredentials()).not.toMatch(/WzXh|Abcdef/);
  expect(box.readCredentials()).toMatch(/# mine\n/);
  const doctor = await box.run(['doctor', 'alice']);
  expect(doctor.stdout).not.toContain('refuses');
});

test('what is left of a wrapped token in a double of the session goes, too, and settings without a value stay', async () => {
  const double = '\n[alice_token]\naws_session_token = IQoJ\nWzXh2V4Yl0aN3Yt0vQyqf8\n';
  const first =
    '\n[alice_token]\naws_session_token = IQoJ\nAbcdefghijkl=="\noutput=\ns3=\n    use_dualstack_endpoint = true\n';
  const box = scene.box({ credentials: credentialsOf(ALICE) + first + double });
  const run = await box.run(refresh());
  expect(run).toMatchObject({ code: 0 });
  expect(run.stderr).not.toContain('refuses');
  expect(box.readCredentials()).not.toMatch(/WzXh|Abcdef/);
  expect(box.readCredentials()).toMatch(/\noutput=\ns3=\n {4}use_dualstack_endpoint = true\n/);
  expect((await box.run(['doctor', 'alice'])).stdout).not.toContain('refuses');
});

test.each([
  ['a nested block', 's3 =\n    max_concurrent_requests 20\n'],
  ['a line break of another kind', 's3 =\n    a = b\vjunk\n'],
])(
  '%s that is no key = value: the AWS CLI refuses the file, and it is said',
  async (_what, block) => {
    const box = scene.box({ config: configOf(ALICE) + block });
    const run = await box.run(refresh());
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/warning: .*config, line 4: .*the AWS CLI refuses the whole file/);
    expect((await box.run(['doctor', 'alice'])).code).toBe(4);
  },
);

describe('doctor asks AWS with a profile that has a key', () => {
  test.each([
    ['a region and nothing else', '[default]\nregion = eu-west-1\n'],
    ['an SSO profile', '[default]\nsso_session = work\nsso_account_id = 123456789012\n'],
  ])('[default] is %s', async (_what, text) => {
    const box = scene.box({ config: `${text}\n${configOf(ALICE)}region = eu-west-1\n` });
    const run = await box.run(['doctor']);
    expect(run.stdout).not.toMatch(/\bdefault has no access key/);
    expect(run).toMatchObject({ code: 0 });
  });
});

test('an indented header right under the session is part of it to the AWS CLI, and it is said', async () => {
  const credentials = `${credentialsOf(ALICE)}\n[alice_token]\naws_session_token = old\n  [next]\nregion = x\n`;
  const run = await scene.box({ credentials }).run(refresh());
  expect(run.code).toBe(0);
  expect(run.stderr).toMatch(
    /warning: .*credentials, line \d+: an indented header, which the AWS CLI/,
  );
});

test('a profile called __proto__, with which the SDK for JavaScript reads nothing', async () => {
  const config = `${configOf(ALICE)}\n[profile __proto__]\nregion = eu-west-1\n`;
  const { stdout } = await scene.box({ config }).run(['doctor', 'alice']);
  expect(stdout).toMatch(/config, line 4: .*reserve.*some AWS SDKs read nothing/);
});
