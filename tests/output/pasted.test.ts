/** Names and paths in commands that a person may paste into a shell. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from '../support/fast-check.ts';
import { lookAt, pasted, pastedName } from '../../src/output/pasted.ts';
import { having } from '../support/needs.ts';
import { runs } from '../support/runs.ts';

const ODD = [
  'my prod',
  "o'neil",
  '$HOME',
  '$(x)',
  'a`b',
  'a"b',
  "'",
  '本番',
  '=ls',
  '~',
  '~root',
  '-x',
];
const name = fc.oneof(
  fc.constantFrom(...ODD),
  fc.stringMatching(/^[ -~\u00a1-\u00ff\u3041-\u3096]{1,12}$/),
);

/** The words that a shell makes of a line. */
function wordsIn(shell: string, line: string): string[] {
  return execFileSync(shell, ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
    .split('\n')
    .slice(0, -1);
}

describe.each(['sh', 'bash', 'zsh', 'fish'] as const)('in %s', (shell) => {
  having(shell).test('is one word, the name itself', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(wordsIn(shell, pasted(text))).toEqual([text]);
      }),
      { numRuns: runs(60), examples: ODD.map((text) => [text]) },
    );
  });
});

having('pwsh').test('in PowerShell, too: also one with both kinds of signs in it', () => {
  const names = [
    "o'n $x",
    "a'b$(c)",
    "$x'y",
    "'$x",
    '=ls$',
    "it's `1`",
    'a b',
    '$HOME',
    "本'$番",
    '!x',
  ];
  const script = names
    .map((text) => `& $env:NODE -p "JSON.stringify(process.argv.slice(1))" -- ${pastedName(text)}`)
    .join('\n');
  const output = execFileSync('pwsh', ['-NoProfile', '-NonInteractive', '-Command', script], {
    encoding: 'utf8',
    env: { ...process.env, NODE: process.execPath },
  });
  const words = output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as string[]).map((word) => word.replace(/^--profile=/, '')));
  expect(words).toEqual(names.map((text) => [text]));
});

describe.each(['sh', 'bash', 'zsh', 'fish'] as const)('a profile in %s', (shell) => {
  having(shell).test('is one word, whatever it begins with', () => {
    fc.assert(
      fc.property(name, (text) => {
        const [word] = wordsIn(shell, pastedName(text));
        expect(word!.replace(/^--profile=/, '')).toBe(text);
      }),
      { numRuns: runs(40), examples: [["$x'y"], ["'$x"], ["'"]] },
    );
  });
});

test('a name that looks like an option is given as one', () => {
  expect(pastedName('-x')).toBe('--profile="-x"');
  expect(pastedName('prod')).toBe('prod');
  expect(pastedName("'$x")).toBe(`--profile="'"'$x'`);
  expect(pastedName('my prod')).toBe('"my prod"');
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesIn(file) : [file];
  });
}

/** A command with a name or path put into it as it is. */
const UNQUOTED =
  /(?:mfa-profile (?:init|refresh|env|exec|clear|whoami|doctor|status)|--profile|chmod \$\{\w+\}|chown \S+|ls -l|rm) \$\{(?!pasted)/;

test('no words put a name into a command in another way', () => {
  const files = filesIn(path.join(__dirname, '../../src')).filter((file) => /\.ts$/.test(file));
  // A hook's name is quoted for its own shell.
  const texts = files.filter((file) => !/[\\/](?:hook|hook-\w+)\.ts$/.test(file));
  expect(texts.filter((file) => UNQUOTED.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('a file is looked at by the system’s own command', () => {
  expect(lookAt('/home/me/my file')).toBe('ls -l "/home/me/my file"');
  expect(lookAt('C:\\Users\\me\\x')).toMatch(/^dir /);
});
