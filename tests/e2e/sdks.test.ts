/**
 * What was written and printed, given to the AWS CLI, botocore and the JavaScript SDK themselves:
 * each talks to the right account, in the right region.
 */
import path from 'node:path';
import { ALICE, DEPLOY_ROLE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { useAws } from '../support/aws-cli.ts';
import { testWith, whereIs } from '../support/needs.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { useScene } from '../support/scene.ts';

const scene = useScene();

const ROOT = path.join(__dirname, '../..');
const WITH_BOTOCORE = path.join(ROOT, 'fixtures/programs/who-with-botocore.py');
const WITH_JAVASCRIPT = path.join(ROOT, 'fixtures/programs/who-with-javascript.cjs');

/** A user and a role in another account, each in a region of its own, and each served on demand. */
const CONFIG = `[default]
region = us-west-2

[profile alice]
mfa_serial = ${serialOf(ALICE)}
region = eu-west-3

[profile deploy]
role_arn = ${DEPLOY_ROLE.arn}
source_profile = alice
external_id = ${DEPLOY_ROLE.externalId}
region = ap-northeast-1

[profile alice-auto]
region = eu-west-3
credential_process = mfa-profile credential-process alice --no-prompt

[profile deploy-auto]
region = ap-northeast-1
credential_process = mfa-profile credential-process deploy --no-prompt
`;

const USER = { arn: 'arn:aws:iam::123456789012:user/alice', account: '123456789012' };
const ROLE = {
  arn: 'arn:aws:sts::210987654321:assumed-role/deploy/mfa-profile',
  account: '210987654321',
};
const EXPECTED = [
  { ...USER, region: 'eu-west-3' },
  { ...ROLE, region: 'ap-northeast-1' },
];
const NAMES = ['alice', 'deploy'];

/** Of another account and region, as they stand in the shell of somebody who has several. */
const FOREIGN = {
  AWS_ACCOUNT_ID: '999999999999',
  AWS_ACCESS_KEY_ID: 'AKIAMADEUPKEYFOREIGN',
  AWS_SECRET_ACCESS_KEY: 'made+up/secret+of+another+account+000000',
  AWS_SECURITY_TOKEN: 'foreign',
  AWS_DEFAULT_REGION: 'us-east-2',
  AWS_REGION: 'us-east-2',
};
const ENV = {
  AWS_PAGER: '',
  AWS_EC2_METADATA_DISABLED: 'true',
  PYENV_VERSION: process.env['PYENV_VERSION'],
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

async function open(): Promise<Sandbox> {
  const box = scene.box({ credentials: credentialsOf(ALICE), config: CONFIG, env: ENV });
  const got = await box.run(['refresh', 'alice', 'deploy', '-t', scene.sts.code('alice')]);
  expect(got).toMatchObject({ code: 0 });
  return box;
}

/** The key and the region that each of the last calls was signed with. */
const signed = () =>
  scene.sts.callsOf('GetCallerIdentity').map(({ accessKeyId, region }) => [accessKeyId, region]);
const asExpected = () =>
  scene.sts.sessions.map(({ accessKeyId }, at) => [accessKeyId, EXPECTED[at]!.region]);

interface Caller {
  arn: string;
  account: string;
  region: string;
  accountId?: string | null;
}

/** Runs a program that prints a line of JSON for each profile, and checks every line and call. */
async function expectCallers(
  box: Sandbox,
  [file, ...args]: [string, ...string[]],
  accounts: readonly string[] = [],
): Promise<void> {
  const { stdout, stderr } = await box.exec(file, args);
  expect(stderr).toBe('');
  const callers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Caller);
  expect(callers.map(({ arn, account, region }) => ({ arn, account, region }))).toEqual(EXPECTED);
  for (const [at, account] of accounts.entries()) {
    // An older release knows of no account.
    expect([account, null, undefined]).toContain(callers[at]!.accountId);
  }
  expect(signed()).toEqual(asExpected());
}

/** The same under `exec`, in a shell whose variables speak of another account. */
async function expectUnderExec(box: Sandbox, command: readonly string[]): Promise<void> {
  for (const [at, name] of NAMES.entries()) {
    const { stdout, stderr } = await box.run(['exec', name, '--', ...command], { env: FOREIGN });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject(EXPECTED[at]!);
    const { accountId } = JSON.parse(stdout) as Caller;
    expect(accountId ?? EXPECTED[at]!.account).toBe(EXPECTED[at]!.account);
  }
  expect(signed()).toEqual(asExpected());
}

describe.each<[string, 'botocore' | 'node', () => [string, ...string[]]]>([
  ['botocore', 'botocore', () => [whereIs('botocore'), WITH_BOTOCORE, scene.sts.endpoint]],
  ['the JavaScript SDK', 'node', () => [process.execPath, WITH_JAVASCRIPT, scene.sts.endpoint]],
])('%s', (_what, need, command) => {
  const needs = need === 'node' ? [] : [need];

  testWith(needs, 'by the session profiles', async () => {
    await expectCallers(await open(), [...command(), 'alice_token', 'deploy_token']);
  });

  testWith(needs, 'by credential_process, which tells the account', async () => {
    const line: [string, ...string[]] = [...command(), 'alice-auto', 'deploy-auto'];
    await expectCallers(await open(), line, [USER.account, ROLE.account]);
  });

  testWith(needs, 'by the environment of exec', async () => {
    await expectUnderExec(await open(), command());
  });
});

describe('the AWS CLI', () => {
  const SCRIPT = 'aws sts get-caller-identity --output json';
  // With --profile the CLI reads the region of that profile only where no variable names one.
  const KEYS = 'AWS_REGION AWS_DEFAULT_REGION';
  const parse = (text: string) => {
    const { Arn, Account } = JSON.parse(text) as { Arn: string; Account: string };
    return { arn: Arn, account: Account };
  };

  // It takes its time to start: each way once, side by side.
  testWith(
    ['aws'],
    'by the session profiles, by credential_process, and by the environment of exec and env',
    async () => {
      const box = await open();
      useAws(box, scene.sts);
      const inShell = async (script: string) => {
        const { stdout, stderr } = await box.exec('sh', ['-c', script], { env: FOREIGN });
        expect(stderr).toBe('');
        return stdout;
      };
      const [asUser, asRole, auto, exec, env, regions] = await Promise.all([
        inShell(`unset ${KEYS}; ${SCRIPT} --profile alice_token`),
        inShell(`unset ${KEYS}; ${SCRIPT} --profile deploy_token`),
        inShell(`unset ${KEYS}; ${SCRIPT} --profile deploy-auto`),
        inShell(`mfa-profile exec deploy -- ${SCRIPT}`),
        inShell(`eval "$(mfa-profile env alice --format env)"; ${SCRIPT}`),
        inShell(
          `for name in alice deploy; do aws configure get region --profile "$name"_token; done`,
        ),
      ]);
      expect([asUser, asRole, auto, exec, env].map(parse)).toEqual([USER, ROLE, ROLE, ROLE, USER]);
      expect(regions).toBe('eu-west-3\nap-northeast-1\n');
      const [user, role] = asExpected();
      expect(signed().sort()).toEqual([user, user, role, role, role].sort());
    },
    180_000,
  );
});
