/** Quoting for shells: what cannot run here (PowerShell, cmd) by its published rules, refusals, and the choice of a format. */
import fc from '../support/fast-check.ts';
import type { Failure } from '../../src/problems/problem.ts';
import { canUnset, renderChange } from '../../src/shells/formats.ts';
import { formatOfCaller } from '../../src/shells/caller.ts';
import { quoteFish } from '../../src/shells/fish/format.ts';
import { SHELL_FORMATS } from '../../src/shells/names.ts';
import type { ShellFormat } from '../../src/shells/names.ts';
import { quotePosix } from '../../src/shells/posix/format.ts';

function setLine(format: ShellFormat, value: string): string {
  return renderChange(format, { set: new Map([['X', value]]), unset: [] });
}

function unsetLine(format: ShellFormat): string {
  return renderChange(format, { set: new Map(), unset: ['X'] });
}

test.each<[ShellFormat, string, string]>([
  ['env', 'unset X\n', 'export X=eu-west-1\n'],
  ['env-no-export', 'unset X\n', 'X=eu-west-1\n'],
  ['fish', 'set -e X\n', 'set -gx X eu-west-1\n'],
  ['powershell', '$Env:X=$null\n', "$Env:X='eu-west-1'\n"],
  ['windows-cmd', 'set X=\n', 'set X=eu-west-1\n'],
  ['dotenv', '', 'X=eu-west-1\n'],
])('%s removes and sets in its own words', (format, unset, set) => {
  expect(unsetLine(format)).toBe(unset);
  expect(setLine(format, 'eu-west-1')).toBe(set);
});

describe('powershell (about_Quoting_Rules)', () => {
  test.each([
    ['a single quote is doubled', "it's", "'it''s'"],
    ['the typographic ones are quotes there, too', 'a\u2018b', "('a'+[char]0x2018+'b')"],
    [
      'what is not ASCII depends on a code page',
      '\u53cb\ud83d\ude00',
      "(''+[char]0x53cb+[char]0xd83d+[char]0xde00)",
    ],
    ['nothing expands', '$(calc) `n $env:PATH "x"', `'$(calc) \`n $env:PATH "x"'`],
    ['no text is a text', '', "''"],
  ])('%s', (_what, value, word) => {
    expect(setLine('powershell', value)).toBe(`$Env:X=${word}\n`);
  });

  /** A sum of characters and verbatim strings, which end at a quote that is not doubled. */
  function readSum(word: string): string {
    const parts = /^\((.*)\)$/.exec(word)?.[1] ?? word;
    expect(parts).toMatch(
      /^(?:(?:^|\+)(?:'(?:[^'\u2018-\u201b]|'')*'|(?<!^)\[char\]0x[0-9a-f]+))+$/,
    );
    return parts.replace(
      /\+?(?:'((?:[^']|'')*)'|\[char\]0x([0-9a-f]+))/g,
      (_all, text: string | undefined, code: string) =>
        text?.replaceAll("''", "'") ?? String.fromCharCode(parseInt(code, 16)),
    );
  }

  test('every value reads back as itself, from ASCII', () => {
    const char = fc.constantFrom(...'\'\u2018\u2019\u201a\u201b"$`a ;+(\u53cb\u00e9\ud83d\ude00');
    fc.assert(
      fc.property(fc.string({ unit: char }), (value) => {
        const word = setLine('powershell', value).slice('$Env:X='.length, -1);
        expect(word).toMatch(/^[\x20-\x7e]*$/);
        expect(readSum(word)).toBe(value);
      }),
    );
  });
});

describe('what is a word without quotes', () => {
  const PLAIN = [
    'prod',
    'eu-west-1',
    'a/b+c.d',
    'abc==',
    '2026-01-01T00:00:00Z',
    '--min-ttl=15m',
    '--profile=prod',
    '--no-prompt',
  ];
  const QUOTED = [
    '',
    '=ls',
    '==',
    'a:=ls',
    '--profile==ls',
    'me@example.com',
    '~',
    '~x',
    'a b',
    ' a',
    'a ',
    '*',
    'a?',
    '$x',
    '`x`',
    'a\nb',
    'a;b',
    'a&b',
    '#a',
    '%a',
    '{a,b}',
    '!a',
    'é',
    '^a',
    '(',
    'a=b=c',
    '--Profile=x',
    'a:',
  ];

  test.each<[string, (value: string) => string]>([
    ['posix', quotePosix],
    ['fish', quoteFish],
  ])('%s', (_shell, quote) => {
    for (const value of PLAIN) expect(quote(value)).toBe(value);
    for (const value of QUOTED) expect(quote(value)).toBe(`'${value}'`);
  });

  test('quotes and backslashes between quotes', () => {
    expect(quotePosix("it's")).toBe(String.raw`'it'\''s'`);
    expect(quotePosix("''")).toBe(String.raw`''\'''\'''`);
    expect(quotePosix('a\\')).toBe("'a\\'");
    expect(quoteFish("it's")).toBe(String.raw`'it\'s'`);
    expect(quoteFish("''")).toBe(String.raw`'\'\''`);
    expect(quoteFish('a\\')).toBe(String.raw`'a\\'`);
  });
});

test.each([
  ['& | < > and ^ are text between quotes', 'a&b|c<d>e^f', 'set "X=a&b|c<d>e^f"\n'],
  ['blanks at the end stay', 'a ', 'set "X=a "\n'],
])('windows-cmd: %s', (_what, value, line) => {
  expect(setLine('windows-cmd', value)).toBe(line);
});

test.each<[ShellFormat, string, string]>([
  ['windows-cmd', '%PATH%', 'a percent sign expands in a batch file'],
  ['windows-cmd', 'a"&calc', 'a quote ends the quoting'],
  ['windows-cmd', 'a!b!', 'an exclamation mark expands with /v:on'],
  ['windows-cmd', 'a\ncalc', 'a line break is the next command'],
  ['powershell', 'a\ncalc #', 'a line break is the next command to | Invoke-Expression'],
  ['dotenv', 'a\nAWS_REGION=b', 'a line break is the next variable'],
  ['dotenv', `'$(calc)`, 'neither quote holds it'],
])('%s refuses %j: %s', (format, value) => {
  let thrown: unknown;
  try {
    setLine(format, value);
  } catch (error) {
    thrown = error;
  }
  expect((thrown as Failure).problem).toEqual({ kind: 'unquotable-value', variable: 'X', format });
});

test('only the form that has no words for it cannot take a variable away', () => {
  expect(SHELL_FORMATS.filter((format) => !canUnset(format))).toEqual(['dotenv']);
});

const POSIX_SHELLS = ['sh', 'bash', 'zsh', 'dash', 'ash', 'ksh', 'mksh'];
const USERS_MODULES = {
  SHELL: '/usr/bin/fish',
  PSModulePath: 'C:\\Users\\a\\Documents\\PowerShell\\Modules',
};

test.each<[string[], string, Record<string, string>, ShellFormat]>([
  // Whatever else speaks for another shell, the one that called is the one.
  ...POSIX_SHELLS.map((name): [string[], string, Record<string, string>, ShellFormat] => [
    [name, 'fish'],
    'linux',
    USERS_MODULES,
    'env',
  ]),
  [['fish', 'bash'], 'linux', { SHELL: '/bin/bash' }, 'fish'],
  [['cmd.exe', 'powershell.exe'], 'win32', USERS_MODULES, 'windows-cmd'],
  [['CMD.EXE'], 'win32', USERS_MODULES, 'windows-cmd'],
  [['powershell.exe'], 'win32', {}, 'powershell'],
  [['pwsh.exe'], 'win32', {}, 'powershell'],
  [['constructor'], 'linux', {}, 'env'],
  [['fish'], 'linux', {}, 'fish'],
  [['-zsh', 'Terminal'], 'darwin', {}, 'env'],
  [['/opt/homebrew/bin/fish', 'login'], 'darwin', {}, 'fish'],
  [['pwsh'], 'linux', {}, 'powershell'],
  [['npm exec mfa-pr', 'fish'], 'linux', {}, 'fish'],
  [['python3', 'systemd'], 'linux', {}, 'env'],
  [['python3', 'systemd'], 'linux', { SHELL: '/usr/bin/fish' }, 'fish'],
  [['sh', 'fish'], 'linux', { SHELL: '/usr/bin/fish' }, 'env'],
  [
    [],
    'win32',
    { PSModulePath: 'C:\\Users\\a\\Documents\\PowerShell\\Modules;C:\\x' },
    'powershell',
  ],
  [[], 'win32', { PSModulePath: 'C:\\Program Files\\WindowsPowerShell\\Modules' }, 'windows-cmd'],
  // Documents has many names, and may be on a server or another drive.
  ...[
    'C:\\Users\\t\\OneDrive\\ドキュメント\\WindowsPowerShell\\Modules',
    'H:\\WindowsPowerShell\\Modules',
    '\\\\srv\\home\\me\\My Documents\\WindowsPowerShell\\Modules\\',
    'C:\\Users\\a\\OneDrive - ACME\\Documents\\PowerShell\\Modules',
  ].map((folder): [string[], string, Record<string, string>, ShellFormat] => [
    [],
    'win32',
    { PSModulePath: `${folder};C:\\Program Files\\WindowsPowerShell\\Modules` },
    'powershell',
  ]),
  [
    [],
    'win32',
    {
      ProgramFiles: 'D:\\Programme',
      SystemRoot: 'D:\\WINNT\\',
      PSModulePath:
        'D:\\Programme\\WindowsPowerShell\\Modules;D:\\WINNT\\System32\\WindowsPowerShell\\Modules;C:\\x',
    },
    'windows-cmd',
  ],
  [[], 'win32', {}, 'windows-cmd'],
  [[], 'win32', { MSYSTEM: 'MINGW64', PSModulePath: 'C:\\Windows' }, 'env'],
])('under %j on %s with %j it is %s', (programs, platform, env, format) => {
  expect(formatOfCaller(programs, platform, env)).toBe(format);
});
