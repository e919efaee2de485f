/**
 * `npm run demo`: the built program from nothing to a session that the AWS CLI uses, in a throw-away
 * home, against the local STS. It needs no account, no network and nobody to answer.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ALICE } from '../fixtures/sts/accounts.ts';
import { startLocalSts } from '../fixtures/sts/server.ts';
import { chooseLanguage } from '../src/output/language.ts';

const PROGRAM = path.join(__dirname, '../dist/mfa-profile.cjs');
const color = process.stdout.isTTY === true && !process.env['NO_COLOR'];
const paint = (code: number, text: string): string =>
  color ? `\u001b[${code}m${text}\u001b[0m` : text;
const heading = (text: string): void => {
  process.stdout.write(`\n${paint(1, `── ${text}`)}\n`);
};

const CREDENTIALS = `# keys of my own, do not lose
[prod]
aws_access_key_id = ${ALICE.accessKeyId}
aws_secret_access_key = ${ALICE.secretAccessKey}

[another-tool]
role = left as it is ; with its comment
`;
const CONFIG = `[profile prod]
region = eu-central-1
`;

/** The file's text with every secret replaced, for showing it. */
function masked(text: string): string {
  return text.replace(
    /^(\s*aws_(?:secret_access_key|session_token)\s*=\s*)(\S{4})\S*/gm,
    (_, key: string, start: string) => `${key}${start}…`,
  );
}

function show(text: string, prefix = '  '): void {
  process.stdout.write(text.replace(/^(?=.)/gm, prefix));
}

const ENGLISH = {
  before: '~/.aws/credentials before (secrets are masked here, not in the file)',
  setUp: 'One command finds the MFA device, saves it and takes one code (typed by this script)',
  again: 'The next time: the session is valid, so nothing is asked and AWS is not called',
  calls: (count: number) => `(calls to STS so far: ${count})`,
  use: 'Any AWS tool can use it',
  noCli: '(the AWS CLI is not installed here, so this step is left out)',
  change: 'What changed in the file',
  back: 'And back',
  same: 'the file is byte for byte as it was',
};
const JAPANESE: typeof ENGLISH = {
  before: '実行前の ~/.aws/credentials (秘密の値は、この画面でだけ伏せています)',
  setUp:
    '1 つのコマンドで MFA デバイスの検索と保存、コードの入力まで (コードはこのスクリプトが入力)',
  again: '次回: セッションが有効なため、入力も AWS への接続もなし',
  calls: (count) => `(これまでの STS の呼び出し: ${count} 回)`,
  use: 'どの AWS ツールからも使える',
  noCli: '(AWS CLI がインストールされていないため省略)',
  change: 'ファイルの変更点',
  back: '元に戻す',
  same: 'ファイルは元とまったく同じ (1 バイトも変わらない)',
};
/** The language that the program speaks here; one setting leads both. */
const language = chooseLanguage({
  env: process.env,
  platform: process.platform,
  systemLanguage: () => Intl.DateTimeFormat().resolvedOptions().locale,
});
const words = language === 'ja' ? JAPANESE : ENGLISH;

interface Result {
  readonly code: number | null;
  readonly stdout: string;
}

/** Runs a command as the user would see it. The STS lives in this process, so this must not block. */
function run(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  { shown, typed = '' }: { shown: string; typed?: string },
): Promise<Result> {
  process.stdout.write(`${paint(36, `$ ${shown}`)}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end(typed);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      show(masked(chunk));
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      show(masked(chunk));
    });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout });
    });
  });
}

async function demo(): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'mfa-profile-demo-'));
  const sts = await startLocalSts({ totpClock: 'fresh' });
  try {
    const folder = path.join(home, '.aws');
    const file = path.join(folder, 'credentials');
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(file, CREDENTIALS, { mode: 0o600 });
    writeFileSync(path.join(folder, 'config'), CONFIG, { mode: 0o600 });
    const env: NodeJS.ProcessEnv = {
      HOME: home,
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL_STS: sts.endpoint,
      AWS_ENDPOINT_URL_IAM: sts.endpoint,
      MFA_PROFILE_LANG: language,
      ...(color ? { FORCE_COLOR: '1' } : {}),
    };
    const program = async (args: string[], typed?: { option: string[]; code: string }) => {
      const shown = ['mfa-profile', ...args].join(' ');
      const all = [PROGRAM, ...args, ...(typed?.option ?? [])];
      const { code } = await run(process.execPath, all, env, { shown, typed: typed?.code ?? '' });
      if (code !== 0) throw new Error(`${shown} ended with ${code}`);
    };

    heading(words.before);
    show(masked(CREDENTIALS));

    heading(words.setUp);
    // A person types the six digits; here they come by stdin, so that `ps` shows none.
    await program(['init', 'prod'], { option: ['--token-code', '-'], code: sts.code('alice') });
    const after = readFileSync(file, 'latin1');

    heading(words.again);
    await program(['refresh', 'prod']);
    await program(['status']);
    show(`${words.calls(sts.callsOf('GetSessionToken').length)}\n`);

    heading(words.use);
    await useAwsCli(env, sts.endpoint);

    heading(words.change);
    showChange(CREDENTIALS, after);

    heading(words.back);
    await program(['clear', 'prod']);
    if (readFileSync(file, 'latin1') !== CREDENTIALS) {
      throw new Error('clear left something behind');
    }
    show(`${words.same}\n`);
  } finally {
    await sts.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function useAwsCli(env: NodeJS.ProcessEnv, endpoint: string): Promise<void> {
  if (spawnSync('aws', ['--version'], { env }).status !== 0) {
    show(`${words.noCli}\n`);
    return;
  }
  // --endpoint-url: a CLI older than 2.13 does not read AWS_ENDPOINT_URL_STS.
  const args = ['sts', 'get-caller-identity', '--profile', 'prod_token'];
  const { code, stdout } = await run(
    'aws',
    [...args, '--endpoint-url', endpoint, '--output', 'json'],
    env,
    { shown: ['aws', ...args].join(' ') },
  );
  const { Arn } = code === 0 ? (JSON.parse(stdout) as { Arn?: string }) : {};
  if (!Arn?.endsWith(':user/alice')) throw new Error('the AWS CLI could not use the session');
}

/** The lines that came in, marked; everything else is proven to stand as it stood. */
function showChange(before: string, after: string): void {
  if (!after.startsWith(before)) throw new Error('a byte outside the session changed');
  show(masked(before));
  for (const line of masked(after.slice(before.length)).trimEnd().split('\n')) {
    process.stdout.write(`${paint(32, `+ ${line}`)}\n`);
  }
}

demo().catch((error: unknown) => {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
