/** The programs that ask in a window: their words, whatever a profile is called, and what their ends mean. */
import { spawnSync } from 'node:child_process';
import { driversFor, makeLine, namesOf, readAnswer } from '../../src/system/window-drivers.ts';
import type { Answer, Driver, End } from '../../src/system/window-drivers.ts';
import { having, whereIs } from '../support/needs.ts';

const ALL: Driver[] = ['osascript', 'zenity', 'kdialog', 'pinentry', 'powershell'];
const HOSTILE = `a_b <b>"x" & \\n %41 $(id) ' --x`;
const text = { title: 'MFA code', lines: ['first', `MFA code for ${HOSTILE}`], seconds: 300 };

test.each<[string, Record<string, string>, readonly Driver[]]>([
  ['darwin', {}, ['osascript']],
  ['win32', {}, ['powershell']],
  ['linux', {}, []],
  ['linux', { DISPLAY: '', WAYLAND_DISPLAY: '' }, []],
  ['linux', { DISPLAY: ':0' }, ['zenity', 'kdialog', 'pinentry']],
  ['freebsd', { WAYLAND_DISPLAY: 'wayland-0' }, ['zenity', 'kdialog', 'pinentry']],
  ['linux', { DISPLAY: ':0', XDG_CURRENT_DESKTOP: 'KDE' }, ['kdialog', 'zenity', 'pinentry']],
])('on %s with %p', (platform, env, drivers) => {
  expect(driversFor(platform, env)).toEqual(drivers);
});

test('PowerShell is the one of Windows', () => {
  expect(namesOf('powershell', { SystemRoot: 'D:\\Windows' })).toEqual([
    'D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  ]);
});

test('zenity: a mark of a key, and an escape, are doubled', () => {
  expect(makeLine('zenity', text).args).toEqual([
    ...['--entry', '--hide-text', '--timeout=300', '--title=MFA code'],
    `--text=first\nMFA code for a__b <b>"x" & \\\\n %41 $(id) ' --x`,
  ]);
});

test('kdialog: HTML that says that it is, with nothing of the name in it', () => {
  expect(makeLine('kdialog', text).args).toEqual([
    ...['--title', 'MFA code', '--password'],
    `<qt>first<br>MFA code for a_b &lt;b&gt;&quot;x&quot; &amp; \\n %41 $(id) ' --x</qt>`,
  ]);
});

test('pinentry: one command a line, whatever is in it', () => {
  const { args, input } = makeLine('pinentry', text);
  expect(args).toEqual([]);
  expect(input!.split('\n')).toEqual([
    ...['OPTION no-grab', 'SETTIMEOUT 300', 'SETTITLE MFA code'],
    `SETDESC first%0AMFA code for a_b <b>"x" & \\n %2541 $(id) ' --x`,
    ...['SETPROMPT MFA code:', 'GETPIN', 'BYE', ''],
  ]);
});

test('osascript: what is asked stands behind the script', () => {
  const { args } = makeLine('osascript', text);
  expect(args.slice(-3)).toEqual(['MFA code', `first\nMFA code for ${HOSTILE}`, '300']);
  expect(args.slice(0, -3).join('\n')).not.toContain('first');
});

test('PowerShell: what is asked comes by variables', () => {
  const { args, variables } = makeLine('powershell', text);
  expect(variables).toEqual({
    MFA_PROFILE_WINDOW_TITLE: 'MFA code',
    MFA_PROFILE_WINDOW_TEXT: `first\nMFA code for ${HOSTILE}`,
  });
  expect(args.join(' ')).not.toContain('first');
});

having('pwsh').test('PowerShell: the answer is UTF-8, whatever the console has', () => {
  const { args } = makeLine('powershell', text);
  // Its window is Windows' own.
  const script = args
    .at(-1)!
    .replace(/Add-Type[^;]*; /, '')
    .replace(/\[Microsoft\.VisualBasic[^;]*/, "'１２３456'");
  const before = '[Console]::OutputEncoding = [Text.Encoding]::GetEncoding(28591); ';
  const { stdout, stderr, status } = spawnSync(
    whereIs('pwsh'),
    [...args.slice(0, -1), before + script],
    { encoding: 'utf8' },
  );
  expect({ stdout, stderr, status }).toEqual({ stdout: '１２３456', stderr: '', status: 0 });
});

const end = (status: number | undefined, stdout = '', stderr = ''): End => ({
  ...{ status, stdout, stderr },
});
const code: Answer = { kind: 'answer', text: '123456' };

test.each<[Driver, End, Answer | string]>([
  ['zenity', end(0, '123456\n'), code],
  ['zenity', end(1), 'closed'],
  ['zenity', end(5), 'late'],
  ['zenity', end(1, '', '(zenity:1): Gtk-WARNING **: cannot open display: :9'), 'failed'],
  ['zenity', end(255), 'failed'],
  ['kdialog', end(0, '123456\n'), code],
  ['kdialog', end(1), 'closed'],
  ['kdialog', end(1, '', 'qt.qpa.xcb: could not connect to display :9'), 'failed'],
  ['pinentry', end(0, 'OK Pleased\nOK\nD 123456\nOK\n'), code],
  ['pinentry', end(0, 'OK Pleased\nOK\nD %31%32%33456\nOK\n'), code],
  ['pinentry', end(0, 'OK Pleased\nOK\nOK\n'), { kind: 'answer', text: '' }],
  ['pinentry', end(0, 'OK\nERR 83886179 Operation cancelled <Pinentry>\n'), 'closed'],
  ['pinentry', end(0, 'OK\nERR 83886278 Operation fully cancelled <Pinentry>\n'), 'closed'],
  ['pinentry', end(0, 'OK\nERR 83886142 Timeout <Pinentry>\n'), 'late'],
  ['pinentry', end(0, 'OK\nERR 83918950 Inappropriate ioctl for device <Pinentry>\n'), 'failed'],
  ['pinentry', end(127), 'failed'],
  ['osascript', end(0, '123456\n'), code],
  ['osascript', end(0, 'gave up\n'), 'late'],
  ['osascript', end(1, '', '0:118: execution error: User canceled. (-128)'), 'closed'],
  ['osascript', end(1, '', 'execution error: No user interaction allowed. (-1713)'), 'failed'],
  ['powershell', end(0, '123456'), code],
  ['powershell', end(0), 'closed'],
  ['powershell', end(1, '', 'Add-Type : …'), 'failed'],
])('%s: %p', (driver, ended, expected) => {
  const answer = readAnswer(driver, ended);
  expect(answer).toEqual(typeof expected === 'string' ? { kind: expected } : expected);
});

test.each(ALL)('%s that could not be started, or was ended by a signal', (driver) => {
  expect(readAnswer(driver, end(undefined))).toEqual({ kind: 'failed' });
});
