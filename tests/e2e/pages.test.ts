/** Every command line in every page runs: whole blocks for the shell, and each `mfa-profile …` wherever it stands. */
import { ADMIN_ROLE, ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { startSignIn } from '../../fixtures/sts/sign-in.ts';
import type { LocalSignIn } from '../../fixtures/sts/sign-in.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { having } from '../support/needs.ts';
import { PAGES as ALL_PAGES, readProjectFile } from '../support/project-files.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { makeSandbox } from '../support/sandbox.ts';

const PAGES = ALL_PAGES.filter((page) => !/^(?:docs\/decisions|\.github)\//.test(page));

/** Pages whose blocks have a test of their own, which runs them more closely. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'docs/recipes.md': 'tests/e2e/recipes.test.ts',
  'docs/codes-and-keys.md': 'tests/e2e/codes-and-keys.test.ts',
  'docs/ja/recipes.md': 'tests/lint/docs.test.ts, which holds its blocks to the English ones',
  'docs/ja/codes-and-keys.md': 'tests/lint/docs.test.ts',
  'docs/ja/teams.md': 'tests/lint/docs.test.ts',
  'docs/ja/commands.md': 'tests/lint/docs.test.ts',
};

/** Command lines that are not run here, or end otherwise than with 0, and why. */
const EXCEPTIONS: readonly [line: RegExp, reason: string, code?: number][] = [
  [/^npm ci\nnpm install --global/, 'scripts/check-package.sh packs and installs'],
  [/^npm ci && npm (?:run demo|test)/, 'the gate runs it'],
  [/^mfa-profile (?:hook|schedule)$/, 'it names the command, which wants another word', 2],
  [/^mfa-profile (?:refresh|init)$/, 'here is no profile default, and nobody to choose one', 4],
  [/^mfa-profile refresh x$/, 'init --from aws-mfa comes first, as the page says', 4],
  [/^mfa-profile exec (?:default|prod)$/, 'without a command it opens a shell, on a terminal', 2],
  [/^mfa-profile (?:init|refresh) default\b/, 'for a reader whose key is in default', 4],
  [/^mfa-profile keys move$/, 'it names the command, which wants a store', 2],
  [/^mfa-profile keys (?:restore|read) prod$/, 'the key of prod is in the file here', 4],
  [/^mfa-profile keys move .*--to secret-service$/, 'keys.test.ts has a keyring for it', 4],
  [/^mfa-profile refresh --quiet$/, 'the hook names no profile where default is meant', 4],
  [/^mfa-profile init .*--from '?\w+\.csv/, 'prod has a key, which is never overwritten', 4],
  [/^mfa-profile console .*--browser "C:/, 'the browser of a Windows machine', 4],
];

const FENCED = /^[ ]*```([a-z]*)[^\n]*\n([^]*?)^[ ]*```$/gm;

interface Block {
  readonly page: string;
  readonly text: string;
}

/** Blocks that a person pastes into a shell of the POSIX kind. */
const blocks = PAGES.filter((page) => !(page in ELSEWHERE)).flatMap((page): Block[] =>
  [...readProjectFile(page).matchAll(FENCED)]
    .filter(([, language]) => language === 'sh' || language === 'bash')
    .map(([, , text]) => ({ page, text: text!.replace(/^ +/gm, '').trim() })),
);

/** A line of usage, a name for any of its kind, or the beginning of a line: nobody types it so. */
const NOT_TYPED = /[[<…]|\.\.\.|\b(?:COMMAND|SHELL|VERSION|NAME|FILE|ARN|CMD|VARIABLE)\b|\|[a-z]/;

/** A quote at the end that opens nothing belongs to what stands around. */
function withoutOuterQuote(line: string): string {
  const quote = /["']$/.exec(line)?.[0];
  return quote !== undefined && line.split(quote).length % 2 === 0 ? line.slice(0, -1) : line;
}

/** Up to what ends a command in one of the shells. */
const COMMAND = /(?:^|[ ("'=])(mfa-profile(?:\.cmd)? (?:'[^']*'|"[^"]*"|(?! \()[^|>;&)#`])+)/g;

/** Every command line of this program in a page's text and tables, and in the blocks of other shells. */
function linesOf(page: string): string[] {
  const text = readProjectFile(page);
  const spans = [...text.replace(FENCED, '').matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!);
  const fenced = [...text.matchAll(FENCED)]
    .filter(([, language]) => /^(?:powershell|bat|zsh|fish|tmux|ini|crontab)$/.test(language!))
    .flatMap(([, , block]) => block!.split('\n'));
  return [...spans, ...fenced]
    .flatMap((line) => [...line.replaceAll('\\|', '|').matchAll(COMMAND)])
    .map(([, line]) => withoutOuterQuote(line!.trim().replace(/^mfa-profile\.cmd/, 'mfa-profile')))
    .filter((line) => {
      const [, first = ''] = line.split(' ');
      const isCommand = first.startsWith('-') || COMMANDS.some(({ name }) => name === first);
      return isCommand && !NOT_TYPED.test(line.replace(/^mfa-profile /, ''));
    });
}

const lines = [...new Set(PAGES.flatMap(linesOf))].sort();

let sts: LocalSts;
let signIn: LocalSignIn;
const boxes: Sandbox[] = [];
/** What the credentials file holds once prod has its session: got once, for all. */
let credentials: string;

beforeAll(async () => {
  sts = await startLocalSts({ totpClock: 'fresh' });
  signIn = await startSignIn({ sts });
  const box = home(
    credentialsOf({ ...ALICE, userName: 'prod' }) +
      `\n[x-long-term]\naws_access_key_id = ${ALICE.accessKeyId}\n` +
      `aws_secret_access_key = ${ALICE.secretAccessKey}\naws_mfa_device = ${serialOf(ALICE)}\n`,
  );
  const { code, stderr } = await box.run(['refresh', 'prod']);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  credentials = box.readCredentials();
});
afterEach(() => {
  for (const box of boxes.splice(0)) box.cleanup();
});
afterAll(() => Promise.all([sts.close(), signIn.close()]));

const STAND_INS = [
  ...['aws', 'terraform', 'sceptre', 'docker', 'systemctl', 'launchctl', 'loginctl', 'schtasks'],
  ...[
    'crontab',
    'logger',
    'npm',
    'git',
    'openssl',
    'notify-send',
    'deploy.sh',
    'job',
    'xdg-open',
    'firefox',
  ],
];

/** A home as a reader has it after the README: a key, a device, a role, and this credentials file. */
function home(text: string): Sandbox {
  const box = makeSandbox({
    credentials: text,
    config:
      `[profile prod]\nregion = eu-central-1\nmfa_serial = ${serialOf(ALICE)}\n` +
      `mfa_process = ${sts.codeCommand('alice')}\n` +
      `[profile admin]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = prod\n`,
    env: { SHELL: '/bin/bash', AWS_ENDPOINT_URL_SIGNIN: signIn.endpoint },
    sts,
  });
  boxes.push(box);
  for (const name of STAND_INS) box.writeFile(`bin/${name}`, '#!/bin/sh\nexit 0\n', 0o755);
  box.writeFile('bin/mfa-profile.cmd', '#!/bin/sh\nexec mfa-profile "$@"\n', 0o755);
  box.writeFile('bin/winpty', '#!/bin/sh\nexec "$@"\n', 0o755);
  box.writeFile('setting.ini', `; ARN\nARN=${serialOf(ALICE)}\nDurationSeconds=43200\n`);
  const csv =
    'Access key ID,Secret access key\nAKIAMADEUPKEYOFACSV0,made+up/secret+of+a+csv+file+000000000000\n';
  for (const name of ['alice_accessKeys.csv', 'prod_accessKeys.csv']) box.writeFile(name, csv);
  return box;
}

const exceptionFor = (line: string) => EXCEPTIONS.find(([pattern]) => pattern.test(line));

async function runs(line: string): Promise<void> {
  const [, , code = 0] = exceptionFor(line) ?? [];
  // A line may have rotated the key.
  sts.keys.reset();
  const box = home(credentials);
  const run = await box.exec('bash', ['-ec', line]);
  expect({ ...run, stdout: '' }).toMatchObject({ code });
}

const isRun = (line: string): boolean => {
  const exception = exceptionFor(line);
  return exception === undefined || exception[2] !== undefined;
};

test('there are blocks and lines', () => {
  expect(blocks.length).toBeGreaterThan(15);
  expect(lines.length).toBeGreaterThan(40);
});

test('every exception stands for a line that is there', () => {
  const all = [...lines, ...blocks.map(({ text }) => text)];
  for (const [pattern] of EXCEPTIONS) {
    expect({ pattern, found: all.some((line) => pattern.test(line)) }).toMatchObject({
      found: true,
    });
  }
});

having('bash').test.each(
  blocks.filter(({ text }) => isRun(text)).map(({ page, text }) => [page, text]),
)('%s: %s', async (_page, text) => runs(text));

having('bash').test.each(lines.filter(isRun))('%s', runs);
