/** The login hooks in the real shells, on a pseudo-terminal. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import type { Pty } from '../support/pty.ts';
import { quoted } from '../support/quote.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { describeWith } from '../support/needs.ts';

interface Shell {
  readonly name: 'bash' | 'zsh' | 'fish';
  readonly startupFile: string;
  /** Arguments that start it interactively with that file and no other of the machine's. */
  readonly interactive: (box: Sandbox) => string[];
  /** What a shell with this hook may start while the session is valid. */
  readonly mayStart: string[];
}

const SHELLS: Shell[] = [
  {
    name: 'bash',
    startupFile: '.bashrc',
    interactive: (box) => ['--rcfile', box.path('.bashrc'), '-i'],
    mayStart: [],
  },
  { name: 'zsh', startupFile: '.zshrc', interactive: () => ['-d', '-i'], mayStart: [] },
  {
    name: 'fish',
    startupFile: '.config/fish/conf.d/mfa-profile.fish',
    interactive: () => ['-i'],
    mayStart: ['date'],
  },
];

const DAY_MS = 86_400_000;
const inFuture = (ms: number): string =>
  new Date(Date.now() + ms).toISOString().replace(/\.\d+Z$/, 'Z');

function session(name: string, expiry: string): string {
  return `
[${name}]
aws_access_key_id = ASIAEXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = ${'token'.repeat(80)}==
x_security_token_expires = ${expiry}
manager = mfa-profile
`;
}

/** A file of 100 profiles, each with its session. */
function manyProfiles(expiry: string): string {
  const names = Array.from({ length: 100 }, (_, index) => `team-${index}`);
  return names
    .map((name) => `\n[${name}]\naws_access_key_id = A\n${session(`${name}_token`, expiry)}`)
    .join('');
}

const COMMANDS_PAGE = readFileSync(path.join(__dirname, '../../docs/commands.md'), 'utf8');

/** Names that a hook may well have chosen for its own variables, and once did. */
const NAMES_OF_USERS =
  'name text body now pattern credentials config wanted about session expiry left words seen quiet before key value y m d days head hour minute second time header other found'.split(
    ' ',
  );

let box: Sandbox;

/** In one step: a shell that looks meanwhile must not meet half of a file. */
const replaceCredentials = (text: string): void => {
  const fresh = `${box.credentialsFile}.new`;
  writeFileSync(fresh, text, { mode: 0o600 });
  renameSync(fresh, box.credentialsFile);
};
let sts: LocalSts | undefined;
afterEach(async () => {
  box.cleanup();
  await sts?.close();
  sts = undefined;
});

async function installHook(shell: Shell, ...options: string[]): Promise<void> {
  const { stdout, stderr, code } = await box.run(['hook', shell.name, ...options]);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  box.writeFile(shell.startupFile, stdout);
}

/** Instead of mfa-profile: a program that notes how it was called. */
const recordCalls = (): (() => string[]) => box.standIn('mfa-profile');

function login(shell: Shell, env: NodeJS.ProcessEnv = {}): Pty {
  return box.openPty(shell.interactive(box), { file: shell.name, env: { TERM: 'xterm', ...env } });
}

/** Logs in, waits until the shell takes commands, and logs out. @returns what was shown */
async function loginAndOut(shell: Shell, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const pty = login(shell, env);
  pty.type('echo rea""dy\r');
  await pty.waitFor(/ready/);
  pty.type('exit\r');
  await pty.exit;
  return pty.screen;
}

/** The processes that an interactive shell starts from its first line to its last, sorted by name. */
async function processesOf(shell: Shell): Promise<string[]> {
  const folder = mkdtempSync(box.path('strace-'));
  const trace = ['-ff', '-qq', '-e', 'trace=execve,clone,clone3,fork,vfork'];
  const pty = box.openPty(
    [...trace, '-o', path.join(folder, 'pid'), shell.name, ...shell.interactive(box)],
    { file: 'strace', env: { TERM: 'xterm' } },
  );
  pty.type('echo rea""dy\r');
  await pty.waitFor(/ready/);
  pty.type('exit\r');
  await pty.exit;
  const lines = readdirSync(folder).flatMap((name) =>
    readFileSync(path.join(folder, name), 'utf8').split('\n'),
  );
  const forks = lines.filter((line) => /^(clone3?|v?fork)\(/.test(line));
  const programs = lines.flatMap(
    (line) => /^execve\("[^"]*?([^"/]+)".* = 0$/.exec(line)?.[1] ?? [],
  );
  expect(programs).toContain(shell.name);
  return [
    ...forks.filter((line) => !line.includes('CLONE_THREAD')).map(() => 'a fork'),
    ...programs,
  ].sort();
}

/** What is left of `all` without one each of `some`. */
function takeAway(all: string[], some: string[]): string[] {
  const left = [...all];
  for (const each of some) if (left.includes(each)) left.splice(left.indexOf(each), 1);
  return left;
}

for (const shell of SHELLS) {
  describeWith([shell.name, 'pty'], `the hook in ${shell.name}`, () => {
    test('asks once when the session has expired, and never again while it is valid', async () => {
      sts = await startLocalSts({ totpClock: 'fresh' });
      box = makeSandbox({
        sts,
        credentials: credentialsOf(ALICE),
        config: `[profile alice]\nmfa_serial = ${serialOf(ALICE)}\n`,
        env: { AWS_PROFILE: 'alice' },
      });
      await installHook(shell);
      const first = login(shell);
      await first.waitFor(/MFA code for alice/);
      first.type(`${sts.code('alice')}\r`);
      await first.waitFor(/alice_token refreshed, valid until/);
      first.type('echo rea""dy\r');
      await first.waitFor(/ready/);
      first.type('exit\r');
      await first.exit;
      expect(sts.callsOf('GetSessionToken')).toHaveLength(1);

      const calls = recordCalls();
      expect(await loginAndOut(shell)).not.toMatch(/MFA|mfa-profile/);
      expect(calls()).toEqual([]);
    });

    test.each([
      ['over', session('prod_token', inFuture(-1000)), ['refresh --profile=prod']],
      [
        'within --min-ttl',
        session('prod_token', inFuture(50 * 60_000)),
        ['refresh --profile=prod'],
      ],
      ['good', session('prod_token', inFuture(DAY_MS)), []],
      ['good, with CRLF', session('prod_token', inFuture(DAY_MS)).replaceAll('\n', '\r\n'), []],
      ['not there', '[prod]\nmfa_serial = x\n', ['refresh --profile=prod']],
      ['not there, for a profile without MFA', '[prod]\naws_access_key_id = A\n', []],
      // Where the program would be sure of something else, or of nothing, it is asked.
      [
        'doubled',
        session('prod_token', inFuture(DAY_MS)).repeat(2),
        ['refresh --profile=prod --quiet'],
      ],
      [
        'without a zone',
        session('prod_token', '2099-11-21 00:18:14'),
        ['refresh --profile=prod --quiet'],
      ],
      [
        'no date',
        session('prod_token', '2099-13-41T00:18:14Z'),
        ['refresh --profile=prod --quiet'],
      ],
      [
        "contradicted by another tool's key",
        `${session('prod_token', inFuture(DAY_MS))}expiration = ${inFuture(-1000)}\n`,
        ['refresh --profile=prod --quiet'],
      ],
      [
        'a long-term key',
        '[prod_token]\naws_access_key_id = A\nx_security_token_expires = 2099-01-01T00:00:00Z\n',
        ['refresh --profile=prod --quiet'],
      ],
    ])('believes only what is certain: a session that is %s', async (_, credentials, expected) => {
      box = makeSandbox({ credentials, env: { AWS_PROFILE: 'prod' } });
      await installHook(shell, '--min-ttl', '1h');
      const calls = recordCalls();
      await loginAndOut(shell);
      expect(calls()).toEqual(expected.map((words) => words.replace('prod', 'prod --min-ttl=1h')));
    });

    // Odd names: aws/aws-cli#8481. The file elsewhere: broamski/aws-mfa#66.
    test.each(['me@example.com', 'a/b.c+d', "it's (my) [pro]f*le $x", 'näme', 'default'])(
      'finds the session of %s, in a file named by the environment',
      async (name) => {
        box = makeSandbox({ config: `[profile x]\nregion = eu-west-1\n` });
        const file = box.writeFile('else where/creds', session(`${name}_token`, inFuture(DAY_MS)));
        await installHook(shell);
        const calls = recordCalls();
        const env = { AWS_SHARED_CREDENTIALS_FILE: file };
        await loginAndOut(shell, { ...env, AWS_PROFILE: name === 'default' ? undefined : name });
        // AWS_PROFILE may name the session itself.
        await loginAndOut(shell, { ...env, AWS_PROFILE: `${name}_token` });
        expect(calls()).toEqual([]);
        box.writeFile('else where/creds', session(`${name}_token`, inFuture(-DAY_MS)));
        await loginAndOut(shell, { ...env, AWS_PROFILE: name });
        expect(calls()).toEqual([`refresh --profile=${name}`]);
      },
    );

    describe('a session that may be of another key than the profile names now', () => {
      const SERIAL = 'arn:aws:iam::123456789012:mfa/alice';
      const origin = (text: string) =>
        `${session('prod_token', inFuture(DAY_MS))}x_mfa_profile_origin = ${text}\n`;
      const key = (more = '') =>
        `[prod]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = x\n${more}`;
      const config = `[profile prod]\nmfa_serial = ${SERIAL}\n`;
      const asked = ['refresh --profile=prod --quiet'];

      test.each<[string, string, string, string[]]>([
        ['the same', key() + origin(`AKIAEXAMPLE ${SERIAL}`), config, []],
        ['the same, with CRLF', key() + origin(`AKIAEXAMPLE ${SERIAL}`), config, []],
        ['a device of a role', key() + origin(`AKIAEXAMPLE ${SERIAL}`), '', []],
        ['no device', key() + origin('AKIAEXAMPLE'), '', []],
        ['another key', key() + origin(`AKIAEXAMPLE2 ${SERIAL}`), config, asked],
        ['another device', key() + origin(`AKIAEXAMPLE ${SERIAL}2`), config, asked],
        [
          'the device of the credentials file',
          key(`mfa_serial = ${SERIAL}3\n`) + origin(`AKIAEXAMPLE ${SERIAL}`),
          config,
          asked,
        ],
        ['a role', key() + origin('arn:x AKIAEXAMPLE'), `${config}role_arn = arn:x\n`, asked],
        ['a program', origin('keys AKIA'), `${config}credential_process = keys\n`, asked],
        [
          'an account',
          key() + origin(`AKIAEXAMPLE ${SERIAL}`),
          `${config}aws_account_id = 1\n`,
          asked,
        ],
      ])('%s', async (what, credentials, settings, expected) => {
        const whole = what.endsWith('CRLF') ? credentials.replaceAll('\n', '\r\n') : credentials;
        box = makeSandbox({ credentials: whole, config: settings });
        await installHook(shell);
        const calls = recordCalls();
        await loginAndOut(shell, { AWS_PROFILE: 'prod' });
        expect(calls()).toEqual(expected);
        await loginAndOut(shell, { AWS_PROFILE: 'prod_token' });
        expect(calls()).toHaveLength(2 * expected.length);
      });

      test('is asked about once, and again after the next change', async () => {
        box = makeSandbox({ credentials: key() + origin(`OTHER ${SERIAL}`), config });
        await installHook(shell, '--profile', 'prod', '--each-prompt');
        const calls = recordCalls();
        const pty = login(shell);
        for (const word of ['o""ne', 't""wo', 'thr""ee']) {
          pty.type(`echo ${word}\r`);
          await pty.waitFor(new RegExp(word.replace('""', '')));
        }
        replaceCredentials(key().replace('AKIA', 'AKIB') + origin(`OTHER ${SERIAL}`));
        pty.type('true\r');
        pty.type('set | grep -c AKIA; echo fo""ur\r');
        await pty.waitFor(/four/);
        pty.type('exit\r');
        await pty.exit;
        expect(calls()).toEqual([...asked, ...asked]);
      });
    });

    test.each<[string, NodeJS.ProcessEnv]>([
      ['AWS_DEFAULT_PROFILE', { AWS_DEFAULT_PROFILE: 'prod', AWS_PROFILE: 'x', MFA_PROFILE: 'y' }],
      ['MFA_PROFILE', { MFA_PROFILE: 'prod' }],
    ])('looks at the profile of %s, as the program does', async (_name, env) => {
      const config = '[profile prod]\nmfa_serial = s\n';
      box = makeSandbox({ credentials: session('prod_token', inFuture(-1000)), config });
      await installHook(shell);
      const calls = recordCalls();
      await loginAndOut(shell, env);
      expect(calls()).toEqual(['refresh --profile=prod']);
    });

    test('leaves a path with variables or another home to the program', async () => {
      box = makeSandbox({ credentials: session('prod_token', inFuture(DAY_MS)) });
      await installHook(shell, '--profile', 'prod');
      const calls = recordCalls();
      const asked = 'refresh --profile=prod --quiet';
      await loginAndOut(shell, { AWS_SHARED_CREDENTIALS_FILE: '$HOME/.aws/credentials' });
      await loginAndOut(shell, { AWS_SHARED_CREDENTIALS_FILE: '~root/.aws/credentials' });
      await loginAndOut(shell, { AWS_CONFIG_FILE: '${HOME}/.aws/config' });
      expect(calls()).toEqual([asked, asked, asked]);
      await loginAndOut(shell, { AWS_SHARED_CREDENTIALS_FILE: '~/.aws/credentials' });
      expect(calls()).toHaveLength(3);
    });

    test('finds the source of a session that is named and gone', async () => {
      const config = '[profile prod]\nmfa_serial = s\n';
      box = makeSandbox({ credentials: '[prod]\naws_access_key_id = A\n', config });
      await installHook(shell);
      const calls = recordCalls();
      await loginAndOut(shell, { AWS_PROFILE: 'prod_token' });
      expect(calls()).toHaveLength(1);
    });

    test('follows session_profile, and a profile and files given as options', async () => {
      box = makeSandbox({
        config: "[profile b]\nregion = x\n[profile it's]\nsession_profile = day\n[profile c]\n",
        credentials: session('day', inFuture(DAY_MS)),
      });
      await installHook(shell, '--profile', "it's", '--credentials-file', '.aws/credentials');
      const calls = recordCalls();
      await loginAndOut(shell, { AWS_SHARED_CREDENTIALS_FILE: '/nowhere', AWS_PROFILE: 'b' });
      expect(calls()).toEqual([]);
      replaceCredentials(session('day', inFuture(-DAY_MS)));
      await loginAndOut(shell);
      expect(calls()).toEqual([`refresh --profile=it's --credentials-file=${box.credentialsFile}`]);
    });

    test('is silent in a script, without a terminal and on a dumb one', async () => {
      box = makeSandbox({ credentials: session('default_token', inFuture(-DAY_MS)) });
      await installHook(shell, '--prompt', '--each-prompt');
      const calls = recordCalls();
      const file = box.path(shell.startupFile);
      const script = await box.exec(shell.name, ['-c', `. ${quoted(file)}; echo done`]);
      expect(script).toMatchObject({ code: 0, stdout: 'done\n', stderr: '' });
      const piped = await box.exec(shell.name, shell.interactive(box), { stdin: 'echo done\n' });
      expect(piped.stdout + piped.stderr).not.toContain('mfa-profile');
      const dumb = ['TERM=dumb', shell.name, ...shell.interactive(box)];
      const pty = box.openPty(dumb, { file: 'env' });
      pty.type('echo rea""dy\r');
      await pty.waitFor(/ready/);
      pty.type('exit\r');
      await pty.exit;
      expect(calls()).toEqual([]);
    });

    test('lets a login work without the program, without a file, and with one it cannot read', async () => {
      box = makeSandbox({ credentials: session('default_token', inFuture(-DAY_MS)) });
      await installHook(shell, '--each-prompt', '--prompt');
      const PATH = '/usr/bin:/bin';
      const quiet = /mfa.profile|error|No such|not found|[Uu]nknown|denied/;
      expect(await loginAndOut(shell, { PATH })).not.toMatch(quiet);
      for (const file of [box.path('nowhere'), box.folder, '/proc/self/mem', '/dev/null']) {
        expect(await loginAndOut(shell, { AWS_SHARED_CREDENTIALS_FILE: file, PATH })).not.toMatch(
          quiet,
        );
      }
    });

    test('--each-prompt looks again, and does not nag about the same session', async () => {
      box = makeSandbox({ credentials: session('default_token', inFuture(DAY_MS)) });
      await installHook(shell, '--each-prompt');
      const calls = recordCalls();
      const pty = login(shell);
      pty.type('echo o""ne\r');
      await pty.waitFor(/one/);
      expect(calls()).toEqual([]);
      replaceCredentials(session('default_token', inFuture(-1000)));
      for (const word of ['t""wo', 'thr""ee', 'fo""ur']) {
        pty.type(`echo ${word}\r`);
        await pty.waitFor(new RegExp(word.replace('""', '')));
      }
      replaceCredentials(session('default_token', inFuture(-60_000)));
      pty.type('false\r');
      pty.type('echo fi""ve\r');
      await pty.waitFor(/five/);
      pty.type('exit\r');
      await pty.exit;
      expect(calls()).toEqual(['refresh --profile=default', 'refresh --profile=default']);
    });

    test('--prompt tells the time left', async () => {
      box = makeSandbox({
        credentials: session('default_token', inFuture(2.5 * 3_600_000 + 50_000)),
      });
      await installHook(shell, '--prompt', '--min-ttl', '0s');
      recordCalls();
      const pty = login(shell);
      const leftIs = async (words: string): Promise<void> => {
        pty.type('printf left:; mfa_profile_left; echo :\r');
        await pty.waitFor(new RegExp(`left:${words}:`));
      };
      await leftIs('2h 30m');
      replaceCredentials(session('default_token', inFuture(5 * 60_000 + 50_000)));
      await leftIs('5m');
      replaceCredentials(session('default_token', inFuture(-5000)));
      await leftIs('over');
      replaceCredentials(session('default_token', 'soon'));
      await leftIs('\\?');
      replaceCredentials('');
      await leftIs('');
      if (shell.name !== 'fish') {
        replaceCredentials(session('default_token', inFuture(5 * 60_000 + 50_000)));
        pty.type('mfa_profile_left t; echo "in:$t:"\r');
        await pty.waitFor(/in:5m:/);
      }
    });

    test('is installed and removed by the lines in its first comment', async () => {
      box = makeSandbox({ credentials: session('prod_token', inFuture(DAY_MS)) });
      const { stdout } = await box.run(['hook', shell.name, '--profile', 'prod']);
      const install = /^# Install: (.*)$/m.exec(stdout)![1]!;
      const remove = /^# Remove: +(.*)$/m.exec(stdout)![1]!;
      expect(stdout.split('\n').slice(0, 4).join('\n')).toContain(remove);
      const before = 'alias ll="ls -l"\n';
      if (shell.name !== 'fish') box.writeFile(shell.startupFile, before);
      expect(await box.exec('sh', ['-c', install])).toMatchObject({ code: 0, stderr: '' });
      const installed = readFileSync(box.path(shell.startupFile), 'utf8');
      expect(installed).toBe(shell.name === 'fish' ? stdout : before + stdout);
      expect(await box.exec('sh', ['-c', remove])).toMatchObject({ code: 0, stderr: '' });
      if (shell.name !== 'fish')
        expect(readFileSync(box.path(shell.startupFile), 'utf8').trimEnd()).toBe(before.trimEnd());
    });

    test('stands apart from a last line that has no line break', async () => {
      box = makeSandbox({ credentials: session('default_token', inFuture(DAY_MS)) });
      for (const words of [
        ['hook', shell.name],
        ['completion', shell.name],
      ]) {
        const { stdout } = await box.run(words);
        // zsh knows a completion function by its first line.
        if (words.join(' ') === 'completion zsh') expect(stdout).toMatch(/^#compdef /);
        else expect(stdout).toMatch(/^\n#/);
      }
      const { stdout } = await box.run(['hook', shell.name]);
      box.writeFile(shell.startupFile, `alias ll='ls -l'${stdout}`);
      expect(await loginAndOut(shell)).not.toMatch(/rror|mfa-profile/);
    });

    test('the prompt is the one that docs/commands.md shows', async () => {
      const recipe = new RegExp(`\`\`\`${shell.name}\\n([^\`]*left[^\`]*)\\n\`\`\``).exec(
        COMMANDS_PAGE,
      )![1]!;
      box = makeSandbox({
        credentials: session('default_token', inFuture(2.5 * 3_600_000 + 50_000)),
      });
      await installHook(shell, '--prompt', '--min-ttl', '0s');
      const pty = login(shell);
      pty.type(`${recipe}\r`);
      await pty.waitFor(/\[2h 30m\] [$#%>]/);
    });

    test('has no variable that a user could have, and changes none', async () => {
      box = makeSandbox({
        config: '[profile default]\nsession_profile = day\n',
        credentials: session('day', inFuture(2.5 * 3_600_000 + 50_000)),
      });
      await installHook(shell, '--prompt', '--each-prompt');
      const text = readFileSync(box.path(shell.startupFile), 'utf8');
      const names = NAMES_OF_USERS.filter((name) => name !== 'status' || shell.name === 'bash');
      const set = names.map((name) =>
        shell.name === 'fish' ? `set -g ${name} mine` : `${name}=mine`,
      );
      const frozen = shell.name === 'fish' ? '' : `readonly ${names.join(' ')}\n`;
      const shown = `"${names.map((name) => `$${name}`).join(' ')}"`;
      box.writeFile('.config/fish/config.fish', '');
      box.writeFile(shell.startupFile, `${set.join('\n')}\n${frozen}${text}`);
      const pty = login(shell);
      pty.type(`printf left:; mfa_profile_left; echo :; echo end:${shown}\r`);
      await pty.waitFor(/left:2h 30m:/);
      await pty.waitFor(new RegExp(`end:${names.map(() => 'mine').join(' ')}`));
      expect(pty.screen).not.toMatch(/readonly|read-only/);
    });
  });

  describeWith([shell.name, 'strace', 'pty'], `processes of ${shell.name} with the hook`, () => {
    test(`a valid session among 100 profiles starts ${shell.mayStart.join() || 'none'}`, async () => {
      box = makeSandbox({
        credentials: manyProfiles(inFuture(DAY_MS)),
        env: { AWS_PROFILE: 'team-97' },
      });
      // fish makes completions out of manual pages when it is first started.
      mkdirSync(box.path('.local/share/fish/generated_completions'), { recursive: true });
      // zsh asks a user other than root for one where there is none.
      box.writeFile(shell.startupFile, '');
      const plain = await processesOf(shell);
      await installHook(shell, '--prompt', '--each-prompt');
      recordCalls();
      // It looks when the shell starts, and before each prompt.
      const more = takeAway(await processesOf(shell), plain);
      const allowed = shell.mayStart.length > 0 ? [...shell.mayStart, 'a fork'] : [];
      expect(more.filter((name) => !allowed.includes(name))).toEqual([]);
      replaceCredentials(manyProfiles(inFuture(-1000)));
      expect(await processesOf(shell)).toContain('mfa-profile');
    });
  });
}

test.each([
  [['hook'], 2],
  [['hook', 'csh'], 2],
  [['hook', 'bash', 'zsh'], 2],
  [['hook', 'bash', '--min-ttl', 'soon'], 2],
  // It would end the comment that shows how to install the hook, and be run.
  [['hook', 'bash', '--profile', 'a\necho hello'], 2],
])('%j is refused', async (words, code) => {
  box = makeSandbox();
  expect(await box.run(words)).toMatchObject({ code, stdout: '' });
});

test.each([
  ['=ls', "'=ls'"],
  ['me@example.com', "'me@example.com'"],
])('zsh and bash: a profile %s is a word of its own', async (name, word) => {
  for (const shell of ['zsh', 'bash']) {
    box = makeSandbox();
    const { stdout } = await box.run(['hook', shell, '--profile', name]);
    expect(stdout).toContain(`local __mfa_name=${word} `);
    expect(stdout).toContain(`refresh --profile=${word}`);
    box.cleanup();
  }
});

describeWith(['zsh', 'pty'], 'in zsh a profile', () => {
  test.each(['=ls', 'me@example.com'])('%s is asked for by that name', async (name) => {
    box = makeSandbox({ credentials: session(`${name}_token`, inFuture(-DAY_MS)) });
    await installHook(SHELLS[1]!, '--profile', name);
    const calls = recordCalls();
    await loginAndOut(SHELLS[1]!);
    expect(calls()).toEqual([`refresh --profile=${name}`]);
  });
});

describeWith(['zsh', 'pty'], 'the hook in zsh, while the terminal is held back', () => {
  const zsh = SHELLS[1]!;

  // As Powerlevel10k does while .zshrc is read (romkatv/powerlevel10k#524).
  test.each([['before'], ['after']])('asks at the first prompt, restored %s it', async (when) => {
    box = makeSandbox({ credentials: session('default_token', inFuture(-DAY_MS)) });
    const { stdout } = await box.run(['hook', 'zsh']);
    const restore = [
      'restore() { [[ -n $held ]] && exec 0<&7 1>&8 2>&9 7<&- 8>&- 9>&-; held= }',
      'autoload -Uz add-zsh-hook',
      'add-zsh-hook precmd restore',
    ].join('\n');
    const hold = 'held=1; exec 7<&0 8>&1 9>&2 </dev/null >$HOME/out 2>&1';
    const lines = when === 'before' ? [hold, restore, stdout] : [hold, stdout, restore];
    box.writeFile('.zshrc', `${lines.join('\n')}\n`);
    const calls = recordCalls();
    const pty = login(zsh);
    pty.type('echo o""ne\r');
    await pty.waitFor(/one/);
    pty.type('echo tw""o\r');
    await pty.waitFor(/two/);
    pty.type('exit\r');
    await pty.exit;
    expect(calls()).toEqual(['refresh --profile=default']);
    expect(readFileSync(box.path('out'), 'utf8')).toBe('');
  });

  test('says nothing with the options that warn of variables', async () => {
    box = makeSandbox({ credentials: session('default_token', inFuture(-DAY_MS)) });
    const { stdout } = await box.run(['hook', 'zsh', '--prompt', '--each-prompt']);
    box.writeFile('.zshrc', `setopt warn_create_global warn_nested_var\n${stdout}`);
    const calls = recordCalls();
    const pty = login(zsh);
    pty.type('printf left:; mfa_profile_left; echo :; mfa_profile_left t; echo rea""dy\r');
    await pty.waitFor(/left:over:[^]*ready/);
    expect(pty.screen).not.toMatch(/created globally|enclosing scope/);
    expect(calls()).toEqual(['refresh --profile=default']);
  });
});

describeWith(['fish', 'pty'], 'the hook in fish, before PATH is set', () => {
  test('asks when config.fish has set it', async () => {
    box = makeSandbox({ credentials: session('default_token', inFuture(-DAY_MS)) });
    await installHook(SHELLS[2]!);
    const calls = recordCalls();
    box.writeFile('elsewhere/mfa-profile', readFileSync(box.path('bin/mfa-profile')), 0o755);
    box.writeFile(
      '.config/fish/config.fish',
      `set -gx PATH ${quoted(box.path('elsewhere'))} $PATH\n`,
    );
    await loginAndOut(SHELLS[2]!, { PATH: '/usr/bin:/bin' });
    expect(calls()).toEqual(['refresh --profile=default']);
  });
});

describeWith(['bash', 'pty'], 'login shells of bash', () => {
  test('a login shell with the hook where macOS has it asks', async () => {
    box = makeSandbox({ credentials: session('default_token', inFuture(-DAY_MS)) });
    // /etc/profile has set another PATH by then.
    const own = `PATH=${quoted(box.path('bin'))}:$PATH`;
    box.writeFile('.bash_profile', `${own}${(await box.run(['hook', 'bash'])).stdout}`);
    const calls = recordCalls();
    const pty = box.openPty(['-l', '-i'], { file: 'bash', env: { TERM: 'xterm' } });
    pty.type('echo rea""dy\r');
    await pty.waitFor(/ready/);
    expect(calls()).toEqual(['refresh --profile=default']);
  });
});

test('PowerShell: what is embedded cannot break out of its quotes, and is ASCII', async () => {
  box = makeSandbox();
  const { stdout, code } = await box.run(['hook', 'powershell', '--profile', "it's ‘odd’ $x"]);
  expect(code).toBe(0);
  expect(stdout).toContain("$name = ('it''s '+[char]0x2018+'odd'+[char]0x2019+' $x')\n");
  expect(stdout).toMatch(/^[\x00-\x7f]*$/);
  expect(stdout.split('\n').filter((line) => /^# (Install|Remove):/.test(line))).toHaveLength(2);
});
