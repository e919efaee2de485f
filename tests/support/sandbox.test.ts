/** The sandbox and the pseudo-terminal do what the end-to-end tests lean on. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import { useAws } from './aws-cli.ts';
import { describeOnNodes } from './nodes.ts';
import { stripAnsi } from './pty.ts';
import type { Sandbox } from './sandbox.ts';
import { makeSandbox } from './sandbox.ts';
import { expectNoSecret } from './secrets.ts';
import { testWith } from './needs.ts';
import { isAlive, until } from './until.ts';

let box: Sandbox;
beforeEach(() => {
  box = makeSandbox();
});
afterEach(() => box.cleanup());

const NODE = process.execPath;
const OPEN_TTY = `
  const fs = require('node:fs');
  try { fs.openSync('/dev/tty', 'r+'); console.log('tty') } catch (error) { console.log(error.code) }`;

describe('the files', () => {
  test('are written byte for byte, for their owner only, and read again', () => {
    const text = '\uFEFF[a]\r\nkey = ü';
    box.writeCredentials(text);
    box.writeConfig(Uint8Array.of(0xff, 0x0a));
    expect(box.readCredentials()).toBe(text);
    expect(box.credentialsBytes()).toEqual(Buffer.from(text));
    expect(readFileSync(box.configFile)).toEqual(Buffer.of(0xff, 0x0a));
    expect(statSync(box.credentialsFile).mode & 0o777).toBe(0o600);
    expect(statSync(box.folder).mode & 0o777).toBe(0o700);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  });

  test('are not there unless asked for, and are gone in the end', () => {
    expect(box.credentialsExist()).toBe(false);
    box.cleanup();
    expect(existsSync(box.home)).toBe(false);
  });
});

describe('a run', () => {
  test('inherits nothing but the path', async () => {
    process.env['AWS_PROFILE'] = 'of-the-tester';
    const { stdout } = await box.exec(NODE, ['-p', 'JSON.stringify(process.env)'], {
      env: { ADDED: 'yes', USER: undefined },
    });
    delete process.env['AWS_PROFILE'];
    const env = JSON.parse(stdout) as NodeJS.ProcessEnv;
    expect(env).toMatchObject({ HOME: box.home, TZ: 'UTC', ADDED: 'yes' });
    expect(Object.keys(env).filter((name) => /^AWS_|PROXY|NODE_|^USER$/i.test(name))).toEqual([]);
  });

  test('knows the local STS by its endpoint', async () => {
    const other = makeSandbox({ sts: { endpoint: 'http://127.0.0.1:1' } });
    expect(other.env).toMatchObject({
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_IAM: 'http://127.0.0.1:1',
    });
    other.cleanup();
  });

  test('has no terminal, not even /dev/tty', async () => {
    const { stdout } = await box.exec(NODE, ['-e', OPEN_TTY]);
    expect(stdout).toBe('ENXIO\n');
    const stdin = await box.exec(NODE, ['-p', 'process.stdin.isTTY ?? "no"']);
    expect(stdin.stdout).toBe('no\n');
  });

  test('reads what it is given, and gives both streams, its code or its signal', async () => {
    const script = 'cat; echo err >&2; exit 7';
    expect(await box.exec('sh', ['-c', script], { stdin: 'in' })).toEqual({
      ...{ code: 7, signal: null, stdout: 'in', stderr: 'err\n' },
    });
    expect(await box.exec('sh', ['-c', 'kill -9 $$'])).toMatchObject({
      code: null,
      signal: 'SIGKILL',
    });
    await expect(box.exec(box.path('no-such-program'), [])).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  testWith(['ps'], 'that does not end is killed with what it started, and says so', async () => {
    const started = `echo waiting >&2; sleep 300 & echo $! > pid; wait`;
    await expect(box.exec('sh', ['-c', started], { timeoutMs: 3000 })).rejects.toThrow(
      /did not end within 3000 ms; stderr:\nwaiting/,
    );
    const pid = Number(readFileSync(box.path('pid'), 'utf8'));
    await until(() => !isAlive(pid));
  });
});

describe('a pseudo-terminal', () => {
  testWith(['pty'], 'shows, takes typing and keys, and tells the end', async () => {
    const script = `
      process.stdout.write('\x1b[1mname?\x1b[0m ');
      process.stdin.on('data', (typed) => process.stdout.write('hello ' + typed));`;
    const pty = box.openPty(['-e', script], { file: NODE });
    await pty.waitFor(/name\?/);
    pty.type('alice');
    pty.key('enter');
    const [, name] = await pty.waitFor(/hello (\w+)/);
    expect(name).toBe('alice');
    expect(pty.output).toContain('\x1b[1mname?');
    expect(pty.screen).toBe('name? alice\nhello alice\n');
    pty.key('ctrl-c');
    expect(await pty.exit).toEqual({ code: null, signal: 'SIGINT' });
  });

  testWith(['pty'], 'waits for what came after the last match, and not forever', async () => {
    const pty = box.openPty(['-c', 'echo code?; read x; echo code?; read x; exit 3'], {
      file: 'sh',
    });
    await pty.waitFor(/code\?/);
    await expect(pty.waitFor(/code\?/, 200)).rejects.toThrow('no /code\\?/: 200 ms went by');
    pty.key('enter');
    await pty.waitFor(/code\?/);
    const never = expect(pty.waitFor(/never/)).rejects.toThrow('the program ended with 3');
    pty.key('enter');
    await never;
    expect(await pty.exit).toEqual({ code: 3, signal: null });
  });

  testWith(['pty'], 'loses nothing of a program that fills screens and ends at once', async () => {
    const pty = box.openPty(['-e', 'console.log("x".repeat(50_000) + "end")'], { file: NODE });
    await pty.exit;
    expect(pty.screen.replaceAll('\n', '')).toHaveLength(50_003);
  });

  testWith(['pty'], 'is the controlling terminal even where every stream is a file', async () => {
    const [stdout, stderr] = [box.path('out'), box.path('err file')];
    const ask = `
      const fs = require('node:fs');
      fs.writeSync(fs.openSync('/dev/tty', 'w'), 'on the terminal');
      console.log([0, 1, 2].map((fd) => require('node:tty').isatty(fd)).join());
      console.error('err')`;
    const redirect = { stdin: '/dev/null', stdout, stderr };
    const pty = box.openPty(['-e', ask], { file: NODE, redirect });
    await pty.waitFor(/on the terminal/);
    expect(await pty.exit).toEqual({ code: 0, signal: null });
    expect(readFileSync(stdout, 'utf8')).toBe('false,false,false\n');
    expect(readFileSync(stderr, 'utf8')).toBe('err\n');
  });

  testWith(['pty'], 'can be resized', async () => {
    const sizes = `process.stdout.on('resize', () => { console.log(process.stdout.columns); process.exit() });
      console.log('ready'); setInterval(() => {}, 1000)`;
    const pty = box.openPty(['-e', sizes], { file: NODE, cols: 80 });
    await pty.waitFor(/ready/);
    pty.resize(123, 40);
    await pty.waitFor(/123/);
  });
});

test('escapes are taken out, of every kind', () => {
  expect(stripAnsi('\x1b]0;title\x07a\x1b[31;1mb\x1b[0m\x1b[2K\x1b[?25l\x1b7c\x1b(Bd\r\n')).toBe(
    'abcd\n',
  );
});

describe('expectNoSecret', () => {
  test.each([
    ['as it is', 'key: se/cret+value=='],
    ['in a URL', 'https://host/?k=se%2Fcret%2Bvalue%3D%3D'],
    ['in base64', Buffer.from('se/cret+value==').toString('base64')],
    ['a code', 'code 123456.'],
  ])('finds a secret %s, and does not show it', (_how, text) => {
    const look = () => expectNoSecret({ stdout: '', stderr: text }, ['se/cret+value==', '123456']);
    expect(look).toThrow(/a secret of \d+ characters is shown/);
    expect(look).not.toThrow(/se\/cret|123456|se%2F/);
  });

  test('takes six digits inside a longer number for a coincidence, and no secrets for a mistake', () => {
    expectNoSecret(['1234567', 'port 91234560'], ['123456']);
    expect(() => expectNoSecret('', [])).toThrow('no secrets were given');
  });
});

describeOnNodes('', (node) => {
  test('runs', async () => {
    const { stdout } = await box.exec(node, ['--version']);
    expect(stdout).toMatch(/^v\d+\.\d+\.\d+\n$/);
  });
});

testWith(
  ['aws'],
  'the AWS CLI gets a session from the local STS, and a refusal in its words',
  async () => {
    const sts = await startLocalSts();
    const home = makeSandbox({ sts, credentials: credentialsOf(ALICE) });
    useAws(home, sts);
    try {
      const ask = async (code: string) => {
        const mfa = ['--serial-number', serialOf(ALICE), '--token-code', code];
        const args = ['--profile', 'alice', '--region', 'eu-west-1', 'sts', 'get-session-token'];
        return home.exec('aws', [...args, ...mfa]);
      };
      const good = await ask(sts.code('alice'));
      expect(JSON.parse(good.stdout)).toMatchObject({
        Credentials: { SessionToken: sts.sessions[0]?.sessionToken },
      });
      const used = await ask(sts.code('alice'));
      expect(used.stderr).toContain(
        'An error occurred (AccessDenied) when calling the GetSessionToken operation: ' +
          'MultiFactorAuthentication failed with invalid MFA one time pass code.',
      );
      const iam = ['--region', 'eu-west-1', 'iam', 'list-mfa-devices'];
      const devices = await home.exec('aws', ['--profile', 'alice', ...iam]);
      expect(JSON.parse(devices.stdout)).toMatchObject({
        MFADevices: [{ UserName: 'alice', SerialNumber: serialOf(ALICE) }],
      });
    } finally {
      home.cleanup();
      await sts.close();
    }
  },
);
