/** `clear` and `whoami` through the built command. */
import { chmodSync, statSync } from 'node:fs';
import { ALICE, BOB, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { describeWith } from '../support/needs.ts';
import { expectMode } from '../support/sandbox.ts';
import { configOf, hoursAhead, sessionText, useScene } from '../support/scene.ts';

const scene = useScene();
const withCode = (user = 'alice') => ['--token-code', scene.sts.code(user)];
const OURS = { manager: 'mfa-profile' };
const expires = (hours: number) => ({ x_security_token_expires: hoursAhead(hours) });

describe('clear', () => {
  describeWith(['pty'], 'with nothing to remove', () => {
    test.each(['--all', '--expired'])(
      '%s says so to a person, and to nobody else',
      async (which) => {
        const box = scene.box();
        const pty = box.openPty(['clear', which]);
        expect((await pty.exit).code).toBe(0);
        expect(pty.screen).toMatch(/^mfa-profile: [^]*:\s+nothing to remove\n$/);
        const quiet = box.openPty(['clear', which, '--quiet']);
        expect((await quiet.exit).code).toBe(0);
        expect(quiet.screen).toBe('');
        expect(await box.run(['clear', which])).toMatchObject({ code: 0, stdout: '', stderr: '' });
      },
    );
  });

  test('takes exactly what a refresh added, region and output too', async () => {
    const before = `${credentialsOf(ALICE)}\n# the end\n`;
    const box = scene.box({
      credentials: before,
      config: `${configOf(ALICE)}region = eu-west-3\noutput = json\n`,
    });
    await box.run(['refresh', 'alice', ...withCode()]);
    expect(box.readCredentials()).toMatch(/output = json\n$/);
    const run = await box.run(['clear', 'alice']);
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toMatch(/^mfa-profile: removed \[alice_token\] from .*\n$/);
    expect(box.readCredentials()).toBe(before);
  });

  test('leaves what the user keeps in the section', async () => {
    const mine = '[alice_token]\n# mine\nregion = sa-east-1\ns3 =\n  addressing_style = path\n';
    const box = scene.box({
      credentials: `${credentialsOf(ALICE)}\n${mine}`,
      config: `${configOf(ALICE)}region = eu-west-3\noutput = json\n`,
    });
    await box.run(['refresh', 'alice', ...withCode()]);
    await box.run(['clear', 'alice_token']);
    expect(box.readCredentials()).toBe(`${credentialsOf(ALICE)}\n${mine}`);
  });

  // The AWS CLI's writer has such a case: can_handle_empty_section.
  test.each([
    ['at the end', '\n[alice_token]\n'],
    ['at the end, without a last newline', '\n[alice_token]'],
    ['in the middle', '\n[alice_token]\n\n[other]\nregion = x\n'],
    ['with comments', '[alice_token]  # mine\n# mine, too\n\n[other]\n'],
    ['with CRLF', '\r\n[alice_token]\r\n'],
  ])('leaves a header that the user had, %s', async (_, mine) => {
    const before = credentialsOf(ALICE) + mine;
    const box = scene.box({
      credentials: before,
      config: `${configOf(ALICE)}region = eu-west-3\noutput = json\n`,
    });
    for (const again of [[], ['--force']]) {
      expect((await box.run(['refresh', 'alice', ...withCode(), ...again])).code).toBe(0);
    }
    expect(box.readCredentials()).toMatch(/aws_session_token = /);
    expect((await box.run(['clear', 'alice'])).code).toBe(0);
    expect(box.readCredentials()).toBe(before);
  });

  test('in the middle of the file, with sections behind it', async () => {
    const box = scene.box();
    const before = box.readCredentials();
    await box.run(['refresh', 'alice', ...withCode()]);
    const behind = '\n# theirs\n[other]\nregion = x';
    box.writeCredentials(box.readCredentials() + behind);
    await box.run(['clear', 'alice']);
    expect(box.readCredentials()).toBe(before + behind);
  });

  test('what is not there is 0, also without a file, and makes none', async () => {
    const box = scene.box();
    for (const name of ['alice', 'nosuch', 'nosuch_token']) {
      expect((await box.run(['clear', name])).code).toBe(0);
    }
    const none = scene.box({ credentials: '', config: '' });
    const missing = ['--credentials-file', none.path('none/credentials')];
    for (const args of [['alice'], ['--all'], ['--expired'], []]) {
      expect((await none.run(['clear', ...args, ...missing])).code).toBe(0);
    }
    expect(() => statSync(none.path('none'))).toThrow('ENOENT');
  });

  test('--expired and --all remove only what this program wrote', async () => {
    const theirs = sessionText('theirs', { ...expires(-1), manager: 'awsume' });
    const odd = sessionText('odd', { ...OURS, expiration: '2020-01-01 00:00:00' });
    const good = sessionText('good_token', { ...expires(1), ...OURS });
    const box = scene.box({
      credentials: `${credentialsOf(ALICE)}\n${sessionText('over_token', { ...expires(-1), ...OURS })}\n${theirs}\n${odd}\n${good}`,
    });
    expect((await box.run(['clear', '--expired'])).code).toBe(0);
    expect(box.readCredentials()).toBe(`${credentialsOf(ALICE)}\n${theirs}\n${odd}\n${good}`);
    expect((await box.run(['clear', '--all'])).code).toBe(0);
    expect(box.readCredentials()).toBe(`${credentialsOf(ALICE)}\n${theirs}`);
    // By its name another tool's session goes too.
    expect((await box.run(['clear', 'theirs'])).code).toBe(0);
    expect(box.readCredentials()).toBe(credentialsOf(ALICE));
  });

  test('a name of its own, and a profile that is gone from both files', async () => {
    const box = scene.box({
      credentials: `${credentialsOf(ALICE)}\n${sessionText('work', OURS)}\n${sessionText('gone_token', OURS)}`,
      config: `${configOf(ALICE)}session_profile = work\n`,
    });
    expect((await box.run(['clear', 'alice', 'gone', '--quiet'])).stderr).toBe('');
    expect(box.readCredentials()).toBe(credentialsOf(ALICE));
  });

  test('of doubled sections none is left', async () => {
    const box = scene.box({
      credentials: `${sessionText('alice_token', OURS)}# one\n${credentialsOf(ALICE)}${sessionText('alice_token', OURS)}# two\n`,
    });
    expect((await box.run(['clear', 'alice'])).code).toBe(0);
    expect(box.readCredentials()).toBe(`# one\n${credentialsOf(ALICE)}# two\n`);
  });

  test('every name is tried, and the first failure is the exit', async () => {
    const key =
      '[bob_token]\naws_access_key_id = AKIAMADEUPKEY0000000\naws_secret_access_key = x\n';
    const box = scene.box({
      credentials: `${credentialsOf(ALICE, BOB)}\n${key}\n${sessionText('alice_token', OURS)}`,
    });
    const run = await box.run(['clear', 'bob', 'alice']);
    expect(run.code).toBe(4);
    expect(box.readCredentials()).toBe(`${credentialsOf(ALICE, BOB)}\n${key}`);
  });

  test('mode and link stay as they are', async () => {
    const box = scene.box({
      credentials: `${credentialsOf(ALICE)}\n${sessionText('alice_token', OURS)}`,
    });
    chmodSync(box.credentialsFile, 0o640);
    expect((await box.run(['clear', 'alice'])).code).toBe(0);
    expectMode(box.credentialsFile, 0o640);
  });
});

describe('whoami', () => {
  test('gets a session where it needs one, and prints the ARN', async () => {
    const box = scene.box();
    const { code, stdout } = await box.run(['whoami', 'alice', ...withCode()]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'arn:aws:iam::123456789012:user/alice\n' });
    const json = await box.run(['whoami', 'alice_token', '--json', '--no-prompt']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/alice',
      profile: 'alice',
      session_profile: 'alice_token',
    });
    expect(scene.sts.calls.map(({ action }) => action)).toEqual([
      'GetSessionToken',
      'GetCallerIdentity',
      'GetCallerIdentity',
    ]);
    expect(scene.sts.calls.at(-1)!.accessKeyId).toMatch(/^ASIA/);
  });

  test('without a code it is 3, unknown 4, unreachable 6', async () => {
    const box = scene.box();
    expect((await box.run(['whoami', 'alice'])).code).toBe(3);
    expect((await box.run(['whoami', 'nosuch'])).code).toBe(4);
    await box.run(['refresh', 'alice', ...withCode()]);
    const away = ['--endpoint-url', 'http://127.0.0.1:1'];
    const run = await box.run(['whoami', 'alice', ...away]);
    expect(run).toMatchObject({ code: 6, stdout: '' });
  });
});

test('a mistyped name is answered with what is there, and is no failure', async () => {
  const box = scene.box();
  await box.run(['refresh', 'alice', ...withCode()]);
  const run = await box.run(['clear', 'alcie']);
  expect(run.code).toBe(0);
  expect(run.stderr).toMatch(/did you mean alice_token\?\n$/);
});

test('a name that has only the suffix in common is no guess', async () => {
  const box = scene.box();
  await box.run(['refresh', 'alice', ...withCode()]);
  const run = await box.run(['clear', 'bob']);
  expect(run.code).toBe(0);
  expect(run.stderr).toMatch(/nothing to remove\n$/);
});
