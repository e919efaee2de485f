/** Quoting for shells: what cannot run here (PowerShell, cmd) by its published rules, refusals, and the choice of a format. */
import fc from 'fast-check';
import type { Failure } from '../../src/problems/problem.ts';
import { renderChange } from '../../src/shells/formats.ts';
import { formatOfCaller } from '../../src/shells/caller.ts';
import type { ShellFormat } from '../../src/shells/names.ts';

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
])('%s takes away and sets in its own words', (format, unset, set) => {
  expect(unsetLine(format)).toBe(unset);
  expect(setLine(format, 'eu-west-1')).toBe(set);
});

describe('powershell (about_Quoting_Rules)', () => {
  test.each([
    ['a single quote is doubled', "it's", "'it''s'"],
    [
      'the curly ones are single quotes there, too',
      'a\u2018b\u2019c\u201ad\u201be',
      "'a\u2018\u2018b\u2019\u2019c\u201a\u201ad\u201b\u201be'",
    ],
    ['nothing expands', '$(calc) `n $env:PATH "x"', `'$(calc) \`n $env:PATH "x"'`],
  ])('%s', (_what, value, word) => {
    expect(setLine('powershell', value)).toBe(`$Env:X=${word}\n`);
  });

  /** The tokenizer's rule for a verbatim string: it ends at a quote that is not doubled. */
  function readVerbatim(word: string): string {
    const match =
      /^['\u2018-\u201b]((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)['\u2018-\u201b]$/u.exec(word);
    if (!match) throw new Error(`not one string: ${word}`);
    return match[1]!.replace(/([\u2018-\u201b'])./gu, '$1');
  }

  test('every value reads back as itself', () => {
    const char = fc.constantFrom(
      "'",
      '\u2018',
      '\u2019',
      '\u201a',
      '\u201b',
      '"',
      '$',
      '`',
      'a',
      ' ',
      ';',
    );
    fc.assert(
      fc.property(fc.string({ unit: char }), (value) => {
        const word = setLine('powershell', value).slice('$Env:X='.length, -1);
        expect(readVerbatim(word)).toBe(value);
      }),
    );
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

test.each<[string[], string, Record<string, string>, ShellFormat]>([
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
  [[], 'win32', { MSYSTEM: 'MINGW64', PSModulePath: 'C:\\Windows' }, 'env'],
])('under %j on %s with %j it is %s', (programs, platform, env, format) => {
  expect(formatOfCaller(programs, platform, env)).toBe(format);
});
