/** `refresh` through the built command: what it writes, which profile it means, when it asks AWS. */
import { statSync } from 'node:fs';
import {
  ALICE,
  BOB,
  FRANK,
  GRACE,
  HEIDI,
  ROOT,
  credentialsOf,
  serialOf,
} from '../../fixtures/sts/accounts.ts';
import { testWith } from '../support/needs.ts';
import { expectMode } from '../support/sandbox.ts';
import { MADE_UP_SESSION, configOf, hoursAhead, sessionText, useScene } from '../support/scene.ts';

const scene = useScene();
const withCode = (user = 'alice') => ['--token-code', scene.sts.code(user)];

describe('what is written (contract: the session section)', () => {
  test('is a section at the end, behind one blank line, with what STS returned', async () => {
    const box = scene.box();
    const before = box.readCredentials();
    const { code, stdout, stderr } = await box.run(['refresh', 'alice', ...withCode()]);
    const session = scene.sts.sessions[0]!;
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^mfa-profile: alice_token .* until \d{4}-\d\d-\d\d \d\d:\d\d\n$/);
    expect(box.readCredentials()).toBe(
      `${before}\n[alice_token]\n` +
        `aws_access_key_id = ${session.accessKeyId}\n` +
        `aws_secret_access_key = ${session.secretAccessKey}\n` +
        `aws_session_token = ${session.sessionToken}\n` +
        `x_security_token_expires = ${session.expiration.toISOString().replace('.000Z', 'Z')}\n` +
        'manager = mfa-profile\n' +
        `x_mfa_profile_origin = ${ALICE.accessKeyId} ${serialOf(ALICE)}\n`,
    );
    expectMode(box.credentialsFile, 0o600);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  });

  test('bears the expiry that STS returned, not now + duration (broamski/aws-mfa#64)', async () => {
    const box = scene.box({ credentials: credentialsOf(ROOT), config: configOf(ROOT) });
    const run = await box.run(['refresh', 'root', '--duration', '36h', ...withCode('root')]);
    expect(run.code).toBe(0);
    expect(scene.sts.calls[0]?.params['DurationSeconds']).toBe('129600');
    const expiry = /x_security_token_expires = (.*)/.exec(box.readCredentials())![1]!;
    expect(expiry).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(expiry)).toBe(scene.sts.sessions[0]!.expiration.getTime());
    expect(Date.parse(expiry) - Date.now()).toBeLessThanOrEqual(3600_000);
  });

  test('takes region and output of the source along (broamski/aws-mfa PR 21)', async () => {
    const box = scene.box({ config: `${configOf(ALICE)}region = eu-west-3\noutput = yaml\n` });
    await box.run(['refresh', 'alice', ...withCode()]);
    expect(box.readCredentials()).toMatch(/mfa\/alice\nregion = eu-west-3\noutput = yaml\n$/);
    expect(scene.sts.calls[0]?.region).toBe('eu-west-3');
    // The user changes region: the next refresh follows, without a second line.
    box.writeConfig(`${configOf(ALICE)}region = eu-north-1\n`);
    await box.run(['refresh', 'alice', '--force', ...withCode()]);
    expect(box.readCredentials()).toMatch(/mfa\/alice\nregion = eu-north-1\n$/);
  });

  test('a region that the config file has for the session itself is not covered up', async () => {
    const own = '[profile alice_token]\nregion = sa-east-1\n';
    const box = scene.box({
      config: `${configOf(ALICE)}region = eu-west-3\noutput = yaml\n${own}`,
    });
    await box.run(['refresh', 'alice', ...withCode()]);
    expect(box.readCredentials()).toMatch(/mfa\/alice\noutput = yaml\n$/);
  });

  test('a setting that cannot be written is found before the code is spent', async () => {
    const box = scene.box({ config: `${configOf(ALICE)}output = text\n  or more\n` });
    const run = await box.run(['refresh', 'alice', ...withCode()]);
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/error: output of profile/);
    expect(scene.sts.calls).toEqual([]);
  });

  test('leaves the keys and comments of the user, but for what would contradict it', async () => {
    const box = scene.box({
      credentials:
        '# mine\n[alice_token] # session\nregion = sa-east-1\n' +
        'aws_security_token = stale==\n; note\nS3 =\n  max_queue_size = 5\n' +
        'EXPIRATION = 2020-01-01 00:00:00\ncli_pager =\n\n' +
        credentialsOf(ALICE),
      config: `${configOf(ALICE)}region = eu-west-3\n`,
    });
    expect((await box.run(['refresh', 'alice', ...withCode()])).code).toBe(0);
    const text = box.readCredentials();
    expect(text).toMatch(
      /^# mine\n\[alice_token\] # session\nregion = sa-east-1\n; note\nS3 =\n {2}max_queue_size = 5\ncli_pager =\naws_access_key_id = /,
    );
    expect(text).not.toMatch(/aws_security_token|EXPIRATION|eu-west-3/);
    expect(text.endsWith(`\n\n${credentialsOf(ALICE)}`)).toBe(true);
  });

  test('goes into the first of doubled sections, and leaves one (contract)', async () => {
    const box = scene.box({
      credentials:
        `${sessionText('alice_token', { x_security_token_expires: hoursAhead(3) })}# first\n` +
        `${credentialsOf(ALICE)}${sessionText('alice_token')}# second\n[other]\nregion=x\n`,
    });
    const run = await box.run(['refresh', 'alice', ...withCode()]);
    expect(run.code).toBe(0);
    const text = box.readCredentials();
    expect(text.match(/\[alice_token\]/g)).toHaveLength(1);
    expect(text).toMatch(/^\[alice_token\]\naws_access_key_id = ASIA/);
    expect(text).toContain(scene.sts.sessions[0]!.sessionToken);
    expect(text.endsWith(`# first\n${credentialsOf(ALICE)}# second\n[other]\nregion=x\n`)).toBe(
      true,
    );
    expect(text).not.toContain(MADE_UP_SESSION.aws_session_token);
  });
});

describe('a long-term key in the session section (contract: never overwritten, exit 4)', () => {
  const key =
    '[alice_token]\naws_access_key_id = AKIAMADEUPKEY0000000\naws_secret_access_key = x\n';
  const cases: [string, string][] = [
    ['alone', key],
    ['in the first of doubled sections', key + sessionText('alice_token')],
    ['in the second of doubled sections', sessionText('alice_token') + key],
    ['with an empty token', `${key}aws_session_token =\n`],
  ];
  test.each(cases)('%s', async (_where, sections) => {
    const box = scene.box({ credentials: credentialsOf(ALICE) + sections });
    const before = box.credentialsBytes();
    for (const args of [
      ['refresh', 'alice', '--force', ...withCode()],
      ['clear', 'alice'],
    ]) {
      const run = await box.run(args);
      expect(run).toMatchObject({ code: 4, stdout: '' });
      expect(run.stderr).toMatch(/error: \[alice_token\] .* holds a long-term key/);
    }
    expect(box.credentialsBytes()).toEqual(before);
    expect(scene.sts.calls).toEqual([]);
  });
});

describe('which profile is meant (contract: words)', () => {
  const asked = () => scene.sts.calls.map(({ accessKeyId }) => accessKeyId);

  test('default, or AWS_PROFILE, or the source of a session named there', async () => {
    const box = scene.box({
      credentials: credentialsOf(ALICE, { ...BOB, userName: 'default' }),
      config: `[default]\nmfa_serial = ${serialOf(BOB)}\n${configOf(ALICE)}`,
    });
    await box.run(['refresh', ...withCode('bob')]);
    expect(box.readCredentials()).toContain('[default_token]');
    await box.run(['refresh', ...withCode()], { env: { AWS_PROFILE: 'alice_token' } });
    expect(box.readCredentials()).toContain('[alice_token]');
    await box.run(['refresh', '--force', ...withCode()], { env: { AWS_PROFILE: 'alice' } });
    await box.run(['refresh', 'alice_token', '--force', ...withCode()]);
    await box.run(['--profile', 'alice_token', 'refresh', '--force', ...withCode()]);
    const alice = ALICE.accessKeyId;
    expect(asked()).toEqual([BOB.accessKeyId, alice, alice, alice, alice]);
    expect(box.readCredentials().match(/^\[.*\]$/gm)).toHaveLength(4);
  });

  test('session_profile names the session, and is a name for the source too', async () => {
    const box = scene.box({ config: `${configOf(ALICE)}session_profile = work/mfa\n` });
    await box.run(['refresh', 'alice', ...withCode()]);
    expect(box.readCredentials()).toContain('\n[work/mfa]\n');
    expect(box.readCredentials()).not.toContain('[alice_token]');
    expect((await box.run(['refresh', 'work/mfa', ...withCode(), '--force'])).code).toBe(0);
    expect(asked()).toEqual([ALICE.accessKeyId, ALICE.accessKeyId]);
  });

  test('--session-profile beats it, and may not be the source nor a name that breaks readers', async () => {
    const box = scene.box({ config: `${configOf(ALICE)}session_profile = work\n` });
    const named = ['refresh', 'alice', '--session-profile'];
    expect((await box.run([...named, 'alice', ...withCode()])).code).toBe(4);
    for (const name of ['__proto__', 'DEFAULT', 'a]b', 'a#b', ' a', 'profile x']) {
      expect((await box.run([...named, name, ...withCode()])).code).toBe(2);
    }
    expect(asked()).toEqual([]);
    expect((await box.run([...named, 'elsewhere', ...withCode()])).code).toBe(0);
    expect(box.readCredentials()).toMatch(/\n\[elsewhere\]\n/);
    expect(box.readCredentials()).not.toContain('[work]');
  });

  const names = ['a@b.c', 'team/prod', 'my profile', '10', 'a.b', 'Ünïcode', 'true', '..'];
  test.each<[string, string]>([
    ...names.map((name): [string, string] => [name, name]),
    ['of 200 letters', 'ü'.repeat(200)],
  ])('a profile named %s (aws/aws-cli#8481, npm ini)', async (_shown, name) => {
    const box = scene.box({
      credentials: credentialsOf({ ...ALICE, userName: name }),
      config: `[profile "${name}"]\nmfa_serial = ${serialOf(ALICE)}\n`,
    });
    expect((await box.run(['refresh', name, ...withCode()])).code).toBe(0);
    expect(box.readCredentials()).toContain(`\n[${name}_token]\naws_access_key_id = ASIA`);
  });

  test('a section [__proto__] stands, and is no profile of its own making', async () => {
    const text = `[__proto__]\npolluted = yes\n\n${credentialsOf(ALICE)}`;
    const box = scene.box({ credentials: text });
    expect((await box.run(['refresh', 'alice', ...withCode()])).code).toBe(0);
    expect(box.readCredentials().startsWith(text)).toBe(true);
    expect((await box.run(['refresh', '__proto__', ...withCode()])).code).toBe(4);
    expect((await box.run(['refresh', 'constructor', ...withCode()])).code).toBe(4);
  });

  test('settings come from the credentials file first, then from the config file', async () => {
    const box = scene.box({
      credentials: `${credentialsOf(ALICE)}duration_seconds = 7200\n`,
      config: `[profile alice]\nmfa_serial = ${serialOf(ALICE)}\nduration_seconds = 1800\n`,
    });
    await box.run(['refresh', 'alice', ...withCode()]);
    expect(scene.sts.calls[0]?.params).toMatchObject({
      DurationSeconds: '7200',
      SerialNumber: serialOf(ALICE),
    });
  });

  test('keys may be in the config file, and both files may be elsewhere (broamski/aws-mfa#66, #70)', async () => {
    const box = scene.box({ credentials: '[untouched]\nregion = x\n' });
    const keys = credentialsOf(ALICE).replace('[alice]', '[profile alice]');
    const config = box.writeFile('other/config', `${keys}mfa_serial = ${serialOf(ALICE)}\n`);
    const credentials = box.path('fresh folder/credentials');
    const env = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
    expect((await box.run(['refresh', 'alice', ...withCode()], { env })).code).toBe(0);
    expect(box.readCredentials()).toBe('[untouched]\nregion = x\n');
    expectMode(credentials, 0o600);
    expectMode(box.path('fresh folder'), 0o700);
    // An option is stronger than the environment, and `~` is the home folder.
    const own = ['--credentials-file', '~/third', '--config-file', config];
    expect((await box.run(['refresh', 'alice', ...own, ...withCode()], { env })).code).toBe(0);
    expectMode(box.path('third'), 0o600);
  });

  test('the environment never gives the keys (broamski/aws-mfa#44, #18, awsume#27)', async () => {
    const box = scene.box({
      env: {
        AWS_ACCESS_KEY_ID: 'ASIAOFTHEENVIRONMENT',
        AWS_SECRET_ACCESS_KEY: 'of-the-environment',
        AWS_SESSION_TOKEN: 'of-the-environment',
        AWS_SECURITY_TOKEN: 'of-the-environment',
        AWS_PROFILE: 'no-such-profile',
        AWS_DEFAULT_PROFILE: 'no-such-profile',
      },
    });
    expect((await box.run(['refresh', 'alice', ...withCode()])).code).toBe(0);
    expect((await box.run(['whoami', 'alice'])).stdout).toBe(
      'arn:aws:iam::123456789012:user/alice\n',
    );
    expect(asked()).toEqual([ALICE.accessKeyId, scene.sts.sessions[0]!.accessKeyId]);
  });

  test.each([
    [FRANK, 'us-east-1'],
    [GRACE, 'cn-north-1'],
    [HEIDI, 'us-gov-west-1'],
  ])('the region follows from the device where none is set: %#', async (user, region) => {
    const box = scene.box({ credentials: credentialsOf(user), config: configOf(user) });
    const run = await box.run(['refresh', user.userName, ...withCode(user.userName)]);
    expect(run.code).toBe(0);
    expect(scene.sts.calls[0]?.region).toBe(region);
    expect(box.readCredentials()).not.toContain('region');
  });
});

describe('when AWS is asked', () => {
  const withSession = (keys: Record<string, string>) =>
    scene.box({ credentials: `${credentialsOf(ALICE)}\n${sessionText('alice_token', keys)}` });
  const soon = (seconds: number) => hoursAhead(seconds / 3600);

  test('not while the session is valid, and then nothing is written', async () => {
    const box = withSession({ x_security_token_expires: hoursAhead(1) });
    const { mtimeNs } = statSync(box.credentialsFile, { bigint: true });
    for (const args of [[], ['--if-expired'], ['--min-ttl', '59m'], ['--no-prompt']]) {
      const run = await box.run(['refresh', 'alice', ...args]);
      expect(run).toMatchObject({ code: 0, stdout: '' });
      expect(run.stderr).toMatch(/^mfa-profile: alice_token is still valid until .*\n$/);
    }
    expect((await box.run(['refresh', 'alice', '--quiet'])).stderr).toBe('');
    expect(statSync(box.credentialsFile, { bigint: true }).mtimeNs).toBe(mtimeNs);
    expect(scene.sts.calls).toEqual([]);
  });

  test.each<[string, () => Record<string, string>, string[]]>([
    ['it is over', () => ({ x_security_token_expires: hoursAhead(-1) }), []],
    ['less than five minutes are left', () => ({ x_security_token_expires: soon(290) }), []],
    [
      'less than --min-ttl is left (aws-vault#469)',
      () => ({ x_security_token_expires: hoursAhead(1) }),
      ['--min-ttl=1h1m'],
    ],
    ['--force', () => ({ x_security_token_expires: hoursAhead(9) }), ['--force']],
    ['no expiry is there (aws/aws-cli#2807)', () => ({}), []],
    [
      'the expiry has no zone (awsume#160)',
      () => ({ expiration: hoursAhead(9).replace('T', ' ').replace('Z', '') }),
      [],
    ],
    ['the expiry is garbage (date-fns)', () => ({ x_security_token_expires: 'tomorrow' }), []],
    [
      'half of the session is there',
      () => ({ x_security_token_expires: hoursAhead(9), aws_secret_access_key: '' }),
      [],
    ],
    [
      'the earlier of two expiries has passed',
      () => ({ x_security_token_expires: hoursAhead(9), aws_expiration: hoursAhead(-1) }),
      [],
    ],
  ])('when %s', async (_why, keys, args) => {
    const box = withSession(keys());
    expect((await box.run(['refresh', 'alice', ...args, '--no-prompt'])).code).toBe(3);
    expect((await box.run(['refresh', 'alice', ...args, ...withCode()])).code).toBe(0);
    expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(1);
    expect(box.readCredentials().match(/expir/g)).toHaveLength(1);
  });

  test.each(['expiration', 'aws_expiration', 'aws_credential_expiration', 'awsmfa_expiration'])(
    'not where another tool left %s with a zone',
    async (key) => {
      const offset = `${new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 19)}+02:00`;
      const box = withSession({ [key]: offset });
      expect((await box.run(['refresh', 'alice'])).code).toBe(0);
      expect(scene.sts.calls).toEqual([]);
    },
  );

  test('with the duration of the option, of the profile, or twelve hours', async () => {
    const box = scene.box();
    const durations: string[][] = [
      [],
      ['--duration-seconds', '900'],
      ['--duration', '1h30m'],
      ['--duration=36h'],
    ];
    for (const args of durations)
      await box.run(['refresh', 'alice', '--force', ...args, ...withCode()]);
    box.writeConfig(`${configOf(ALICE)}duration_seconds = 3600\n`);
    await box.run(['refresh', 'alice', '--force', ...withCode()]);
    expect(scene.sts.calls.map(({ params }) => params['DurationSeconds'])).toEqual([
      '43200',
      '900',
      '5400',
      '129600',
      '3600',
    ]);
  });
});

describe('where the code comes from, in order (contract)', () => {
  test('the option, from stdin too; a leading zero counts', async () => {
    const box = scene.box();
    while (!scene.sts.code('alice').startsWith('0')) scene.sts.advanceTotp();
    expect((await box.run(['refresh', 'alice', ...withCode()])).code).toBe(0);
    const stdin = `${await scene.sts.nextCode('alice')}\r\n`;
    expect((await box.run(['refresh', 'alice', '-t', '-', '--force'], { stdin })).code).toBe(0);
    const run = await box.run(['refresh', 'alice', '-t', '-', '--force'], { stdin: '12 34\n' });
    expect(run.code).toBe(2);
    expect(scene.sts.calls).toHaveLength(2);
  });

  test('only the first line of stdin, however much comes at once', async () => {
    const stdin = `${scene.sts.code('alice')}\nthis is for somebody else\n`;
    expect((await scene.box().run(['refresh', 'alice', '-t', '-'], { stdin })).code).toBe(0);
  });

  test.each(['0>/dev/null', '</', '<&-'])(
    'a stdin that cannot be read holds no code: %s',
    async (from) => {
      const run = await scene.box().exec('sh', ['-c', `mfa-profile refresh alice -t - ${from}`]);
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toMatch(/error: stdin does not hold the six digits/);
    },
  );

  test('mfa_process, which the option on the command line beats (broamski/aws-mfa#67, aws-vault#25)', async () => {
    const box = scene.box();
    const log = box.path('log');
    box.writeConfig(`${configOf(ALICE)}mfa_process = ${scene.sts.codeCommand('alice', { log })}\n`);
    expect((await box.run(['refresh', 'alice', '--no-prompt'])).code).toBe(0);
    const own = scene.sts.codeCommand('alice', { next: true });
    const run = await box.run(['refresh', 'alice', '--force', '--mfa-process', own]);
    expect(run.code).toBe(0);
    await box.run(['refresh', 'alice', '--force', ...withCode()]);
    expect(statSync(log).size).toBeGreaterThan(0);
    expect(scene.sts.calls.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
  });

  test.each([
    ['fails', 'exit 7'],
    ['prints something else', 'echo 12345 or 1234567'],
    ['prints nothing', 'true'],
    ['is not there', 'no-such-program-here'],
    ['dies', 'kill -9 $$'],
  ])('an mfa_process that %s is exit 3, and its output is not shown', async (_how, command) => {
    const box = scene.box();
    const run = await box.run(['refresh', 'alice', '--mfa-process', command]);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/error: the mfa_process of alice gave no code: .+\n.*hint: /);
    expect(run.stderr).not.toContain('123456');
    expect(scene.sts.calls).toEqual([]);
  });

  test('--token-code serves only the first exchange; a further one goes on', async () => {
    const box = scene.box({ credentials: credentialsOf(ALICE, BOB), config: configOf(ALICE, BOB) });
    const run = await box.run(['refresh', 'alice', 'bob', ...withCode()]);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/alice_token .* until[^]*error: bob needs an MFA code/);
    const others = ['--mfa-process', scene.sts.codeCommand('bob')];
    const both = ['refresh', 'alice', 'bob', '--force', ...withCode(), ...others];
    expect((await box.run(both)).code).toBe(0);
    expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(3);
  });

  testWith(
    ['pty'],
    'without a terminal, or with --no-prompt, it ends at once with 3 and says what helps',
    async () => {
      const box = scene.box();
      const none = await box.run(['refresh', 'alice']);
      expect(none).toMatchObject({ code: 3, stdout: '' });
      expect(none.stderr).toMatch(
        /error: alice needs an MFA code.*terminal[^]*hint: .*--token-code/,
      );
      const pty = box.openPty(['refresh', 'alice', '--no-prompt']);
      expect(await pty.exit).toEqual({ code: 3, signal: null });
      expect(pty.screen).toContain('--no-prompt');
      expect(scene.sts.calls).toEqual([]);
    },
  );
});

describe('several profiles, and JSON', () => {
  test('every one is tried, each failure told, the first one is the exit (awsume#142)', async () => {
    const box = scene.box({
      credentials: `${credentialsOf(ALICE)}\n[keyless]\nregion = x\n`,
      config: `${configOf(ALICE)}[profile keyless]\nmfa_serial = ${serialOf(ALICE)}\n`,
    });
    const names = ['nosuch', 'alice', 'keyless', '--token-code', '000000'];
    const run = await box.run(['refresh', '--json', ...names]);
    expect(run.code).toBe(4);
    expect(run.stderr.match(/error: /g)).toHaveLength(3);
    const { profiles } = JSON.parse(run.stdout) as { profiles: Record<string, unknown>[] };
    expect(profiles).toEqual([
      expect.objectContaining({ profile: 'nosuch', session_profile: null, action: 'failed' }),
      expect.objectContaining({
        profile: 'alice',
        session_profile: 'alice_token',
        action: 'failed',
        expiration: null,
        error: {
          code: 5,
          kind: 'wrong-code',
          message: expect.stringContaining('MFA code') as string,
          hint: expect.any(String) as string,
        },
      }),
      expect.objectContaining({ profile: 'keyless', session_profile: 'keyless_token' }),
    ]);
    const wrongFirst = await box.run(['refresh', 'alice', 'nosuch', '--token-code', '000000']);
    expect(wrongFirst.code).toBe(5);
  });

  test('refresh --json has the shape of the contract, and stdout nothing else', async () => {
    const box = scene.box();
    const first = await box.run(['refresh', 'alice_token', '--json', ...withCode()]);
    const second = await box.run(['refresh', 'alice', '--json', '--quiet']);
    const expiration = scene.sts.sessions[0]!.expiration.toISOString().replace('.000Z', 'Z');
    const common = { profile: 'alice', session_profile: 'alice_token', expiration, error: null };
    expect(JSON.parse(first.stdout)).toEqual({ profiles: [{ ...common, action: 'refreshed' }] });
    expect(JSON.parse(second.stdout)).toEqual({ profiles: [{ ...common, action: 'reused' }] });
    expect(second.stderr).toBe('');
  });

  test('--all is every source with a device; one name given twice is one', async () => {
    const box = scene.box({
      credentials: `${credentialsOf(ALICE, BOB)}\n[deviceless]\naws_access_key_id = AKIAMADEUP\naws_secret_access_key = x\n`,
      config: `${configOf(ALICE)}mfa_process = ${scene.sts.codeCommand('alice')}\n${configOf(BOB)}mfa_process = ${scene.sts.codeCommand('bob')}\n`,
    });
    const run = await box.run(['refresh', '--all', '--no-prompt']);
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(2);
    const again = ['refresh', 'alice', 'alice_token', 'alice', '--force', '--no-prompt'];
    expect((await box.run(again)).code).toBe(0);
    expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(3);
    expect((await box.run(['refresh', '--all', 'alice'])).code).toBe(2);
    const none = await makeEmpty().run(['refresh', '--all', '--json']);
    expect(none.code).toBe(0);
    expect(JSON.parse(none.stdout)).toEqual({ profiles: [] });
  });

  const makeEmpty = () => scene.box({ credentials: '', config: '' });
});
