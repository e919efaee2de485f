/**
 * `npm run demo`: the built program from nothing to a session that the AWS CLI uses, in a throw-away
 * home, against the local STS. It needs no account, no network and nobody to answer.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ALICE, serialOf } from '../fixtures/sts/accounts.ts';
import { startLocalSts } from '../fixtures/sts/server.ts';

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
mfa_serial = ${serialOf(ALICE)}
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

interface Result {
  readonly code: number | null;
  readonly stdout: string;
}

/** Runs a command as the user would see it. The STS lives in this process, so this must not block. */
function run(file: string, args: string[], env: NodeJS.ProcessEnv, shown: string): Promise<Result> {
  process.stdout.write(`${paint(36, `$ ${shown}`)}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
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
      ...(color ? { FORCE_COLOR: '1' } : {}),
    };
    const program = (args: string[], shown = args): Promise<Result> =>
      run(process.execPath, [PROGRAM, ...args], env, ['mfa-profile', ...shown].join(' '));
    const expect = (what: string, { code }: Result): void => {
      if (code !== 0) throw new Error(`${what} ended with ${code}`);
    };

    heading('~/.aws/credentials before (secrets are masked here, not in the file)');
    show(masked(CREDENTIALS));

    heading('One command and one code');
    // A person types the six digits; here the local device's command does, so that none shows in `ps`.
    const command = sts.codeCommand('alice');
    expect(
      'refresh',
      await program(['refresh', 'prod', '--mfa-process', command], ['refresh', 'prod']),
    );

    heading('Again: the session is valid, so nothing is asked and AWS is not called');
    expect('refresh', await program(['refresh', 'prod']));
    expect('status', await program(['status']));
    process.stdout.write(`  (calls to STS so far: ${sts.callsOf('GetSessionToken').length})\n`);

    heading('Any AWS tool can use it');
    await useAwsCli(env, sts.endpoint);

    heading('What changed in the file');
    showChange(CREDENTIALS, readFileSync(file, 'latin1'));

    heading('And back');
    expect('clear', await program(['clear', 'prod']));
    if (readFileSync(file, 'latin1') !== CREDENTIALS)
      throw new Error('clear left something behind');
    process.stdout.write('  the file is byte for byte as it was\n');
  } finally {
    await sts.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function useAwsCli(env: NodeJS.ProcessEnv, endpoint: string): Promise<void> {
  if (spawnSync('aws', ['--version'], { env }).status !== 0) {
    process.stdout.write('  (the AWS CLI is not installed here, so this step is left out)\n');
    return;
  }
  // --endpoint-url: a CLI older than 2.13 does not read AWS_ENDPOINT_URL_STS.
  const args = ['sts', 'get-caller-identity', '--profile', 'prod_token'];
  const { code, stdout } = await run(
    'aws',
    [...args, '--endpoint-url', endpoint, '--output', 'json'],
    env,
    ['aws', ...args].join(' '),
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
