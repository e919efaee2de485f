/** docs/recipes.md, run: each block in its own shell on a terminal, with no secret left in a history or in `ps`. */
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import { startSignIn } from '../../fixtures/sts/sign-in.ts';
import type { LocalSignIn } from '../../fixtures/sts/sign-in.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { useAws } from '../support/aws-cli.ts';
import type { Pty } from '../support/pty.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { expectNoSecret } from '../support/secrets.ts';
import { describeWith, having, testWith } from '../support/needs.ts';

const ROOT = path.join(__dirname, '../..');

interface Block {
  title: string;
  language: string;
  text: string;
}

/** Every fenced block, with the heading that it stands under. */
function readBlocks(): Block[] {
  const page = readFileSync(path.join(ROOT, 'docs/recipes.md'), 'utf8');
  let title = '';
  const blocks: Block[] = [];
  for (const [, heading, language, text] of page.matchAll(/^## (.+)$|^```(\w+)\n([^]*?)^```$/gm)) {
    if (heading !== undefined) title = heading;
    else blocks.push({ title, language: language!, text: text! });
  }
  return blocks;
}

const BLOCKS = readBlocks();
const inLanguage = (language: string) => BLOCKS.filter((block) => block.language === language);

/** What a block must lead to on the screen; the stand-ins for other programs say `NAME as KEY`. */
const RESULTS: Record<string, RegExp> = {
  'The AWS CLI': /user\/alice/,
  'This shell: bash, zsh': /user\/alice/,
  'This shell: fish': /user\/alice/,
  Terraform: /terraform (?:plan|apply) as ASIA/,
  'Sceptre, or any other command': /sceptre launch dev as ASIA/,
  Docker: /container as ASIA\w+ in eu-central-1/,
  'Any SDK: credential_process': /user\/alice/,
  'A role': /assumed-role\/admin\/mfa-profile/,
  'The AWS console': /the console is open as admin until/,
  'Scripts that read `aws sts get-session-token`': /\n\d{4}-\d\d-\d\dT[\d:]+Z/,
  'A code from a program': /prod_token refreshed/,
};

const STAND_IN = `#!/bin/sh
ps ww -s "$(ps -o sid= -p $$)" -o args= >> "$HOME/ps.log"
echo "$(basename "$0") $* as $AWS_ACCESS_KEY_ID"
`;

/** Of docker: `--env-file` as it reads one (no quoting), and `-e NAME`; everything else is passed over. */
const DOCKER = String.raw`#!/bin/bash
ps ww -s "$(ps -o sid= -p $$)" -o args= >> "$HOME/ps.log"
inside() { declare -g "IN_$1=$2"; }
while [ $# -gt 0 ]; do
  case $1 in
    -e) inside "$2" "$(printenv "$2")"; shift ;;
    --env-file) while IFS='=' read -r name value; do inside "$name" "$value"; done < "$2"; shift ;;
  esac
  shift
done
[[ $IN_AWS_SESSION_TOKEN =~ ^[A-Za-z0-9+/=]+$ && $IN_AWS_SECRET_ACCESS_KEY ]] || IN_AWS_ACCESS_KEY_ID=nobody
echo "container as $IN_AWS_ACCESS_KEY_ID in $IN_AWS_REGION"
`;

let sts: LocalSts;
let signIn: LocalSignIn;
let box: Sandbox;

beforeEach(async () => {
  sts = await startLocalSts({ totpClock: 'fresh' });
  signIn = await startSignIn({ sts });
  const own = `[profile prod]\nregion = eu-central-1\nmfa_serial = ${serialOf(ALICE)}\n`;
  const settings = inLanguage('ini').filter(({ text }) => !text.startsWith('[profile prod]'));
  box = makeSandbox({
    credentials: credentialsOf({ ...ALICE, userName: 'prod' }),
    config: [own, ...settings.map(({ text }) => text)].join('\n'),
    sts,
    env: {
      ...{ AWS_DEFAULT_REGION: 'eu-central-1', AWS_DEFAULT_OUTPUT: 'json', AWS_PAGER: '' },
      AWS_ENDPOINT_URL_SIGNIN: signIn.endpoint,
    },
  });
  useAws(box, sts);
  for (const name of ['terraform', 'sceptre']) box.writeFile(`bin/${name}`, STAND_IN, 0o755);
  box.writeFile('bin/docker', DOCKER, 0o755);
  box.writeFile('bin/xdg-open', '#!/bin/sh\nexit 0\n', 0o755);
  box.writeFile('bin/oathtool-for', `#!/bin/sh\nexec ${sts.codeCommand('alice')}\n`, 0o755);
});

afterEach(async () => {
  box.cleanup();
  await signIn.close();
  await sts.close();
});

/** Types the block at an interactive shell, answers its question, and leaves the shell. */
async function runAtShell(shell: string, args: string[], { title, text }: Block): Promise<Pty> {
  const pty = box.openPty(args, {
    file: shell,
    cols: 400,
    env: { HISTFILE: box.path('history'), PS1: 'ready> ', TERM: 'dumb' },
  });
  await pty.waitFor(/ready> /);
  // Line by line, as a person would: what is typed ahead goes to the question.
  for (const [index, line] of text.trimEnd().split('\n').entries()) {
    pty.type(`${line}\r`);
    if (index === 0 && title !== 'A code from a program') {
      await pty.waitFor(/MFA code for prod/);
      pty.type(sts.code('alice'));
      pty.key('enter');
    }
    await pty.waitFor(/\n[^\n]*ready> /);
  }
  expect(pty.screen).toMatch(RESULTS[title]!);
  pty.type('exit\r');
  await pty.exit;
  return pty;
}

function expectNoTrace(): void {
  for (const name of ['history', 'ps.log', '.local/share/fish/fish_history']) {
    if (existsSync(box.path(name))) {
      expectNoSecret(readFileSync(box.path(name), 'utf8'), sts.secrets());
    }
  }
}

describeWith(['bash', 'aws', 'jq', 'ps'], 'in bash', () => {
  having('pty').test.each(
    inLanguage('bash').map((block) => [`${block.title}: ${block.text}`, block] as const),
  )('%s', async (_name, block) => {
    await runAtShell('bash', ['--norc', '--noprofile', '-i'], block);
    expect(readFileSync(box.path('history'), 'utf8')).toContain(block.text.split('\n')[0]);
    expectNoTrace();
    expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
  });
});

describeWith(['zsh', 'aws'], 'in zsh', () => {
  const shell = inLanguage('bash').filter(({ title }) => title.startsWith('This shell'));
  having('pty').test.each(shell.map((block) => [block.text, block] as const))(
    '%s',
    async (_name, block) => {
      await runAtShell('zsh', ['-f', '-i'], block);
      expectNoTrace();
    },
  );
});

describeWith(['fish', 'aws'], 'in fish', () => {
  test('the block, as a script', async () => {
    await box.run(['refresh', 'prod', '-t', sts.code('alice')]);
    const [block] = inLanguage('fish');
    const { stdout, stderr } = await box.exec('fish', [
      '-c',
      `${block!.text}\nset -q AWS_ACCESS_KEY_ID; or echo gone`,
    ]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(RESULTS[block!.title]!);
    expect(stdout).toMatch(/gone\n$/);
    expectNoTrace();
  });
});

testWith(['pty'], 'the Node program', async () => {
  const [block] = inLanguage('js');
  mkdirSync(box.path('node_modules', '@aws-sdk'), { recursive: true });
  symlinkSync(ROOT, box.path('node_modules', 'mfa-profile'));
  const sdk = path.join(ROOT, 'node_modules/@aws-sdk/client-sts');
  symlinkSync(sdk, box.path('node_modules', '@aws-sdk', 'client-sts'));
  const pty = box.openPty([box.writeFile('program.mjs', block!.text)], { file: process.execPath });
  await pty.waitFor(/MFA code for prod/);
  pty.type(sts.code('alice'));
  pty.key('enter');
  await pty.waitFor(/user\/alice/);
});

const PROMPT_LANGUAGES = ['zsh', 'sh', 'json', 'toml', 'tmux'];

test('every block is run here, or named as one that is not', () => {
  const languages = [...new Set(BLOCKS.map(({ language }) => language))].sort();
  expect(languages).toEqual(
    ['bash', 'bat', 'fish', 'ini', 'js', 'powershell', ...PROMPT_LANGUAGES, 'direnv'].sort(),
  );
  for (const { title } of [...inLanguage('bash'), ...inLanguage('fish')]) {
    expect(RESULTS).toHaveProperty([title]);
  }
});

describe('prompt programs', () => {
  const LEFT = 'mfa_profile_left() { printf -v "$1" %s 2h; }';
  const only = (language: string): string => {
    const [block, ...others] = inLanguage(language);
    expect(others).toEqual([]);
    return block!.text;
  };

  testWith(['zsh'], 'Powerlevel10k: the segment shows what the hook tells', async () => {
    const script = `POWERLEVEL9K_RIGHT_PROMPT_ELEMENTS=(status time)
${LEFT}
p10k() { print -r -- "$@" }
${only('zsh')}
prompt_mfa; print -r -- $POWERLEVEL9K_RIGHT_PROMPT_ELEMENTS`;
    const { stdout, stderr } = await box.exec('zsh', ['-f', '-c', script]);
    expect(stderr).toBe('');
    expect(stdout).toBe('segment -f 208 -t 2h\nstatus time mfa\n');
  });

  testWith(['bash', 'zsh'], 'Oh My Posh: its segment finds a variable', async () => {
    const script = `${LEFT}\n${only('sh')}\nset_poshcontext; printenv MFA_LEFT`;
    for (const shell of ['bash', 'zsh']) {
      const { stdout, stderr } = await box.exec(shell, ['-c', script]);
      expect({ stdout, stderr }).toEqual({ stdout: '2h\n', stderr: '' });
    }
    const segment = JSON.parse(only('json')) as { type: string; template: string };
    expect(segment.type).toBe('text');
    expect(segment.template).toContain('.Env.MFA_LEFT');
  });

  testWith(
    ['python3'],
    'Starship: the table is TOML, with the duration in its format',
    async () => {
      const script = 'import tomllib,sys,json; print(json.dumps(tomllib.loads(sys.stdin.read())))';
      const { stdout } = await box.exec('python3', ['-c', script], { stdin: only('toml') });
      const { aws } = JSON.parse(stdout) as { aws: { format: string } };
      expect(aws.format).toContain('$duration');
    },
  );

  testWith(
    ['tmux', 'jq', 'pty'],
    'tmux: the status line has the minutes that are left',
    async () => {
      await box.run(['refresh', 'prod', '-t', sts.code('alice')]);
      const file = box.writeFile('tmux.conf', only('tmux'));
      const socket = box.path('tmux.socket');
      const pty = box.openPty(['-S', socket, '-f', file, 'new-session', 'cat'], { file: 'tmux' });
      await pty.waitFor(/prod \d{3} min/);
      await box.exec('tmux', ['-S', socket, 'kill-server']);
      await pty.exit;
    },
  );

  testWith(['jq'], 'tmux: no minutes of a session that is missing or stale', async () => {
    const [, command] = /#\((.*)\)/.exec(only('tmux'))!;
    const minutes = async () => (await box.exec('sh', ['-c', command!])).stdout;
    expect(await minutes()).toBe('0\n');
    await box.run(['refresh', 'prod', '-t', sts.code('alice')]);
    expect(await minutes()).toMatch(/^7\d\d\n$/);
    box.writeConfig(box.readConfig().replace(serialOf(ALICE), `${serialOf(ALICE)}-new`));
    expect(await minutes()).toBe('0\n');
  });

  testWith(['direnv'], 'direnv: the profile, or the variables of the session', async () => {
    await box.run(['refresh', 'prod', '-t', sts.code('alice')]);
    const show = ['exec', '.', 'sh', '-c', 'echo "$AWS_PROFILE $AWS_ACCESS_KEY_ID"'];
    const results: string[] = [];
    for (const { text } of inLanguage('direnv')) {
      box.writeFile('project/.envrc', text);
      const cwd = box.path('project');
      expect(await box.exec('direnv', ['allow'], { cwd })).toMatchObject({ code: 0 });
      results.push((await box.exec('direnv', show, { cwd })).stdout.trim());
    }
    expect(results).toEqual(['prod_token', sts.sessions[0]!.accessKeyId]);
  });
});
