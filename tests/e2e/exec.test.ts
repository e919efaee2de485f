/** `exec`: the child's environment, arguments, streams, signals, exit code and terminal, under every node. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { describeOnNodes } from '../support/nodes.ts';
import { quoted } from '../support/quote.ts';
import { PROGRAM, makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { expectNoSecret } from '../support/secrets.ts';
import { describeWith, testWith, whereIs } from '../support/needs.ts';

let sts: LocalSts;
let box: Sandbox;

beforeAll(async () => {
  sts = await startLocalSts({ totpClock: 'fresh' });
  const config = `[profile alice]\nregion = eu-central-1\nmfa_serial = ${serialOf(ALICE)}\n`;
  box = makeSandbox({ credentials: credentialsOf(ALICE), config, sts });
  const got = await box.run(['refresh', 'alice', '--token-code', sts.code('alice')]);
  if (got.code !== 0) throw new Error(got.stderr);
});

afterAll(async () => {
  box.cleanup();
  await sts.close();
});

const exec = (...command: string[]) => box.run(['exec', 'alice', '--', ...command]);

test('the session is in the environment, and nothing that contradicts it', async () => {
  const env = {
    ...{ AWS_PROFILE: 'x', AWS_DEFAULT_PROFILE: 'alice', AWS_SECURITY_TOKEN: 'x' },
    ...{
      AWS_SESSION_TOKEN: 'x',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_REGION: 'us-east-1',
      OTHER: 'a b\n"c',
    },
  };
  const { stdout, stderr } = await box.run(
    ['exec', 'alice', '--', process.execPath, '-p', 'JSON.stringify(process.env)'],
    { env },
  );
  expect(stderr).toBe('');
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = sts.sessions[0]!;
  const seen = JSON.parse(stdout) as NodeJS.ProcessEnv;
  expect(seen).toEqual({
    ...Object.fromEntries(Object.entries(box.env).filter(([, value]) => value !== undefined)),
    OTHER: env.OTHER,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_CREDENTIAL_EXPIRATION: expiration.toISOString().replace('.000Z', 'Z'),
    AWS_REGION: 'eu-central-1',
    AWS_DEFAULT_REGION: 'eu-central-1',
    MFA_PROFILE: 'alice',
  });
});

describe('arguments arrive byte for byte', () => {
  const ARGS = [
    ...[
      '',
      ' ',
      'a b',
      '--',
      '-t',
      '--help',
      '--version',
      '--debug',
      '--profile=x',
      '-',
      '007',
      '1e3',
    ],
    ...[
      '$HOME',
      '`id`',
      '$(id)',
      "'",
      '"',
      '\\',
      '*',
      '~',
      'a\nb',
      '\t',
      '\x1b',
      'é',
      '日本',
      '\u{1f600}',
    ],
  ];
  const show = [process.execPath, '-p', 'JSON.stringify(process.argv.slice(1))', '--'];

  test.each([
    ['on the short command line', ['exec', 'alice']],
    ['on the long one', ['--quiet', 'exec', '--profile', 'alice']],
  ])('%s', async (_what, line) => {
    const { stdout } = await box.run([...line, '--', ...show, ...ARGS]);
    expect(JSON.parse(stdout)).toEqual(ARGS);
  });
});

test('stdin, stdout and stderr are its own', async () => {
  const script = 'cat; echo out; echo err >&2';
  const stdin = Buffer.from([0, 1, 0xff, 0x0a]);
  const { stdout, stderr } = await box.run(['exec', 'alice', '--', 'sh', '-c', script], { stdin });
  expect(stdout).toBe(`${stdin.toString('utf8')}out\n`);
  expect(stderr).toBe('err\n');
});

test('a token code from stdin leaves nothing of this program behind', async () => {
  const fresh = makeSandbox({ credentials: box.readCredentials(), config: box.readConfig(), sts });
  try {
    const args = ['exec', 'alice', '--force', '-t', '-', '--', 'sh', '-c', 'env; cat'];
    const result = await fresh.run(args, { stdin: `${sts.code('alice')}\n` });
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).not.toMatch(/MFA_PROFILE_|NODE_/);
  } finally {
    fresh.cleanup();
  }
});

describe("its exit code becomes this program's", () => {
  beforeAll(() => {
    box.writeFile('plain', 'exit 0\n', 0o644);
    box.writeFile('no-shebang', 'exit 6\n', 0o755);
    box.writeFile('no-interpreter', '#!/nonexistent/sh\n', 0o755);
  });

  test.each([
    ['success', ['true'], 0],
    ['failure', ['sh', '-c', 'exit 42'], 42],
    ['SIGTERM', ['sh', '-c', 'kill -TERM $$'], 143],
    ['SIGKILL', ['sh', '-c', 'kill -KILL $$'], 137],
    ['SIGINT', ['sh', '-c', 'kill -INT $$'], 130],
    ['a script without a first line', ['./no-shebang'], 6],
  ])('%s', async (_what, command, code) => {
    expect(await exec(...command)).toEqual({ code, signal: null, stdout: '', stderr: '' });
  });

  test.each([
    ['not on PATH', ['nosuchprogram'], 127, /there is no command "nosuchprogram" on PATH/],
    ['an empty name', [''], 127, /there is no command "" on PATH/],
    ['not executable', ['./plain'], 126, /cannot run \.\/plain: permission denied/],
    ['a folder', ['/'], 126, /cannot run \//],
    ['no interpreter', ['./no-interpreter'], 126, /interpreter that its first line names/],
  ])('%s', async (_what, command, code, message) => {
    const result = await exec(...command);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(message);
  });
});

test.each([[['exec', 'alice']], [['exec', 'alice', '--']]])(
  '%j is a mistake that shows how it is meant',
  async (args) => {
    const { code, stdout, stderr } = await box.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('mfa-profile exec prod -- aws s3 ls');
  },
);

// What arrives from PowerShell, which swallows a bare -- (npm/cli#3136).
test('a command behind a name needs no --, and its options stay its own', async () => {
  const script = 'echo "$AWS_ACCESS_KEY_ID $*"';
  for (const before of [['alice'], ['--profile', 'alice'], ['--min-ttl=1h', 'alice']]) {
    const words = ['sh', '-c', script, 'sh', '--json', '--', '--debug'];
    const { code, stdout, stderr } = await box.run(['exec', ...before, ...words]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`${sts.sessions[0]!.accessKeyId} --json -- --debug\n`);
  }
  const code = await box.run(['exec', 'alice', '123456']);
  expect(code).toMatchObject({ code: 2, stdout: '' });
  expect(code.stderr).not.toContain('123456');
});

test('without a session nothing is run', async () => {
  const { code, stdout } = await box.run(['exec', 'alice', '--force', '--no-prompt', '--', 'env']);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
});

testWith(['ps'], 'no secret is in the arguments of any process', async () => {
  // Only this session's processes: other tests pass codes as arguments at the same time.
  const { stdout } = await exec('sh', '-c', 'ps ww -s $(ps -o sid= -p $$) -o args=');
  expect(stdout).toContain('exec alice -- sh -c');
  expectNoSecret(stdout, sts.secrets());
});

describeOnNodes('', (node) => {
  const trap = (signal: string) =>
    `trap 'echo got ${signal}; exit 7' ${signal}; echo ready; while :; do sleep 0.1; done`;

  test.each(['TERM', 'HUP', 'INT', 'QUIT', 'USR1', 'USR2'])(
    'SIG%s that reaches only this program is passed on',
    async (signal) => {
      const child = box.spawn(['exec', 'alice', '--', 'sh', '-c', trap(signal)], { node });
      await child.waitForStdout(/ready/);
      child.signal(`SIG${signal}` as NodeJS.Signals);
      const { code, stdout, stderr } = await child.result;
      expect({ code, stdout, stderr }).toEqual({
        code: 7,
        stdout: `ready\ngot ${signal}\n`,
        stderr: '',
      });
    },
  );

  test('a signal that it does not catch ends both', async () => {
    const child = box.spawn(['exec', 'alice', '--', 'sh', '-c', 'echo ready; exec sleep 60'], {
      node,
    });
    await child.waitForStdout(/ready/);
    child.signal('SIGTERM');
    expect(await child.result).toMatchObject({ code: 143, signal: null });
  });

  testWith(['pty'], 'Ctrl-C reaches it once, and its answer is ours', async () => {
    const script = `n=0; trap 'echo got; n=$((n+1))' INT; echo ready
      while [ $n = 0 ]; do sleep 0.1; done; sleep 0.5; echo "n=$n"; exit 9`;
    const pty = box.openPty(['exec', 'alice', '--', 'sh', '-c', script], { node });
    await pty.waitFor(/ready/);
    pty.key('ctrl-c');
    await pty.waitFor(/n=1/);
    expect(await pty.exit).toEqual({ code: 9, signal: null });
  });

  testWith(['pty'], 'after the question for a code, the terminal is its own', async () => {
    const pty = box.openPty(
      ['exec', 'alice', '--force', '--', 'sh', '-c', 'stty -a; read -r line; echo "<$line>"'],
      {
        node,
      },
    );
    await pty.waitFor(/MFA code/);
    pty.type(sts.code('alice'));
    pty.key('enter');
    await pty.waitFor(/ icanon[^]* echo /);
    pty.type('typed');
    pty.key('enter');
    await pty.waitFor(/<typed>/);
    expect(await pty.exit).toEqual({ code: 0, signal: null });
  });
});

describeOnNodes(
  'as env CMD, ',
  (node) => {
    test('descriptors that were handed to us are handed on', async () => {
      const line =
        'exec 3<"$0" 9>>"$0.out" 12<"$0"; printf x | (exec 4<&0; "$1" "$2" exec alice -- bash -c "read -r a <&3; read -r c <&12; echo \\$a \\$c; cat <&4; echo nine >&9")';
      const file = box.writeFile('handed', 'three\ntwelve\n');
      const { stdout, stderr } = await box.exec('bash', ['-c', line, file, node, PROGRAM]);
      expect({ stdout, stderr }).toEqual({ stdout: 'three three\nx', stderr: '' });
      expect(readFileSync(`${file}.out`, 'utf8')).toBe('nine\n');
      rmSync(`${file}.out`);
    });
  },
  ['bash'],
);

describe('what env and a shell do', () => {
  testWith(['make'], 'a jobserver of make’s reaches the make that is run', async () => {
    box.writeFile('Makefile', 'all:\n\t+mfa-profile exec alice -- $(MAKE) -f inner\n');
    box.writeFile('inner', 'all: a b\na b:\n\t@echo $@\n');
    const { stdout, stderr, code } = await box.exec('make', ['-j2', '-s']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').sort().join('')).toBe('ab');
  });

  testWith(
    ['pty'],
    'with a terminal, a second SIGINT that reaches only this program is passed on',
    async () => {
      const script = "trap 'echo got; exit 7' INT; echo ready; while :; do sleep 0.1; done";
      const pty = box.openPty(['exec', 'alice', '--', 'sh', '-c', script]);
      await pty.waitFor(/ready/);
      // The system merges two equal signals until the first is taken.
      const again = setInterval(() => pty.kill('SIGINT'), 200);
      await pty.waitFor(/got/).finally(() => clearInterval(again));
      expect(await pty.exit).toEqual({ code: 7, signal: null });
    },
  );

  testWith(['nohup', 'pty'], 'nohup inside keeps CMD from a window that is closed', async () => {
    const done = box.path('survived');
    const job = `echo ready; sleep 1; echo yes > ${quoted(done)}`;
    const pty = box.openPty(['exec', 'alice', '--', 'nohup', 'sh', '-c', job]);
    // nohup announces its file before it ignores the signal: what CMD writes comes after both.
    const output = box.path('nohup.out');
    while (!existsSync(output) || !readFileSync(output, 'utf8').includes('ready')) await pause(50);
    pty.hangUp();
    await pty.exit;
    while (!existsSync(done)) await pause(50);
  });
});

describe('without CMD', () => {
  testWith(
    ['pty'],
    'the user’s shell is opened on a terminal, with the profile’s name, and says where it is nested',
    async () => {
      const env = {
        SHELL: box.writeFile('shell', '#!/bin/sh\necho "in $MFA_PROFILE"; exit 3\n', 0o755),
      };
      const pty = box.openPty(['exec', 'alice'], { env });
      await pty.waitFor(/in alice/);
      expect(await pty.exit).toEqual({ code: 3, signal: null });
      expect(pty.screen).not.toMatch(/warning/);
      const nested = box.openPty(['exec', 'alice'], { env: { ...env, MFA_PROFILE: 'bob' } });
      await nested.waitFor(/warning: this shell already has a session of bob/);
      expect(await nested.exit).toEqual({ code: 3, signal: null });
    },
  );

  const PROMPTS: Record<'bash' | 'zsh' | 'fish', [file: string, text: string]> = {
    bash: ['.bashrc', "PS1='ready> '\n"],
    zsh: ['.zshrc', "PS1='ready> '\n"],
    fish: [
      '.config/fish/config.fish',
      "set fish_greeting\nfunction fish_prompt; printf 'ready> '; end\n",
    ],
  };

  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    testWith(
      ['pty', shell],
      `${shell}: the session is in it, whoami and status know it, a second one says so`,
      async () => {
        const [file, text] = PROMPTS[shell];
        box.writeFile(file, text);
        // Where this is missing, fish creates it in the background.
        mkdirSync(box.path('.local/share/fish/generated_completions'), { recursive: true });
        const env = { SHELL: whereIs(shell), TERM: 'dumb' };
        const pty = box.openPty(['exec', 'alice'], { env, cols: 200 });
        const line = async (typed: string, shown: RegExp) => {
          pty.type(`${typed}\r`);
          await pty.waitFor(shown);
        };
        await pty.waitFor(/ready> /);
        await line(
          'echo "$MFA_PROFILE,$AWS_REGION,$AWS_ACCESS_KEY_ID;"',
          /alice,eu-central-1,ASIA/,
        );
        await line('mfa-profile whoami', /user\/alice\n/);
        await line('mfa-profile status', /alice .*in this shell/);
        await line('mfa-profile refresh', /alice_token is still valid/);
        await line('mfa-profile exec', /already has a session of alice[^]*ready> /);
        await line('exit 3', /ready> /);
        pty.type('exit 7\r');
        expect(await pty.exit).toEqual({ code: 7, signal: null });
      },
    );
  }

  testWith(['pty'], 'a shell that is not there is 127, and the hint names SHELL', async () => {
    const pty = box.openPty(['exec', 'alice'], { env: { SHELL: '/nonexistent/zsh' } });
    await pty.waitFor(/no program "\/nonexistent\/zsh"[^]*SHELL names it.*exec NAME -- sh/);
    expect(await pty.exit).toEqual({ code: 127, signal: null });
  });
});

describeWith(['bash'], 'job control in a shell', () => {
  testWith(['pty'], 'Ctrl-Z stops it, fg goes on, and the shell has its exit code', async () => {
    const pty = box.openPty(['--norc', '--noprofile', '-i'], { file: 'bash', env: { PS1: '$ ' } });
    await pty.waitFor(/\$ /);
    // Until it has stopped, a program that waits for a line can still take a letter that is
    // typed at the shell (on a busy machine it did). So it reads only when the shell has its line.
    const script =
      'echo ready; until [ -e go ]; do sleep 0.1; done; read -r line; echo "<$line>"; exit 5\n';
    box.writeFile('reads-late', script);
    pty.type('mfa-profile exec alice -- sh reads-late');
    pty.key('enter');
    await pty.waitFor(/ready\n/);
    pty.key('ctrl-z');
    await pty.waitFor(/Stopped[^]*\$ /);
    pty.type('fg');
    pty.key('enter');
    await pty.waitFor(/fg\s+mfa-profile exec/);
    box.writeFile('go', '');
    pty.type('typed');
    pty.key('enter');
    await pty.waitFor(/<typed>/);
    pty.type('echo "code=$?"');
    pty.key('enter');
    await pty.waitFor(/code=5/);
    pty.kill();
  });

  testWith(['pty'], 'a shell on the terminal, with job control of its own', async () => {
    const pty = box.openPty(['exec', 'alice', '--', 'bash', '--norc', '--noprofile', '-i'], {
      env: { PS1: 'inner$ ' },
    });
    await pty.waitFor(/inner\$ /);
    pty.type('echo "$AWS_REGION:$-"; exit 4\r');
    // `m`: with job control it could take the terminal for its own process group.
    await pty.waitFor(/eu-central-1:\w*m/);
    expect(await pty.exit).toEqual({ code: 4, signal: null });
  });

  testWith(['pty'], 'what it did to the terminal stays', async () => {
    const script = `${quoted(process.execPath)} ${quoted(PROGRAM)} exec alice -- stty -echo; stty -a`;
    const pty = box.openPty(['-c', script], { file: 'bash' });
    await pty.waitFor(/ -echo /);
    await pty.exit;
  });
});
