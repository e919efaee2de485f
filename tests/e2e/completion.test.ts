/** Completion in the real shells: what a person who presses Tab gets. */
import { chmodSync, mkdirSync } from 'node:fs';
import { GLOBAL_OPTIONS } from '../../src/cli/options.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import type { Pty } from '../support/pty.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { describeWith, having, testWith } from '../support/needs.ts';

const CREDENTIALS = `
[prod]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[me@example.com]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
[two words]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
[prod_token]
aws_access_key_id = ASIAEXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = token
x_security_token_expires = 2030-11-21T00:18:14Z
`;
const CONFIG =
  '[profile staging]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = prod\n';

let box: Sandbox;
beforeEach(() => {
  box = makeSandbox({ credentials: CREDENTIALS, config: CONFIG });
  box.writeFile('bundle.pem', '');
});
afterEach(() => {
  box.cleanup();
});

/** The candidates for the last of `words`, as the scripts ask for them. */
async function candidates(...words: string[]): Promise<string[]> {
  const { stdout, stderr, code } = await box.run(['completion', 'bash', '--', ...words]);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  return stdout.split('\n').flatMap((line) => (line ? [line.split('\t')[0]!] : []));
}

describe('candidates', () => {
  test('are every command, and every option of each, from the table that the help reads', async () => {
    expect(await candidates('')).toEqual(COMMANDS.map(({ name }) => name));
    for (const { name, options } of [COMMANDS[0], COMMANDS.at(-1)!]) {
      const declared = [...options, ...GLOBAL_OPTIONS].map((option) => `--${option.name}`);
      expect(await candidates(name, '--')).toEqual([...declared, '--help']);
    }
  });

  test.each<[string, string[], string[]]>([
    [
      'sources where a source is meant',
      ['refresh', ''],
      ['prod', 'me@example.com', 'two words', 'staging'],
    ],
    ['sessions too where they can be named', ['clear', 'prod'], ['prod', 'prod_token']],
    ['no name twice', ['refresh', 'prod', 'p'], []],
    ['names until there are enough', ['whoami', 'prod', ''], []],
    ['an option once', ['refresh', '--force', '--fo'], []],
    ['an alias for its option', ['refresh', '-t', ''], []],
    ['values behind an option', ['refresh', '--profile', 'me'], ['me@example.com']],
    ['values behind an equals sign', ['refresh', '--profile=s'], ['--profile=staging']],
    ['shells', ['hook', 'f'], ['fish']],
    ['files, by the shell', ['refresh', '--ca-bundle', ''], [':files']],
    ['commands, by the shell', ['exec', 'prod', '--', 'ec'], [':command']],
    ['nothing for an unknown command', ['refersh', ''], []],
  ])('%s', async (_, words, expected) => {
    expect(await candidates(...words)).toEqual(expected);
  });

  test('a file that cannot be read costs the names, and says nothing', async () => {
    box.writeCredentials('[prod]\rbroken');
    expect(await candidates('refresh', '')).toEqual([]);
    expect(await candidates('refresh', '--forc')).toEqual(['--force']);
  });
});

describe('completion', () => {
  test('is for the login shell where none is named', async () => {
    const { stdout } = await box.run(['completion', 'zsh']);
    expect(await box.run(['completion'], { env: { SHELL: '/bin/zsh' } })).toMatchObject({
      code: 0,
      stdout,
    });
    expect(await box.run(['completion'], { env: { SHELL: '/bin/tcsh' } })).toMatchObject({
      code: 2,
      stdout: '',
    });
  });
});

/** Types a line and tab, and gives what stands on the line then. */
async function pressTab(pty: Pty, line: string, completed: RegExp): Promise<void> {
  pty.type(`${line}\t`);
  await pty.waitFor(completed);
  pty.key('ctrl-u');
}

const LINES: [string, RegExp][] = [
  ['mfa-profile ref', /mfa-profile refresh /],
  ['mfa-profile refresh pro', /refresh prod /],
  ['mfa-profile refresh --profile=sta', /--profile=staging /],
  ['mfa-profile refresh me', /refresh me(?:\\)?@example\.com /],
  ['mfa-profile refresh tw', /refresh two\\ words /],
  ['mfa-profile refresh --if-e', /--if-expired /],
  ['mfa-profile refresh --ca-bundle bun', /--ca-bundle bundle\.pem /],
  // Not the program itself: bash finds no command by Tab in a folder with an apostrophe.
  ['mfa-profile exec prod -- basena', /-- basename /],
];

describeWith(['bash'], 'completion in bash', () => {
  testWith(['pty'], 'completes on tab', async () => {
    const pty = box.openPty(['--norc', '-i'], { file: 'bash' });
    pty.type(
      'source <(mfa-profile completion bash); bind "set enable-bracketed-paste off"; echo rea""dy\r',
    );
    await pty.waitFor(/ready/);
    for (const [line, completed] of LINES) await pressTab(pty, line, completed);
  });
});

describeWith(['zsh'], 'completion in zsh', () => {
  having('pty').test.each([
    ['sourced', 'autoload -Uz compinit; compinit -u; source <(mfa-profile completion zsh)'],
    [
      'from a folder of functions',
      'mkdir f; mfa-profile completion zsh > f/_mfa-profile; fpath+=($PWD/f); autoload -Uz compinit; compinit -u',
    ],
  ])('completes on tab, %s', async (_, setUp) => {
    const pty = box.openPty(['-f', '-i'], { file: 'zsh' });
    pty.type(`${setUp}; unsetopt zle_bracketed_paste; echo rea""dy\r`);
    await pty.waitFor(/ready/);
    for (const [line, completed] of LINES) await pressTab(pty, line, completed);
  });
});

describeWith(['zsh'], 'completion in .zshrc', () => {
  test.each([
    ['a folder of functions that others may write', '', 'fpath=($PWD/open $fpath)'],
    ['an instant prompt', 'exec </dev/null\n', 'fpath=($PWD/open $fpath)'],
  ])('asks nothing and is there in spite of %s', async (_, before, setUp) => {
    mkdirSync(box.path('open'));
    chmodSync(box.path('open'), 0o777);
    const script = await box.run(['completion', 'zsh']);
    box.writeFile('.zshrc', `${before}${setUp}\n${script.stdout}`);
    // By its name here: zsh 5.9's compinit fails in a start-up file whose path is beyond ASCII.
    const line = 'source ./.zshrc; echo defined=$_comps[mfa-profile]';
    const run = await box.exec('zsh', ['-f', '-i', '-c', line]);
    expect(run.stdout).toBe('defined=_mfa-profile\n');
    expect(run.stderr).not.toMatch(/insecure|compdef|compinit/);
  });
});

describeWith(['fish'], 'completion in fish', () => {
  test.each([
    ['mfa-profile ref', ['refresh']],
    ['mfa-profile refresh pro', ['prod']],
    ['mfa-profile refresh --profile=sta', ['--profile=staging']],
    ['mfa-profile refresh me', ['me@example.com']],
    ['mfa-profile refresh tw', ['two words']],
    ['mfa-profile refresh --if-e', ['--if-expired']],
    ['mfa-profile refresh --ca-bundle bun', ['bundle.pem']],
    ['mfa-profile refresh --ca-bundle=bun', ['--ca-bundle=bundle.pem']],
    ['mfa-profile exec prod -- mfa-prof', ['mfa-profile']],
  ])('completes %s', async (line, expected) => {
    const { stdout, stderr } = await box.exec('fish', [
      '-c',
      'mfa-profile completion fish | source; complete -C $argv[1]',
      line,
    ]);
    expect(stderr).toBe('');
    expect(stdout.split('\n').flatMap((shown) => (shown ? [shown.split('\t')[0]] : []))).toEqual(
      expected,
    );
  });
});
