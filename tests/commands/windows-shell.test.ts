/** Which shell `exec` opens on Windows, and how the AWS tools there are given a line. */
import { asWord } from '../../src/commands/keys/process-line.ts';
import { windowsShell } from '../../src/commands/exec/windows-shell.ts';

const COMSPEC = 'C:\\Windows\\system32\\cmd.exe';
const BASH = 'C:\\Program Files\\Git\\usr\\bin\\bash.exe';
const MACHINE =
  'C:\\Program Files\\WindowsPowerShell\\Modules;C:\\Windows\\system32\\WindowsPowerShell\\v1.0\\Modules';

test.each([
  ['cmd.exe', { PSModulePath: MACHINE }, COMSPEC],
  [
    'Windows PowerShell',
    { PSModulePath: `C:\\Users\\a\\Documents\\WindowsPowerShell\\Modules;${MACHINE}` },
    'D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  ],
  [
    'PowerShell 7',
    {
      PSModulePath: `C:\\Users\\a\\ドキュメント\\PowerShell\\Modules;C:\\Program Files\\PowerShell\\Modules;c:\\program files\\powershell\\7\\Modules;${MACHINE}`,
    },
    'pwsh',
  ],
  ['Git Bash', { MSYSTEM: 'MINGW64', SHELL: BASH }, BASH],
  ['a bash whose paths are not those of Windows', { SHELL: '/usr/bin/bash' }, 'bash'],
])('%s', (_what, env, shell) => {
  expect(windowsShell({ COMSPEC, SystemRoot: 'D:\\Windows', ...env })).toBe(shell);
});

test('without COMSPEC the system’s own cmd.exe, never one of the current folder', () => {
  expect(windowsShell({ SystemRoot: 'D:\\Windows' })).toBe('D:\\Windows\\System32\\cmd.exe');
});

// "Parsing C command-line arguments" of Microsoft's C runtime, by which botocore splits the line, too.
test.each([
  ['C:\\node.exe', 'C:\\node.exe'],
  ['C:\\Program Files\\x', '"C:\\Program Files\\x"'],
  ['C:\\a b\\', '"C:\\a b\\\\"'],
  ['a"b', '"a\\"b"'],
  ['a\\"b c', '"a\\\\\\"b c"'],
  ['a&b', '"a&b"'],
])('%s as a word of credential_process there', (word, quoted) => {
  expect(asWord(word, 'win32')).toBe(quoted);
});
