/** `status --watch` on a pseudo-terminal. */
import { readFileSync } from 'node:fs';
import { having } from '../support/needs.ts';
import type { Pty } from '../support/pty.ts';
import { quoted } from '../support/quote.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';

const { test } = having('pty');

const expiry = (seconds: number): string =>
  new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

const session = (name: string, end: string): string => `[${name}_token]
aws_access_key_id = ASIAEXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = token
x_security_token_expires = ${end}
`;

let box: Sandbox;
afterEach(() => {
  box.cleanup();
});

/** Watches under `sh`, which says afterwards how it ended and whether the terminal is as it was. */
function watchInShell(...options: string[]): Pty {
  const command = `before=$(stty -g); mfa-profile status --watch ${options.join(' ')}; code=$?
    [ "$before" = "$(stty -g)" ] && echo "as it was, $code"`;
  return box.openPty(['-c', command], { file: 'sh', cols: 90, rows: 12 });
}

/** What was drawn last. */
const lastFrame = (pty: Pty): string => pty.output.split('\x1b[?2026h').at(-1)!;

test.each([
  ['q', 'q', 0],
  ['Ctrl-C', '\x03', 130],
])(
  'counts down, sees the file change, and %s leaves the terminal as it was',
  async (_, key, code) => {
    box = makeSandbox({ credentials: session('prod', expiry(7201)) });
    const pty = watchInShell();
    const left = /prod_token +valid .* (\d\d:\d\d:\d\d)/;
    const [, before] = await pty.waitFor(left);
    const [, after] = await pty.waitFor(left);
    expect([after!, before!].sort()).toEqual([after, before]);
    expect(after).not.toBe(before);
    box.writeCredentials(session('prod', expiry(-60)) + session('next', expiry(3600)));
    await pty.waitFor(/prod_token +expired .* ago/);
    await pty.waitFor(/next_token +valid/);
    box.writeCredentials('[prod]\rbroken');
    await pty.waitFor(/cannot be|line 1/);
    box.writeCredentials(session('back', expiry(3600)));
    await pty.waitFor(/back_token/);
    pty.type(key);
    await pty.waitFor(new RegExp(`as it was, ${code}\\n`));
    await pty.exit;
    // The alternate screen and the cursor: taken and given back, once each.
    for (const [set, reset] of [
      ['\x1b[?1049h', '\x1b[?1049l'],
      ['\x1b[?25l', '\x1b[?25h'],
      ['\x1b[?7l', '\x1b[?7h'],
    ]) {
      expect(pty.output.split(set!)).toHaveLength(2);
      expect(pty.output.split(reset!)).toHaveLength(2);
    }
    // No flicker: nothing is ever wiped before it is drawn over.
    expect(pty.output).not.toContain('\x1b[2J');
  },
);

test('fits the window, and follows its size', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `team-${index}`);
  box = makeSandbox({ credentials: names.map((name) => session(name, expiry(7200))).join('') });
  const pty = watchInShell();
  await pty.waitFor(/and 12 more/);
  expect(lastFrame(pty).split('\r\n')).toHaveLength(12);
  pty.resize(50, 30);
  await pty.waitFor(/team-19 [^]*q to quit/);
  const frame = lastFrame(pty);
  expect(frame).not.toContain('more');
  const widths = frame
    .split('\r\n')
    .map((line) => [...line.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')].length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(50);
  pty.type('q');
  await pty.waitFor(/as it was, 0/);
});

having('pty', 'proc').test('a signal ends it with the terminal as it was', async () => {
  box = makeSandbox({ credentials: session('prod', expiry(7200)) });
  const pty = watchInShell('prod_token');
  await pty.waitFor(/prod_token/);
  const children = readFileSync(`/proc/${pty.pid}/task/${pty.pid}/children`, 'utf8');
  // The sandbox's mfa-profile is a shell that has become node.
  process.kill(Number(children.trim().split(' ')[0]), 'SIGTERM');
  await pty.waitFor(/as it was, 130/);
});

const NODE_PTY = '@lydell/node-pty';
const HOLD_TERMINAL = `
  const pty = require(process.argv[1]).spawn('sleep', ['600'], {});
  console.log(pty.ptsName);`;

test('it ends when the terminal that its keys come from goes away', async () => {
  box = makeSandbox({ credentials: session('prod', expiry(7200)) });
  // A terminal is gone when its one holder is: what this process starts would inherit one of its own.
  const holder = box.start(process.execPath, ['-e', HOLD_TERMINAL, require.resolve(NODE_PTY)]);
  const [stdin] = await holder.waitForStdout(/\/dev\/\S+/);
  const stderr = box.writeFile('stderr', '');
  const pty = box.openPty(['status', '--watch'], { redirect: { stdin, stderr } });
  await pty.waitFor(/q to quit/);
  holder.kill();
  expect(await pty.exit).toEqual({ code: 130, signal: null });
  expect(readFileSync(stderr, 'utf8')).toBe('');
  expect(pty.output).toContain('\x1b[?1049l');
});

test('--notify tells the desktop once of a session that is about to end', async () => {
  box = makeSandbox({
    credentials: session('prod', expiry(120)) + session('good', expiry(7200)),
    env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/somewhere' },
  });
  const log = box.writeFile('notified', '');
  box.writeFile('bin/notify-send', `#!/bin/sh\nprintf '%s\\n' "$*" >> ${quoted(log)}\n`, 0o755);
  const pty = watchInShell('--notify');
  for (let frame = 0; frame < 3; frame++) await pty.waitFor(/expiring.* 00:01:\d\d/);
  pty.type('q');
  await pty.waitFor(/as it was, 0/);
  expect(readFileSync(log, 'utf8')).toMatch(
    /^--app-name=mfa-profile -- mfa-profile prod_token expires in 1 minute \d+ seconds\n$/,
  );
});

test.each([
  [['--watch', '--json'], /--watch or --json/, 2],
  [['--watch', '--check'], /--watch or --check/, 2],
  [['--notify'], /goes with --watch/, 2],
  [['--watch', 'nobody'], /no profile nobody/, 4],
])('status %j is refused', async (options, words, code) => {
  box = makeSandbox({ credentials: session('prod', expiry(7200)) });
  const result = await box.run(['status', ...options]);
  expect(result).toMatchObject({ code, stdout: '' });
  expect(result.stderr).toMatch(words);
});

test('--watch in a pipe writes the table, and again when it changes, until it is interrupted', async () => {
  box = makeSandbox({ credentials: session('prod', expiry(7200)) });
  const child = box.spawn(['status', '--watch']);
  const seen = async (words: RegExp): Promise<void> => {
    while (!words.test(child.stdout)) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await seen(/prod_token +valid/);
  box.writeCredentials(session('prod', expiry(-60)));
  await seen(/prod_token +expired/);
  child.signal('SIGINT');
  expect(await child.result).toMatchObject({ code: 130, stderr: '' });
  expect(child.stdout).not.toContain('\u001b');
});

test('a terminal that cannot redraw gets the table once, and again when a state changes', async () => {
  box = makeSandbox({ credentials: session('prod', expiry(1800)), env: { TERM: 'dumb' } });
  const pty = box.openPty(['status', '--watch']);
  await pty.waitFor(/prod_token +valid/);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  // Twice if a minute has passed between.
  expect(pty.screen.match(/prod_token/g)!.length).toBeLessThanOrEqual(2);
  box.writeCredentials(session('prod', expiry(-60)));
  await pty.waitFor(/prod_token +expired/);
  pty.key('ctrl-c');
  expect((await pty.exit).code).toBe(130);
  expect(pty.output).not.toContain('\x1b');
});
