/** The library, from the built package: both module systems, its types, and real SDK clients against the local STS. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { STSClientConfig } from '@aws-sdk/client-sts';
import {
  ADMIN_ROLE,
  ALICE,
  DEPLOY_ROLE,
  FRANK,
  JUDY,
  credentialsOf,
  serialOf,
} from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import type { fromMfaProfile } from '../../src/provider.ts';
import { testWith } from '../support/needs.ts';
import { describeOnNodes } from '../support/nodes.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';

const ROOT = path.join(__dirname, '../..');

/** Compiles only as long as the SDK takes our provider for one of its own. */
type SdksOwn = NonNullable<STSClientConfig['credentials']>;
const isTheSdksOwn: ReturnType<typeof fromMfaProfile> extends SdksOwn ? true : never = true;

let sts: LocalSts;
let box: Sandbox;

beforeEach(async () => {
  sts = await startLocalSts({ totpClock: 'fresh' });
  const config = `[profile alice]\nregion = eu-central-1\n${`mfa_serial = ${serialOf(ALICE)}`}\n`;
  // The program's own copy of the SDK warns of Node 20's end.
  const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  box = makeSandbox({ credentials: credentialsOf(ALICE), config, sts, env });
  // As npm installs it.
  mkdirSync(box.path('node_modules', '@aws-sdk'), { recursive: true });
  symlinkSync(ROOT, box.path('node_modules', 'mfa-profile'));
  for (const name of ['client-sts', 'types']) {
    symlinkSync(
      path.join(ROOT, 'node_modules/@aws-sdk', name),
      box.path('node_modules', '@aws-sdk', name),
    );
  }
});

afterEach(async () => {
  box.cleanup();
  await sts.close();
});

/** Runs a program that uses the library. */
async function runProgram(text: string, node = process.execPath, name = 'program.mjs') {
  return box.exec(node, [box.writeFile(name, text)]);
}

const CLIENT = `
  import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
  import { fromMfaProfile, MfaProfileError } from 'mfa-profile';
  const whoami = async (credentials) => {
    const client = new STSClient({ region: 'eu-central-1', credentials });
    return (await client.send(new GetCallerIdentityCommand({}))).Arn;
  };
`;

describeOnNodes('', (node) => {
  test('a client of the SDK, by import', async () => {
    const command = JSON.stringify(sts.codeCommand('alice'));
    const program = `${CLIENT}
      const credentials = fromMfaProfile({ profile: 'alice', mfaProcess: ${command} });
      console.log(await whoami(credentials), (await credentials()).expiration.toISOString());`;
    const { code, stdout, stderr } = await runProgram(program, node);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { expiration } = sts.sessions[0]!;
    expect(stdout).toBe(`arn:aws:iam::123456789012:user/alice ${expiration.toISOString()}\n`);
    expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
  });

  test('by require', async () => {
    const program = `const { fromMfaProfile } = require('mfa-profile');
      fromMfaProfile({ prompt: false, profile: 'alice' })().catch(({ name, code, exitCode, hint }) =>
        console.log(name, code, exitCode, typeof hint));`;
    const { stdout, stderr } = await runProgram(program, node, 'program.cjs');
    expect({ stdout, stderr }).toEqual({
      stdout: 'MfaProfileError no-code 3 string\n',
      stderr: '',
    });
  });
});

test('callers of one provider, of two, and a process beside them lead to one exchange', async () => {
  const program = `${CLIENT}
    let asked = 0;
    const options = { profile: 'alice', mfaCodeProvider: async (serial) => {
      asked++;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return serial === '${serialOf(ALICE)}' ? '${sts.code('alice')}' : '';
    } };
    const one = fromMfaProfile(options);
    const arns = await Promise.all([whoami(one), whoami(one), whoami(fromMfaProfile(options))]);
    console.log(new Set(arns).size, asked);`;
  const [library, beside] = await Promise.all([
    runProgram(program),
    box.run(['refresh', 'alice', '--token-code', sts.code('alice')]),
  ]);
  expect(library.stderr).toBe('');
  expect(library.stdout).toMatch(/^1 [01]\n$/);
  expect(beside.code).toBe(0);
  expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
});

test('a session is renewed when too little of it is left', async () => {
  await box.run(['refresh', 'alice', '--duration', '15m', '--token-code', sts.code('alice')]);
  const program = (seconds: number) => `${CLIENT}
    const options = { profile: 'alice', prompt: false, minTtlSeconds: ${seconds} };
    console.log(await fromMfaProfile(options)().then(() => 'reused', ({ code }) => code));`;
  expect((await runProgram(program(60))).stdout).toBe('reused\n');
  expect((await runProgram(program(1800))).stdout).toBe('no-code\n');
});

describe('which account, and whose session', () => {
  const DEPLOY = `[profile deploy]\nrole_arn = ${DEPLOY_ROLE.arn}\nsource_profile = alice\nexternal_id = ${DEPLOY_ROLE.externalId}\n`;
  const show = (options: string) => `${CLIENT}
    const credentials = await fromMfaProfile(${options})().catch(({ code }) => ({ accountId: code }));
    console.log(credentials.accountId, credentials.accessKeyId);`;

  test.each<[string, string, string, string]>([
    ['the device tells it', '', 'alice', '123456789012'],
    ['the profile states it', 'aws_account_id = 777788889999\n', 'alice', '777788889999'],
    ["a role's own, not its source's", `aws_account_id = 1\n\n${DEPLOY}`, 'deploy', '210987654321'],
  ])('accountId: %s', async (_what, more, profile, account) => {
    box.writeConfig(`${box.readConfig()}${more}`);
    const code = sts.code('alice');
    const options = `{ profile: '${profile}', mfaCodeProvider: async () => '${code}' }`;
    const { stdout, stderr } = await runProgram(show(options));
    expect({ stdout, stderr }).toEqual({
      stdout: `${account} ${sts.sessions.at(-1)!.accessKeyId}\n`,
      stderr: '',
    });
  });

  test('accountId is left out where nothing tells it', async () => {
    box.writeCredentials(credentialsOf({ ...FRANK, userName: 'alice' }));
    box.writeConfig(`[profile alice]\nmfa_serial = ${serialOf(FRANK)}\n`);
    const options = `{ profile: 'alice', mfaCodeProvider: async () => '${sts.code('frank')}' }`;
    const program = `${CLIENT}
      console.log('accountId' in (await fromMfaProfile(${options})()));`;
    expect((await runProgram(program)).stdout).toBe('false\n');
  });

  test('a session of another key or device than the profile names now is never handed out', async () => {
    await box.run(['refresh', 'alice', '--token-code', sts.code('alice')]);
    const unasked = `{ profile: 'alice', prompt: false }`;
    const [old] = sts.sessions;
    expect((await runProgram(show(unasked))).stdout).toBe(`123456789012 ${old!.accessKeyId}\n`);
    box.writeCredentials(box.readCredentials().replace(ALICE.accessKeyId, JUDY.accessKeyId));
    expect((await runProgram(show(unasked))).stdout).toBe('no-code undefined\n');
    box.writeCredentials(
      box.readCredentials().replace(ALICE.secretAccessKey, JUDY.secretAccessKey),
    );
    box.writeConfig(`[profile alice]\nmfa_serial = ${serialOf(JUDY)}\n`);
    const said = `const said = []; const logger = { info: (line) => said.push(line), warn: (line) => said.push(line) };`;
    const code = sts.code('judy');
    const program = `${CLIENT} ${said}
      const options = { profile: 'alice', logger, mfaCodeProvider: async () => '${code}' };
      console.log(await whoami(fromMfaProfile(options)), said.join());`;
    expect((await runProgram(program)).stdout).toMatch(
      /^arn:aws:iam::123456789012:user\/judy .*alice's access key has changed since/,
    );
  });

  test('a role that now has another ARN', async () => {
    const role = (arn: string) =>
      `${config}\n[profile admin]\nrole_arn = ${arn}\nsource_profile = alice\n`;
    const config = box.readConfig();
    box.writeConfig(role(ADMIN_ROLE.arn));
    await box.run(['refresh', 'admin', '--token-code', sts.code('alice')]);
    box.writeConfig(role(`${ADMIN_ROLE.arn}-of-another-name`));
    const { stdout } = await runProgram(show(`{ profile: 'admin', prompt: false }`));
    expect(stdout).toBe('access-denied undefined\n');
  });
});

test('it says what the command line says, and only to the logger', async () => {
  const program = `${CLIENT}
    import { chmodSync } from 'node:fs';
    chmodSync(process.env.HOME + '/.aws/credentials', 0o644);
    const said = [];
    const logger = { info: (line) => said.push('info ' + line), warn: (line) => said.push('warn ' + line) };
    await fromMfaProfile({ profile: 'alice', mfaCodeProvider: async () => '${sts.code('alice')}', logger })();
    console.log(said.join());`;
  const { stdout, stderr } = await runProgram(program);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^warn .*credentials is open to other users/);
});

test.each([
  ['a wrong option', `{ durationSeconds: 5 }`, 'usage'],
  ['no such profile', `{ profile: 'alicia' }`, 'no-such-profile'],
  ['a code of another form', `{ profile: 'alice', mfaCodeProvider: async () => 'abc' }`, 'usage'],
  [
    'a code that AWS refuses',
    `{ profile: 'alice', mfaCodeProvider: async () => '000000' }`,
    'wrong-code',
  ],
])('%s is an MfaProfileError', async (_what, options, expected) => {
  const program = `${CLIENT}
    const error = await fromMfaProfile(${options})().catch((error) => error);
    console.log(error instanceof MfaProfileError, error.code, error.message.length > 0);`;
  expect((await runProgram(program)).stdout).toBe(`true ${expected} true\n`);
});

test("the caller's own error comes through, and so does its Ctrl-C", async () => {
  const program = `${CLIENT}
    const fail = async () => { throw new TypeError('mine'); };
    const error = await fromMfaProfile({ profile: 'alice', mfaCodeProvider: fail })().catch((error) => error);
    console.log(error.name, error.message);
    process.kill(process.pid, 'SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 10_000));`;
  const { stdout, signal } = await runProgram(program);
  expect({ stdout, signal }).toEqual({ stdout: 'TypeError mine\n', signal: 'SIGINT' });
});

test('a host program has the listeners to signals that it had before, and locks end with it', async () => {
  const program = `${CLIENT}
    const { readdirSync } = await import('node:fs');
    const count = () => ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => process.listenerCount(name)).join('');
    process.once('SIGHUP', () => undefined);
    const options = { profile: 'alice', mfaCodeProvider: async () => '${sts.code('alice')}' };
    await fromMfaProfile({ ...options, durationSeconds: 3600 })();
    console.log(count());
    await fromMfaProfile({ ...options, minTtlSeconds: 7200, mfaCodeProvider: async () => {
      const isLocked = readdirSync(process.env.HOME + '/.aws').some((name) => name.endsWith('.lock'));
      console.log(count(), isLocked);
      process.kill(process.pid, 'SIGTERM');
      return new Promise(() => setTimeout(() => undefined, 10_000));
    } })();`;
  const { stdout, signal } = await runProgram(program);
  expect(stdout).toBe('001\n112 true\n');
  expect(signal).toBe('SIGTERM');
  expect(box.namesInFolder()).toEqual(['config', 'credentials']);
});

testWith(['pty'], 'asks on the terminal where nothing else gives a code', async () => {
  const file = box.writeFile(
    'ask.mjs',
    `${CLIENT} console.log(await whoami(fromMfaProfile({ profile: 'alice' })));`,
  );
  const pty = box.openPty([file], { file: process.execPath });
  await pty.waitFor(/MFA code for alice/);
  pty.type(sts.code('alice'));
  pty.key('enter');
  await pty.waitFor(/user\/alice/);
  expect(await pty.exit).toMatchObject({ code: 0 });
});

test.each(['node16', 'bundler'])('its types hold for a strict program (%s)', (resolution) => {
  expect(isTheSdksOwn).toBe(true);
  const text = `import { fromMfaProfile, MfaProfileError } from 'mfa-profile';
    import type { FromMfaProfileOptions } from 'mfa-profile';
    import { STSClient } from '@aws-sdk/client-sts';
    import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';
    const options: FromMfaProfileOptions = { profile: 'prod', minTtlSeconds: 900 };
    const credentials: AwsCredentialIdentityProvider = fromMfaProfile(options);
    export const client = new STSClient({ credentials: fromMfaProfile() });
    export const isOurs = (error: unknown): boolean => error instanceof MfaProfileError;
    // @ts-expect-error a misspelt option
    fromMfaProfile({ profil: 'prod' });
    void credentials;`;
  const files = [box.writeFile('typed.mts', text), box.writeFile('typed.cts', text)];
  const module = resolution === 'node16' ? 'node20' : 'preserve';
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2023'];
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const check = () =>
    execFileSync(process.execPath, [tsc, ...flags, '--module', module, ...files], {
      cwd: box.home,
      encoding: 'utf8',
    });
  expect(check()).toBe('');
});
