/** `credential-process` under its real callers: the AWS CLI and the SDK for JavaScript. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { useAws } from '../support/aws-cli.ts';
import { describeOnNodes } from '../support/nodes.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { expectNoSecret } from '../support/secrets.ts';
import { describeWith, testWith } from '../support/needs.ts';

const CONFIG = `[profile alice]
mfa_serial = ${serialOf(ALICE)}
region = eu-central-1

[profile auto]
region = eu-central-1
credential_process = mfa-profile credential-process alice
`;

let sts: LocalSts;
let box: Sandbox;

beforeEach(async () => {
  sts = await startLocalSts({ totpClock: 'fresh' });
  box = makeSandbox({ credentials: credentialsOf(ALICE), config: CONFIG, sts });
});

afterEach(async () => {
  box.cleanup();
  await sts.close();
});

test('prints one object of version 1, and nothing else on stdout', async () => {
  const args = ['credential-process', 'alice', '--token-code', sts.code('alice'), '--debug'];
  const { code, stdout, stderr } = await box.run(args);
  expect(code).toBe(0);
  const [session] = sts.sessions;
  expect(stdout).toBe(
    `${JSON.stringify({
      Version: 1,
      AccessKeyId: session!.accessKeyId,
      SecretAccessKey: session!.secretAccessKey,
      SessionToken: session!.sessionToken,
      Expiration: session!.expiration.toISOString().replace('.000Z', 'Z'),
      AccountId: '123456789012',
    })}\n`,
  );
  expectNoSecret(stderr, sts.secrets());
});

test.each([
  ['no code to be had', ['alice', '--no-prompt'], 3],
  ['no such profile', ['alicia'], 4],
  ['a code that AWS refuses', ['alice', '-t', '000000'], 5],
  ['a mistake in the line', ['alice', '--bogus'], 2],
])('%s: nothing on stdout', async (_what, args, code) => {
  const result = await box.run(['credential-process', ...args]);
  expect(result).toMatchObject({ code, stdout: '' });
  expect(result.stderr).toMatch(/^mfa-profile: error: /);
});

// aws-vault#1015, #405: the question was hidden in the caller's pipe, or nobody could answer it.
describeWith(['aws', 'bash', 'pty'], 'the AWS CLI', () => {
  beforeEach(() => useAws(box, sts));

  const identity = 'aws sts get-caller-identity --profile auto --output text --query Arn';

  test('the question comes to the terminal', async () => {
    const pty = box.openPty(['-c', identity], { file: 'bash' });
    await pty.waitFor(/MFA code for alice/);
    pty.type(sts.code('alice'));
    pty.key('enter');
    await pty.waitFor(/arn:aws:iam::123456789012:user\/alice/);
    expect(await pty.exit).toMatchObject({ code: 0 });
  });

  // ByteNess/aws-vault#91: as many questions as callers.
  test('one question, however many callers', async () => {
    const script = `for n in 1 2 3 4; do ${identity} & done; wait; echo all-done`;
    const pty = box.openPty(['-c', script], { file: 'bash' });
    await pty.waitFor(/MFA code for alice/);
    pty.type(sts.code('alice'));
    pty.key('enter');
    await pty.waitFor(/all-done/);
    expect(pty.screen.match(/user\/alice\s/g)).toHaveLength(4);
    expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
  });
});

describeOnNodes('the SDK for JavaScript, ', (node) => {
  testWith(['pty'], 'the question comes to the terminal, once for two clients', async () => {
    const sdk = JSON.stringify(path.join(__dirname, '../../node_modules/@aws-sdk/client-sts'));
    const script = box.path('client.cjs');
    writeFileSync(
      script,
      `const { STSClient, GetCallerIdentityCommand } = require(${sdk});
       const ask = () => new STSClient({ profile: 'auto' }).send(new GetCallerIdentityCommand({}));
       Promise.all([ask(), ask()]).then(([one, two]) => console.log('both', one.Arn === two.Arn, one.Arn));`,
    );
    const pty = box.openPty([script], { file: node });
    await pty.waitFor(/MFA code for alice/);
    pty.type(sts.code('alice'));
    pty.key('enter');
    await pty.waitFor(/both true arn:aws:iam::123456789012:user\/alice/);
    expect(await pty.exit).toMatchObject({ code: 0 });
    expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
  });
});
