/** Fewer steps: no name where one is clear, a word on how a session is used, the shell's own session. */
import { ADMIN_ROLE, ALICE, CAROL, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { describeWith } from '../support/needs.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { configOf, hoursAhead, sessionText, useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

const scene = useScene();
const code = () => ['-t', scene.sts.code('alice')];
const VALID = { x_security_token_expires: hoursAhead(5), manager: 'mfa-profile' };

describe('without a name', () => {
  test.each<[string, NodeJS.ProcessEnv]>([
    ['AWS_PROFILE', { AWS_PROFILE: 'alice' }],
    ['AWS_DEFAULT_PROFILE, as in the AWS CLI', { AWS_DEFAULT_PROFILE: 'alice', AWS_PROFILE: 'x' }],
    ['MFA_PROFILE', { MFA_PROFILE: 'alice' }],
    ['AWS_PROFILE before MFA_PROFILE', { AWS_PROFILE: 'alice_token', MFA_PROFILE: 'x' }],
  ])('%s tells which', async (_what, env) => {
    const box = scene.box();
    expect(await box.run(['refresh', ...code()], { env })).toMatchObject({ code: 0 });
    expect(await box.run(['refresh', '--no-prompt'], { env })).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toContain('[alice_token]');
  });

  test.each(['refresh', 'env', 'whoami', 'credential-process'])(
    '%s: exit 4 names the profiles that there are',
    async (command) => {
      const box = scene.box({ credentials: credentialsOf(ALICE, CAROL) });
      const result = await box.run([command]);
      expect(result).toMatchObject({ code: 4, stdout: '' });
      expect(result.stderr).toMatch(/hint: .*alice, carol.*--profile alice/);
      expect(result.stderr).not.toContain('aws configure');
    },
  );

  test('a name that a variable gives wrongly: exit 4 names them, too', async () => {
    const box = scene.box({ credentials: credentialsOf(ALICE, CAROL) });
    for (const name of ['AWS_PROFILE', 'MFA_PROFILE']) {
      const result = await box.run(['refresh'], { env: { [name]: 'elsewhere' } });
      expect(result).toMatchObject({ code: 4, stdout: '' });
      expect(result.stderr).toMatch(/mfa-profile init elsewhere; .*: alice, carol/);
    }
  });

  test.each([
    ['refresh', 'alice_token refreshed'],
    ['whoami', 'user/alice'],
    ['env', 'AWS_ACCESS_KEY_ID=ASIA'],
    ['credential-process', '"AccessKeyId":"ASIA'],
  ])('a terminal offers them, and is asked for the code: %s', async (command, result) => {
    const box = scene.box({ credentials: credentialsOf(CAROL, ALICE) });
    const pty = box.openPty([command], { cols: 200 });
    await pty.waitFor(/Which profile\?/);
    pty.key('down');
    pty.key('enter');
    await pty.waitFor(/MFA code for alice/);
    pty.type(scene.sts.code('alice'));
    pty.key('enter');
    expect(await pty.exit).toMatchObject({ code: 0 });
    expect(pty.screen).toContain(result);
    expect(box.readCredentials()).toContain('[alice_token]');
  });

  test.each(['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'MFA_PROFILE'])(
    'so it does where %s names none that can be used',
    async (variable) => {
      const box = scene.box({
        credentials: credentialsOf(CAROL, ALICE),
        config: `${configOf(ALICE)}\n[profile bare]\noutput = json\n`,
      });
      for (const name of ['gone', 'bare']) {
        const pty = box.openPty(['refresh'], { env: { [variable]: name } });
        await pty.waitFor(new RegExp(`${variable} names ${name}, but[^]*Which profile\\?`));
        pty.key('ctrl-c');
        expect(await pty.exit).toEqual({ code: 130, signal: null });
      }
    },
  );

  test('one that gets its credentials in another way is named instead', async () => {
    const config = '[profile work]\nsso_session = company\n';
    const box = scene.box({ credentials: credentialsOf(CAROL, ALICE), config });
    const pty = box.openPty(['refresh'], { env: { AWS_PROFILE: 'work' }, cols: 200 });
    await pty.waitFor(/work gets its credentials from IAM Identity Center/);
    expect(await pty.exit).toEqual({ code: 4, signal: null });
  });

  test('a choice that is left with Ctrl-C ends the command', async () => {
    const pty = scene.box({ credentials: credentialsOf(CAROL, ALICE) }).openPty(['refresh']);
    await pty.waitFor(/Which profile\?/);
    pty.key('ctrl-c');
    expect(await pty.exit).toEqual({ code: 130, signal: null });
  });

  test('an empty home is sent to init, not to another program', async () => {
    const result = await scene.box({ credentials: '' }).run(['refresh']);
    expect(result.stderr).toContain('mfa-profile init default');
    expect(result.stderr).not.toContain('aws configure');
  });
});

describe('after a session', () => {
  test('the first one: how it is used, once', async () => {
    const box = scene.box();
    const first = box.openPty(['refresh', 'alice', ...code()]);
    await first.waitFor(/use it: aws .* --profile alice_token.*AWS_PROFILE=alice_token/);
    await first.exit;
    const line = ['refresh', 'alice', '--force', '-t', await scene.sts.nextCode('alice')];
    expect((await box.run(line)).stderr).not.toContain('use it');
    expect((await box.run(['clear', 'alice'])).code).toBe(0);
    const quiet = ['refresh', 'alice', '--quiet', '-t', await scene.sts.nextCode('alice')];
    expect((await box.run(quiet)).stderr).toBe('');
  });

  test.each(["o'neil", 'my prod', '$HOME', '本番'])(
    'of %s, the line can be pasted',
    async (name) => {
      const box = scene.box({
        credentials: credentialsOf(ALICE).replace('[alice]', `[${name}]`),
        config: configOf(ALICE).replace('[profile alice]', `[profile "${name}"]`),
        env: { LC_ALL: 'C.UTF-8' },
      });
      const first = box.openPty(['refresh', name, ...code()], { cols: 200 });
      const [, option, assignment] = await first.waitFor(
        /use it: aws s3 ls --profile (.+), or: (.+)/,
      );
      await first.exit;
      const script = `${assignment}; printf '%s|' "$AWS_PROFILE" ${option}`;
      const said = await box.exec('sh', ['-c', script]);
      expect(said.stdout).toBe(`${name}_token|${name}_token|`);
    },
  );

  test('a duration that was not applied is told (99designs/aws-vault#51)', async () => {
    const box = scene.box();
    await box.run(['refresh', 'alice', ...code()]);
    const again = await box.run(['refresh', 'alice', '--duration', '36h']);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toMatch(/duration was not applied.*--force/);
    const env = { MFA_PROFILE_DURATION: '36h' };
    expect((await box.run(['refresh', 'alice'], { env })).stderr).not.toContain('duration');
  });
});

describe('a shell that holds a session', () => {
  async function held(): Promise<{ box: Sandbox; env: NodeJS.ProcessEnv }> {
    const config = `${configOf(ALICE)}\n[profile admin]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = alice\n`;
    const box = scene.box({ config });
    await box.run(['refresh', 'admin', ...code()]);
    const { stdout } = await box.run(['env', 'admin', '--format', 'dotenv']);
    const env = Object.fromEntries(
      stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    return { box, env };
  }

  test('whoami without a name says who that is', async () => {
    const { box, env } = await held();
    const { stdout } = await box.run(['whoami'], { env });
    expect(stdout).toMatch(/assumed-role\/admin\//);
    const json = await box.run(['whoami', '--json'], { env });
    expect(JSON.parse(json.stdout)).toMatchObject({
      profile: 'admin',
      session_profile: 'admin_token',
    });
    const named = await box.run(['whoami', 'alice'], { env });
    expect(named.stdout).toMatch(/user\/alice/);
    const chosen = await box.run(['whoami'], { env: { ...env, AWS_PROFILE: 'alice' } });
    expect(chosen.stdout).toMatch(/user\/alice/);
  });

  test('also one that the file has no more', async () => {
    const { box, env } = await held();
    await box.run(['clear', 'admin']);
    expect((await box.run(['whoami'], { env })).stdout).toMatch(/assumed-role\/admin\//);
  });

  test('status marks which', async () => {
    const { box, env } = await held();
    const { stdout } = await box.run(['status'], { env });
    expect(stdout).toMatch(/^admin .*in this shell$/m);
    expect(stdout).not.toMatch(/^alice .*in this shell$/m);
    expect((await box.run(['status'])).stdout).not.toContain('in this shell');
  });
});

test('status lists sources by their own or a role’s device, the roles, and every session', async () => {
  const config = [
    `[profile admin]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = alice\nmfa_serial = ${serialOf(ALICE)}\n`,
    `[profile audit]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = admin\n`,
    `[profile bare]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = carol\n`,
  ].join('\n');
  const credentials = `${credentialsOf(ALICE, CAROL)}\n${sessionText('other', VALID)}`;
  const { stdout } = await scene.box({ credentials, config }).run(['status', '--json']);
  const { profiles } = JSON.parse(stdout) as { profiles: { profile: string; state: string }[] };
  expect(profiles.map(({ profile, state }) => `${profile} ${state}`)).toEqual([
    'alice missing',
    'admin missing',
    'audit missing',
    'other valid',
  ]);
});

test('env on a terminal says how it is meant, and nowhere else', async () => {
  const box = scene.box();
  await box.run(['refresh', 'alice', ...code()]);
  const pty = box.openPty(['env', 'alice', '--format', 'env']);
  await pty.waitFor(/eval "\$\(mfa-profile env alice\)"/);
  expect(await pty.exit).toMatchObject({ code: 0 });
  const piped = await box.run(['env', 'alice', '--format', 'env']);
  expect(piped.stderr).toBe('');
  expectNoSecret(piped.stderr, scene.sts.secrets());
});

describeWith(['pty'], 'how a first session is used', () => {
  test.each([
    [100, /use it: aws s3 ls --profile alice_token, or: export AWS_PROFILE=alice_token$/m],
    [60, /use it: aws s3 ls --profile alice_token$/m],
  ])('in a window of %i columns it is one line', async (cols, line) => {
    const pty = scene.box().openPty(['refresh', 'alice', '-t', scene.sts.code('alice')], { cols });
    expect((await pty.exit).code).toBe(0);
    expect(pty.screen).toMatch(line);
  });
});
