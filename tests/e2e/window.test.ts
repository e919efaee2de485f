/** `--prompt window` and `mfa_prompt`: a window of the desktop asks for the code. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ALICE, BOB, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import type { StsUser } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { openDisplay } from '../support/display.ts';
import { testWith } from '../support/needs.ts';
import { quoted } from '../support/quote.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { expectNoSecret } from '../support/secrets.ts';

let sts: LocalSts;
let box: Sandbox;

const profile = (user: StsUser, ...more: string[]) =>
  [`[profile ${user.userName}]`, `mfa_serial = ${serialOf(user)}`, ...more, ''].join('\n');

/** Programs of this system are not found, so that the stand-ins alone are there. */
const ALONE = () => `${box.path('bin')}:${box.path('none')}`;

beforeEach(async () => {
  sts = await startLocalSts({ totpClock: 'fresh' });
  box = makeSandbox({
    credentials: credentialsOf(ALICE, BOB),
    config: profile(ALICE) + profile(BOB),
    env: { DISPLAY: ':9' },
    sts,
  });
  box.env['PATH'] = ALONE();
});
afterEach(async () => {
  box.cleanup();
  await sts.close();
});

/** A program that notes its words and its stdin, a line each, and then does as it is told. */
function standIn(name: string, does: string): () => string[] {
  const log = box.writeFile(`${name}.calls`, '');
  const note = `#!/bin/sh\nfor word; do printf '%s\\n' "$word"; done >> ${quoted(log)}\necho -- >> ${quoted(log)}\n`;
  box.writeFile(`bin/${name}`, note + does, 0o755);
  return () =>
    readFileSync(log, 'utf8')
      .split('--\n')
      .slice(0, -1)
      .map((call) => call.trim());
}

const zenity = (does = `echo ${sts.code('alice')}\n`) => standIn('zenity', does);
const refresh = (...args: string[]) => box.run(['refresh', 'alice', ...args]);
const QUESTION = `MFA code for alice (${serialOf(ALICE)})`;

test('zenity is told profile and device, and prints the code', async () => {
  const calls = zenity();
  const result = await refresh('--prompt', 'window', '--debug');
  expect(result).toMatchObject({ code: 0, stdout: '' });
  expect(calls()).toEqual([
    `--entry\n--hide-text\n--timeout=300\n--title=MFA code\n--text=${QUESTION}`,
  ]);
  expectNoSecret([...calls(), result.stderr], sts.secrets());
  expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
});

test('kdialog, where there is no zenity', async () => {
  const calls = standIn('kdialog', `echo ${sts.code('alice')}\n`);
  expect(await refresh('--prompt', 'window')).toMatchObject({ code: 0 });
  expect(calls()).toEqual([`--title\nMFA code\n--password\n<qt>${QUESTION}</qt>`]);
});

const PINENTRY = (get: string) => `
echo "OK Pleased to meet you"
while read -r line; do
  printf '%s\\n' "$line" >> "$HOME/said"
  case $line in GETPIN) ${get};; BYE) echo OK; exit;; *) echo OK;; esac
done
`;

test('pinentry, by its protocol', async () => {
  const calls = standIn('pinentry', PINENTRY(`echo "D ${sts.code('alice')}"; echo OK`));
  expect(await refresh('--prompt', 'window')).toMatchObject({ code: 0 });
  expect(calls()).toEqual(['']);
  expect(readFileSync(box.path('said'), 'utf8').split('\n')).toEqual([
    ...['OPTION no-grab', 'SETTIMEOUT 300', 'SETTITLE MFA code', `SETDESC ${QUESTION}`],
    ...['SETPROMPT MFA code:', 'GETPIN', 'BYE', ''],
  ]);
});

test('what a window leaves running, with its pipes, is not waited for', async () => {
  zenity(
    `while [ -d ${quoted(box.path('bin'))} ]; do sleep 1; done &\necho ${sts.code('alice')}\n`,
  );
  // The stand-in needs sleep, and no other program that could open a window.
  const sleep = '#!/bin/sh\nexec /bin/sleep "$@"\n';
  box.writeFile('bin/sleep', sleep, 0o755);
  expect(await refresh('--prompt', 'window')).toMatchObject({ code: 0 });
});

test('a window that cannot be opened: the next program asks', async () => {
  zenity('echo "cannot open display: :9" >&2; exit 1\n');
  standIn('kdialog', 'kill -ABRT $$\n');
  standIn('pinentry-gnome3', PINENTRY('echo "ERR 83918950 Inappropriate ioctl"'));
  const calls = standIn('pinentry', PINENTRY(`echo "D ${sts.code('alice')}"; echo OK`));
  expect(await refresh('--prompt', 'window')).toMatchObject({ code: 0 });
  expect(calls()).toHaveLength(1);
});

test('none of them can: exit 3 names them', async () => {
  zenity('exit 255\n');
  standIn('pinentry', 'exit 2\n');
  const { code, stderr } = await refresh('--prompt', 'window');
  expect(code).toBe(3);
  expect(stderr).toMatch(/no program here opens a window .*\(tried zenity, pinentry\)/);
  expect(stderr).toMatch(/hint: ask on a terminal with --prompt terminal/);
});

test.each([
  ['no program', {}, /\(tried zenity, kdialog, pinentry\)/],
  ['no display', { DISPLAY: undefined }, /no display for a window .*DISPLAY nor WAYLAND_DISPLAY/],
])('%s: exit 3 at once', async (_name, env, said) => {
  const { code, stderr } = await box.run(['refresh', 'alice', '--prompt', 'window'], { env });
  expect(code).toBe(3);
  expect(stderr).toMatch(said);
  expect(sts.calls).toEqual([]);
});

test.each<[setting: string | undefined, args: string[], env: NodeJS.ProcessEnv, opens: boolean]>([
  [undefined, [], {}, false],
  ['window', [], {}, true],
  ['auto', [], {}, true],
  [undefined, ['--prompt', 'auto'], {}, true],
  ['terminal', [], {}, false],
  ['none', [], {}, false],
  ['window', ['--prompt', 'terminal'], {}, false],
  ['terminal', ['--prompt', 'window'], {}, true],
  ['window', ['--no-prompt'], {}, false],
  ['window', ['--prompt', 'none'], {}, false],
  ['window', [], { MFA_PROFILE_NO_PROMPT: '1' }, false],
  [undefined, ['--prompt', 'window'], { MFA_PROFILE_NO_PROMPT: '1' }, true],
])('mfa_prompt = %s, %p, %p: a window %s', async (setting, args, env, opens) => {
  if (setting) box.writeConfig(profile(ALICE, `mfa_prompt = ${setting}`));
  const calls = zenity();
  const { code, stderr } = await box.run(['refresh', 'alice', ...args], { env });
  expect({ code, stderr }).toMatchObject({ code: opens ? 0 : 3 });
  expect(calls()).toHaveLength(opens ? 1 : 0);
});

test("a role's own setting comes before its source's", async () => {
  const role = 'arn:aws:iam::123456789012:role/admin';
  box.writeConfig(
    profile(ALICE, 'mfa_prompt = none') +
      `[profile admin]\nrole_arn = ${role}\nsource_profile = alice\nmfa_prompt = window\nduration_seconds = 7200\n`,
  );
  const calls = zenity();
  expect(await box.run(['refresh', 'admin'])).toMatchObject({ code: 0 });
  expect(calls()).toHaveLength(1);
});

test.each([
  [
    ['--prompt', 'dialog'],
    2,
    /unknown value for --prompt: dialog\n.*it is one of: auto, terminal, window, none/,
  ],
  [['--prompt', 'window', '--no-prompt'], 2, /--no-prompt or --prompt, not both/],
])('%p is exit 2', async (args, code, said) => {
  const result = await refresh(...args);
  expect(result.code).toBe(code);
  expect(result.stderr).toMatch(said);
});

test('a setting that is none of them is told with file and line', async () => {
  box.writeConfig(profile(ALICE, 'mfa_prompt = dialog'));
  const { code, stderr } = await refresh();
  expect(code).toBe(4);
  expect(stderr).toMatch(/mfa_prompt of profile alice .*auto, terminal, window or none/);
  expect(stderr).toContain(`${box.configFile}, line 3: mfa_prompt = dialog`);
});

test('a window that is closed is exit 130, and nothing is sent', async () => {
  zenity('exit 1\n');
  expect(await refresh('--prompt', 'window')).toMatchObject({ code: 130, stdout: '' });
  expect(sts.calls).toEqual([]);
});

test('a wrong code is asked for again, three times in all', async () => {
  const calls = zenity('echo 000000\n');
  // The same code twice is never sent.
  box.writeFile(
    'bin/zenity',
    readFileSync(box.path('bin/zenity'), 'utf8').replace(
      '000000',
      '"00000$(grep -c entry "$HOME/zenity.calls")"',
    ),
    0o755,
  );
  box.env['PATH'] = `${ALONE()}:/usr/bin:/bin`;
  const result = await refresh('--prompt', 'window');
  expect(result.code).toBe(5);
  expect(sts.callsOf('GetSessionToken')).toHaveLength(3);
  expect(calls()).toHaveLength(3);
  expect(calls()[1]).toMatch(/--text=AWS rejected that code .*: 2 tries left\nMFA code for alice/);
});

test('what is no code is asked for again, and costs no try', async () => {
  const calls = zenity(
    `[ -e "$HOME/once" ] && echo ${sts.code('alice')} || { : > "$HOME/once"; echo 12345; }\n`,
  );
  expect(await refresh('--prompt', 'window')).toMatchObject({ code: 0 });
  expect(calls()[1]).toContain(`--text=a code has six digits\n${QUESTION}`);
  expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
});

test('in Japanese; and a name that GTK and HTML would read', async () => {
  const name = 'a_b<b>&\\x';
  box.writeCredentials(credentialsOf({ ...ALICE, userName: name }));
  box.writeConfig(`[profile "${name}"]\nmfa_serial = ${serialOf(ALICE)}\n`);
  const calls = zenity();
  const env = { LC_ALL: 'ja_JP.UTF-8' };
  const result = await box.run(['refresh', name, '--prompt', 'window'], { env });
  expect(result).toMatchObject({ code: 0 });
  expect(calls()[0]).toContain('--title=MFA コード');
  expect(calls()[0]).toContain('a__b<b>&\\\\x');
});

test('several profiles: a window each, one after another', async () => {
  const calls = zenity(
    `case $* in *alice*) echo ${sts.code('alice')};; *) echo ${sts.code('bob')};; esac\n`,
  );
  const result = await box.run(['refresh', 'alice', 'bob', '--prompt', 'window']);
  expect(result).toMatchObject({ code: 0 });
  expect(calls()).toHaveLength(2);
});

test('six processes at once: one window, one call', async () => {
  box.env['PATH'] = `${ALONE()}:/usr/bin:/bin`;
  const calls = zenity(`sleep 2; echo ${sts.code('alice')}\n`);
  const line = ['credential-process', 'alice', '--prompt', 'window'];
  const results = await Promise.all(Array.from({ length: 6 }, () => box.run(line)));
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(calls()).toHaveLength(1);
  expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
});

test('a session that is valid opens no window', async () => {
  await refresh('-t', sts.code('alice'));
  const calls = zenity();
  const line = ['credential-process', 'alice', '--prompt', 'window'];
  expect(await box.run(line)).toMatchObject({ code: 0 });
  expect(calls()).toEqual([]);
});

async function waitForFile(file: string): Promise<string> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    try {
      const text = readFileSync(file, 'utf8').trim();
      if (text !== '') return text;
    } catch {
      // Not there yet.
    }
    await pause(50);
  }
  throw new Error(`${file} was not written`);
}

async function waitForEnd(pid: number): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await pause(50);
  }
  throw new Error('the window is still open');
}

test('a signal closes the window', async () => {
  zenity('echo $$ > "$HOME/pid"; exec /bin/sleep 60\n');
  const child = box.spawn(['refresh', 'alice', '--prompt', 'window']);
  const pid = Number(await waitForFile(box.path('pid')));
  child.signal('SIGTERM');
  expect((await child.result).code).toBe(130);
  await waitForEnd(pid);
});

test('a caller that has gone closes the window', async () => {
  zenity('echo $$ > "$HOME/pid"; exec /bin/sleep 60\n');
  const caller = box.start(
    '/bin/sh',
    ['-c', 'mfa-profile credential-process alice --prompt window | cat; :'],
    {
      env: { PATH: `${ALONE()}:/usr/bin:/bin` },
    },
  );
  const pid = Number(await waitForFile(box.path('pid')));
  caller.signal('SIGKILL');
  await waitForEnd(pid);
});

testWith(['pty'], 'auto: on a terminal the terminal asks', async () => {
  const calls = zenity();
  const pty = box.openPty(['refresh', 'alice', '--prompt', 'auto']);
  await pty.waitFor(/MFA code for alice/);
  pty.type(sts.code('alice'));
  pty.key('enter');
  expect(await pty.exit).toMatchObject({ code: 0 });
  expect(calls()).toEqual([]);
});

describe('the programs themselves', () => {
  beforeEach(() => {
    box.env['PATH'] = `${box.path('bin')}:${process.env['PATH']}`;
    box.env['XDG_CURRENT_DESKTOP'] = '';
  });
  const line = ['credential-process', 'alice', '--prompt', 'window'];

  testWith(['display', 'zenity'], 'zenity', async () => {
    const display = await openDisplay(box);
    const child = box.spawn(line, { env: { DISPLAY: display.name } });
    await display.answer('^MFA code$', sts.code('alice'));
    const { code, stdout } = await child.result;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ Version: 1 });
    const closed = box.spawn([...line, '--force'], { env: { DISPLAY: display.name } });
    await display.dismiss('^MFA code$');
    expect(await closed.result).toMatchObject({ code: 130, stdout: '' });
  });

  testWith(['display', 'pinentry-gtk-2'], 'pinentry', async () => {
    zenity('echo "cannot open display" >&2; exit 1\n');
    const display = await openDisplay(box);
    const child = box.spawn(line, { env: { DISPLAY: display.name } });
    await display.answer('^MFA code$', sts.code('alice'));
    expect(await child.result).toMatchObject({ code: 0 });
    const closed = box.spawn([...line, '--force'], { env: { DISPLAY: display.name } });
    await display.dismiss('^MFA code$');
    expect(await closed.result).toMatchObject({ code: 130, stdout: '' });
  });
});
