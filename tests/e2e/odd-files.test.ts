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
  truncateSync,
} from 'node:fs';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { quoted } from '../support/quote.ts';
import { PROGRAM } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { configOf, useScene } from '../support/scene.ts';

const scene = useScene();
const ALICES = credentialsOf(ALICE);
const code = () => ['--token-code', scene.sts.code('alice')];

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
    expect((await box.run(args, { env })).code).toBe(exit);
  });

  test('as the config file too, and doctor names it', async () => {
    const box = scene.box();
    const env = { AWS_CONFIG_FILE: makePipe(box) };
    const run = await box.run(['doctor', 'alice'], { env });
    expect(run.stdout).toMatch(/warning +file +.+pipe is not a regular file/);
    expect((await box.run(['refresh', 'alice'], { env })).code).toBe(4);
  });

  test('a session is not written to it, and no code is spent', async () => {
    const box = scene.box({ config: configOf(ALICE) + ALICES.replace('[alice]\n', '') });
    const file = makePipe(box);
    const run = await box.run(['refresh', 'alice', ...code(), '--credentials-file', file]);
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
    const run = await box.exec('bash', ['-c', line, config, 'refresh', 'alice', ...code()]);
    expect(run).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toContain('[alice_token]');
  });

  test('as <(…) may come late', async () => {
    const box = scene.box({ config: '' });
    const config = box.writeFile('elsewhere', configOf(ALICE));
    const line = 'AWS_CONFIG_FILE=<(sleep 0.3; cat "$0") exec mfa-profile "$@"';
    const run = await box.exec('bash', ['-c', line, config, 'refresh', 'alice', ...code()]);
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
    // Where it may not be read, that is told.
    ['a file of the kernel without an end', /larger than 64 MB|permission/],
  ])('%s', async (what, words) => {
    const box = scene.box();
    let file = '/dev/zero';
    if (what === 'a file of the kernel without an end') file = '/proc/self/pagemap';
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
      const { code: exit, stderr } = await box.run(args);
      expect(`${args.join(' ')}: ${exit} ${stderr}`).toMatch(/: 4 /);
      expect(stderr).toMatch(words);
    }
  });
});

test('a config file of 600 MB is not read to be changed', async () => {
  const box = scene.box();
  truncateSync(box.configFile, 600_000_000);
  const args = ['init', 'alice', '--no-prompt', '--serial-number', serialOf(ALICE)];
  const { code: exit, stderr } = await box.run(args);
  expect(`${exit} ${stderr}`).toMatch(/^4 [^]*larger than 64 MB/);
});

describe('a pipe that a shell hands over', () => {
  test.each([
    ['drips', "while printf '# x\\n'; do sleep .2; done"],
    ['is silent', 'sleep 600'],
  ])('and that %s is given up', async (_what, writer) => {
    const box = scene.box();
    const program = [process.execPath, PROGRAM].map(quoted).join(' ');
    const look = async (line: string) => {
      const script = `(${writer}) 2>/dev/null | (${program} ${line}; echo "exit $?")`;
      const child = box.start('sh', ['-c', script]);
      await child.waitForStdout(/exit 4/);
      // The writer would go on.
      child.kill();
      return child.stdout + child.stderr;
    };
    const said = await Promise.all([
      look('status --config-file /dev/stdin'),
      look('doctor --config-file /dev/stdin'),
    ]);
    for (const each of said) expect(each).toMatch(/cannot read \/dev\/stdin/);
  });
});

describe('what is no file of the AWS tools gets no session, and no code is spent', () => {
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  const OTHERS: [string, string | Uint8Array, RegExp][] = [
    ['YAML', '---\nalice:\n  aws_access_key_id: AKIAMADEUP\n', /line 1: text, but no \[section\]/],
    ['CSV', 'User name,Access key ID,Secret access key\nx,AKIAMADEUP,made/up=\n', /no \[section\]/],
    ['a script', '#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIAMADEUP\n', /line 2: text, but no/],
    ['JSON', '[\n  {"AccessKeyId": "AKIAMADEUP"}\n]\n', /is JSON/],
    ['a list in JSON', '["a", "b"]\n', /is JSON/],
    ['a pointer of git-lfs', 'version https://git-lfs.example/spec/v1\nsize 1\n', /no \[section\]/],
    ['base64', 'U2FsdGVkX1abcdefabcdef==\n', /no \[section\]/],
    ['keys without a header', '# mine\n\naws_access_key_id = AKIAMADEUP\n', /line 3: text, but no/],
    ['a header that is not closed', '[alice\naws_access_key_id = AKIAMADEUP\n', /no \[section\]/],
    ['gzip', bytes([0x1f, 0x8b, 8, 0], 'x'), /is binary data/],
    ['a database', bytes('SQLite format 3', [0], 'x'), /line 1: binary data/],
    ['what OpenSSL encrypts', bytes('Salted__', [0xff, 0xfe, 0x80]), /is binary data/],
    [
      'UTF-16 without a mark',
      Buffer.from('[alice]\nx = 1\n', 'utf16le'),
      /UTF-16[^]*save the file/,
    ],
  ];
  test.each(OTHERS)('%s', async (_what, credentials, words) => {
    const config = configOf(ALICE) + ALICES.replace('[alice]\n', '');
    const box = scene.box({ credentials, config });
    const run = await box.run(['refresh', 'alice', ...code()]);
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.stderr).toMatch(words);
    expect(run.stderr).not.toContain('fix that line in an editor');
    expect(scene.sts.calls).toEqual([]);
    expect(Buffer.from(box.credentialsBytes())).toEqual(Buffer.from(credentials as string));
  });

  test('a file of comments is one to begin with', async () => {
    const config = configOf(ALICE) + ALICES.replace('[alice]\n', '');
    const box = scene.box({ credentials: '# mine\n\n  ; too\n', config });
    expect(await box.run(['refresh', 'alice', ...code()])).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toMatch(/^# mine\n\n {2}; too\n\n\[alice_token\]\n/);
  });

  test('init saves nothing in one, either', async () => {
    const config = 'alice:\n  mfa_serial: x\n';
    const box = scene.box({ config });
    const run = await box.run(['init', 'alice', '--no-prompt', ...code()]);
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/config, line 1: text, but no \[section\]/);
    expect(box.readConfig()).toBe(config);
  });
});

test('a profile that is looked for in a file that AWS tools refuse: that line comes first', async () => {
  for (const config of [configOf(ALICE), '']) {
    const box = scene.box({ credentials: ALICES.replace('[alice]', '{alice}'), config });
    const run = await box.run(['refresh', 'alice', ...code()]);
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/hint: fix line 1 of .*credentials first/);
  }
});

describe('doctor --fix', () => {
  const fix = (box: Sandbox, file: string) =>
    box.run(['doctor', '--fix', '--credentials-file', file]);

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
    expect(stdout).toMatch(/bad +file +cannot write/);
    expect(stdout).not.toContain('init will create it');
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
  const run = await box.run(['refresh', 'alice', ...code()]);
  expect(run.code).toBe(7);
  expect(run.stderr).toMatch(/\.gate\.lock is in the place of a lock but is not one/);
  expect(run.stderr).not.toContain('another mfa-profile');
  expect(scene.sts.calls).toEqual([]);
});

test.each(['000', '777'])(
  'umask %s: what is new belongs to the owner and is closed to others',
  async (umask) => {
    const keys = ALICES.replace('[alice]', '[profile alice]');
    const box = scene.box({ config: `${keys}mfa_serial = arn:aws:iam::123456789012:mfa/alice\n` });
    const file = box.path('new/.aws/credentials');
    const args = ['refresh', 'alice', ...code(), '--credentials-file', file];
    const line = `umask ${umask}; exec mfa-profile "$@"`;
    expect(await box.exec('sh', ['-c', line, 'sh', ...args])).toMatchObject({ code: 0 });
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
  const run = await box.run(args);
  expect(run.code).toBe(7);
  expect(run.stderr).toMatch(/a link into a folder that does not exist[^]*hint: mount the volume/);
  expect(scene.sts.calls).toEqual([]);
  const doctor = await box.run(['doctor', ...args.slice(-2)]);
  expect(doctor.code).toBe(4);
  expect(doctor.stdout).toMatch(/bad +file +cannot write .*a link into a folder/);
});
