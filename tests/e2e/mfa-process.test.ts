/** `mfa_process` and one device for several profiles, through the built program. */
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { testWith } from '../support/needs.ts';
import { quoted } from '../support/quote.ts';
import { makeSandbox, PROGRAM } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { expectNoSecret } from '../support/secrets.ts';

let sts: LocalSts;
let box: Sandbox;
afterEach(async () => {
  box.cleanup();
  await sts.close();
});

const keysOf = (name: string) => credentialsOf(ALICE).replace('[alice]', `[${name}]`);
const configOf = (name: string, ...lines: string[]) =>
  `${[`[profile ${name}]`, `mfa_serial = ${serialOf(ALICE)}`, ...lines].join('\n')}\n`;

async function open(lines: (sts: LocalSts) => string[] = () => []): Promise<void> {
  sts = await startLocalSts({ totpClock: 'fresh' });
  box = makeSandbox({
    credentials: keysOf('one') + keysOf('two'),
    config: ['one', 'two'].map((name) => configOf(name, ...lines(sts))).join('\n'),
    sts,
  });
}

test('the profile’s command gives the code, with no terminal, and --mfa-process goes before it', async () => {
  await open(() => ['mfa_process = exit 9']);
  const failed = await box.run(['refresh', 'one', '--debug']);
  expect(failed).toMatchObject({ code: 3, stdout: '' });
  expect(failed.stderr).toContain('the mfa_process of one gave no code: it ended with status 9');
  const line = ['refresh', 'one', '--no-prompt', '--mfa-process', sts.codeCommand('alice')];
  const result = await box.run(line);
  expect(result).toMatchObject({ code: 0 });
  expectNoSecret(result, sts.secrets());
});

test.each(['yes', 'cat /dev/zero', 'yes 123456 | tr -d "\\n"'])(
  'a command that never stops printing is ended: %s',
  async (command) => {
    await open();
    const run = await box.run(['refresh', 'one', '--mfa-process', command]);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('gave no code: it printed more than 64 KiB and was ended');
    box.writeConfig(configOf('one', `credential_process = ${command}`));
    box.writeCredentials('# nothing\n');
    const keys = await box.run(['refresh', 'one', '-t', '123456']);
    expect(keys.code).toBe(4);
    expect(keys.stderr).toContain('it printed more than 64 KiB and was ended');
    expect(sts.calls).toEqual([]);
  },
);

test('a code from a stdin that never ends and has no line is refused', async () => {
  await open();
  const program = [process.execPath, PROGRAM].map(quoted).join(' ');
  const run = await box.exec('sh', ['-c', `${program} refresh one -t - </dev/zero`]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('stdin does not hold the six digits');
});

test('a failure names the line of the profile’s command, and none of the option’s', async () => {
  await open(() => ['mfa_process = exit 7']);
  const run = await box.run(['refresh', 'one']);
  expect(run.code).toBe(3);
  expect(run.stderr).toContain(`gave no code: it ended with status 7 (${box.configFile}, line 3)`);
  const other = await box.run(['refresh', 'one', '--mfa-process', 'exit 8']);
  expect(other.stderr).toMatch(/gave no code: it ended with status 8\n/);
});

test('its output is in no message', async () => {
  await open();
  const line = ['refresh', 'one', '--debug', '--mfa-process', 'echo hunter2 7654321'];
  const { code, stderr } = await box.run(line);
  expect(code).toBe(3);
  expect(stderr).not.toMatch(/7654321|\nhunter2/);
});

test('one device for two profiles in one run, without a single refusal', async () => {
  await open((server) => [`mfa_process = ${server.codeCommand('alice')}`]);
  expect(await box.run(['refresh', 'one', 'two'])).toMatchObject({ code: 0 });
  expect(sts.callsOf('GetSessionToken').map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
});

testWith(
  ['pty'],
  'the command has the terminal, and what is piped to the program is not its to read',
  async () => {
    await open();
    const ask = box.writeFile(
      'ask.sh',
      'printf "touch the key: " >/dev/tty; read line </dev/tty; echo $line\n',
    );
    const pty = box.openPty(['refresh', 'one', '--mfa-process', `sh ${quoted(ask)}`]);
    await pty.waitFor(/touch the key/);
    pty.type(`${sts.code('alice')}\r`);
    expect(await pty.exit).toMatchObject({ code: 0 });
    const greedy = `cat >&2; ${sts.codeCommand('alice')}`;
    const fed = await box.run(['refresh', 'two', '--mfa-process', greedy], {
      stdin: 'for somebody else',
    });
    expect(fed).toMatchObject({
      code: 0,
      stderr: expect.not.stringContaining('somebody') as string,
    });
  },
);

testWith(
  ['pty'],
  'it is told what the code is for, and has the terminal where an SDK holds the streams',
  async () => {
    await open();
    const ask = box.writeFile(
      'ask.sh',
      'echo "$MFA_PROFILE $MFA_PROFILE_SESSION $MFA_SERIAL" >&2; read -r line; echo "$line"\n',
    );
    const redirect = {
      stdin: box.writeFile('in', ''),
      stdout: box.path('out'),
      stderr: box.path('err'),
    };
    const line = ['credential-process', 'one', '--mfa-process', `sh ${quoted(ask)}`];
    const pty = box.openPty(line, { redirect });
    await pty.waitFor(new RegExp(`one one_token ${serialOf(ALICE)}`));
    pty.type(`${sts.code('alice').slice(0, 3)} ${sts.code('alice').slice(3)}\r`);
    expect(await pty.exit).toMatchObject({ code: 0 });
  },
);

testWith(['pty'], 'Ctrl-C while the command runs is an interruption, not its failure', async () => {
  await open();
  const command = 'printf "touch the key" >/dev/tty; sleep 30';
  const pty = box.openPty(['refresh', 'one', '--mfa-process', command]);
  await pty.waitFor(/touch the key/);
  pty.key('ctrl-c');
  const { code, signal } = await pty.exit;
  expect(code === 130 || signal === 'SIGINT').toBe(true);
  expect(pty.screen).not.toContain('gave no code');
});

test('a code that was just used is followed by the next one, after a word on the wait', async () => {
  await open();
  const code = sts.code('alice');
  expect(await box.run(['refresh', 'one', '--token-code', code])).toMatchObject({ code: 0 });
  const child = box.spawn(['refresh', 'two', '--mfa-process', `echo ${code}`]);
  await child.waitForStderr(/AWS rejected the code of .* waiting \d+ s/);
  child.signal('SIGINT');
  expect(await child.result).toMatchObject({ code: 130 });
  expect(box.namesInFolder()).toEqual(['config', 'credentials']);
});
