/**
 * Files of odd kinds where the AWS files should be: nothing hangs, nothing is used up, nothing is
 * harmed.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { configOf, useScene } from '../support/scene.ts';

const scene = useScene();
const ALICES = credentialsOf(ALICE);
const code = () => ['--token-code', scene.sts.code('alice')];
const LIMIT = { timeoutMs: 20_000 };

function makePipe(box: Sandbox): string {
  execFileSync('mkfifo', [box.path('pipe')]);
  return box.path('pipe');
}

describe('a named pipe is absent, as to the AWS CLI', () => {
  const lines: [string, string[], number][] = [
    ['status', ['status'], 0],
    ['refresh', ['refresh', 'alice', '--no-prompt'], 4],
    ['env', ['env', 'alice', '--no-prompt'], 4],
    ['exec', ['exec', 'alice', '--no-prompt', '--', 'true'], 4],
    ['credential-process', ['credential-process', 'alice', '--no-prompt'], 4],
    ['clear', ['clear', 'alice'], 0],
    ['doctor', ['doctor', '--json'], 4],
    ['completion', ['completion', 'bash'], 0],
  ];
  test.each(lines)('%s', async (_, args, exit) => {
    const box = scene.box({ config: '' });
    const env = { AWS_SHARED_CREDENTIALS_FILE: makePipe(box) };
    expect((await box.run(args, { env, ...LIMIT })).code).toBe(exit);
  });

  test('as the config file too, and doctor names it', async () => {
    const box = scene.box();
    const env = { AWS_CONFIG_FILE: makePipe(box) };
    const run = await box.run(['doctor', 'alice'], { env, ...LIMIT });
    expect(run.stdout).toMatch(/warning +file +.+pipe is not a regular file/);
    expect((await box.run(['refresh', 'alice'], { env, ...LIMIT })).code).toBe(4);
  });

  test('a session is not written to it, and no code is spent', async () => {
    const box = scene.box({ config: configOf(ALICE) + ALICES.replace('[alice]\n', '') });
    const file = makePipe(box);
    const run = await box.run(['refresh', 'alice', ...code(), '--credentials-file', file], LIMIT);
    expect(run.code).toBe(7);
    expect(run.stderr).toMatch(/it is not a regular file.*\n.*hint: .*AWS_SHARED_CREDENTIALS_FILE/);
    expect(scene.sts.calls).toEqual([]);
  });
});

describe('what a shell hands over', () => {
  test('as <(…) is read, once for all looks at it', async () => {
    const box = scene.box({ config: '' });
    const config = box.writeFile('elsewhere', configOf(ALICE));
    const line = 'AWS_CONFIG_FILE=<(cat "$0") exec mfa-profile "$@"';
    const run = await box.exec('bash', ['-c', line, config, 'refresh', 'alice', ...code()], LIMIT);
    expect(run).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toContain('[alice_token]');
  });

  test('as <(…) may come late', async () => {
    const box = scene.box({ config: '' });
    const config = box.writeFile('elsewhere', configOf(ALICE));
    const line = 'AWS_CONFIG_FILE=<(sleep 0.3; cat "$0") exec mfa-profile "$@"';
    const run = await box.exec('bash', ['-c', line, config, 'refresh', 'alice', ...code()], LIMIT);
    expect(run).toMatchObject({ code: 0 });
  });

  test('/dev/null is an empty file that takes no session', async () => {
    const box = scene.box({ config: configOf(ALICE) + ALICES.replace('[alice]\n', '') });
    const env = { AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
    expect((await box.run(['status'], { env })).code).toBe(0);
    const run = await box.run(['refresh', 'alice', ...code()], { env });
    expect(run.code).toBe(7);
    expect(run.stderr).not.toMatch(/EFTYPE|permissions|chmod/);
    expect(scene.sts.calls).toEqual([]);
  });
});

describe('devices and huge files are refused before they are read', () => {
  test.each([
    ['/dev/zero', /not a regular file/],
    ['a link to it', /not a regular file/],
    ['600 MB', /larger than 64 MB/],
  ])('%s', async (what, words) => {
    const box = scene.box();
    let file = '/dev/zero';
    if (what === 'a link to it') symlinkSync('/dev/zero', (file = box.path('zero')));
    if (what === '600 MB') {
      const descriptor = openSync((file = box.path('huge')), 'w');
      ftruncateSync(descriptor, 600_000_000);
      closeSync(descriptor);
    }
    const runs = [
      ['status', '--credentials-file', file],
      ['status', '--config-file', file],
      ['whoami', 'alice', ...code(), '--ca-bundle', file, '--endpoint-url', 'https://127.0.0.1:1'],
      ['init', 'alice', '--from', file],
    ];
    for (const args of runs) {
      const { code: exit, stderr } = await box.run(args, LIMIT);
      expect(`${args.join(' ')}: ${exit} ${stderr}`).toMatch(/: 4 /);
      expect(stderr).toMatch(words);
    }
  });
});

describe('doctor --fix', () => {
  const fix = (box: Sandbox, file: string) =>
    box.run(['doctor', '--fix', '--credentials-file', file], LIMIT);

  test.each([
    ['a shared folder', 'shared', 0o1777],
    ['a folder of a group', 'group', 0o2775],
    ['a folder of work', 'project', 0o755],
  ])('leaves %s as it is, and does not advise to close it', async (_, name, mode) => {
    const box = scene.box();
    const file = box.writeFile(`${name}/creds`, ALICES, 0o644);
    chmodSync(box.path(name), mode);
    const { stdout } = await fix(box, file);
    expect(statSync(box.path(name)).mode & 0o7777).toBe(mode);
    expect(stdout).not.toMatch(new RegExp(`chmod \\d+ \\S*${name}\\b`));
    // The file in it is the user's own.
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('touches no device, and not the folder that it is in', async () => {
    const before = [statSync('/dev').mode, statSync('/dev/null').mode];
    await fix(scene.box(), '/dev/null');
    expect([statSync('/dev').mode, statSync('/dev/null').mode]).toEqual(before);
  });

  test('an .aws folder with the sticky bit is shared on purpose', async () => {
    const box = scene.box();
    chmodSync(box.folder, 0o1777);
    await fix(box, box.credentialsFile);
    expect(statSync(box.folder).mode & 0o7777).toBe(0o1777);
  });

  test('.aws that is a file is nobody’s folder', async () => {
    const box = scene.box();
    const file = box.writeFile('other/.aws', ALICES, 0o644);
    const { stdout } = await fix(box, `${file}/credentials`);
    expect(stdout).not.toMatch(/chmod/);
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });
});

test.each([
  ['a file', ''],
  ['a folder with something in it', '/mine'],
])('a gate that is %s is named at once, and nobody is said to be asked', async (_what, inside) => {
  const box = scene.box();
  box.writeFile(`.aws/.credentials.alice_token.gate.lock${inside}`, '');
  const run = await box.run(['refresh', 'alice', ...code()], LIMIT);
  expect(run.code).toBe(7);
  expect(run.stderr).toMatch(/\.gate\.lock is in the place of a lock but is not one/);
  expect(run.stderr).not.toContain('another mfa-profile');
  expect(scene.sts.calls).toEqual([]);
});

test.each(['000', '777'])(
  'umask %s: what is new is the owner’s alone, and the owner’s',
  async (umask) => {
    const keys = ALICES.replace('[alice]', '[profile alice]');
    const box = scene.box({ config: `${keys}mfa_serial = arn:aws:iam::123456789012:mfa/alice\n` });
    const file = box.path('new/.aws/credentials');
    const args = ['refresh', 'alice', ...code(), '--credentials-file', file];
    const line = `umask ${umask}; exec mfa-profile "$@"`;
    expect(await box.exec('sh', ['-c', line, 'sh', ...args], LIMIT)).toMatchObject({ code: 0 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const folder of ['new', 'new/.aws']) {
      expect(statSync(box.path(folder)).mode & 0o777).toBe(0o700);
    }
  },
);

test('a link to a volume that is not mounted gets no folder on the open disk', async () => {
  const box = scene.box({
    config: configOf(ALICE) + ALICES.replace('[alice]\n', ''),
  });
  mkdirSync(box.path('links'));
  symlinkSync(box.path('Volumes/Vault/credentials'), box.path('links/credentials'));
  const args = ['refresh', 'alice', ...code(), '--credentials-file', box.path('links/credentials')];
  const run = await box.run(args, LIMIT);
  expect(run.code).toBe(7);
  expect(run.stderr).toMatch(/a link into a folder that does not exist[^]*hint: mount the volume/);
  expect(scene.sts.calls).toEqual([]);
});
