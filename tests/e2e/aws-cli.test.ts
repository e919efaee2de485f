/** The real AWS CLI reads the session that was written. */
import { readFileSync } from 'node:fs';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { useAws } from '../support/aws-cli.ts';
import { configOf, useScene } from '../support/scene.ts';
import { testWith } from '../support/needs.ts';

const scene = useScene();

/** Where pyenv shims `aws`, its shebang names the Python, and a bare environment still finds it. */
const ENV = {
  AWS_PAGER: '',
  AWS_EC2_METADATA_DISABLED: 'true',
  PYENV_VERSION: process.env['PYENV_VERSION'],
};

testWith(['aws'], 'aws --profile alice_token signs with it, in the source’s region', async () => {
  const box = scene.box({
    credentials: `# mine\n${credentialsOf(ALICE)}`,
    config: `${configOf(ALICE)}region = eu-west-3\noutput = json\n`,
  });
  useAws(box, scene.sts);
  const aws = (...args: string[]) =>
    box.exec('aws', [...args, '--profile', 'alice_token'], { env: ENV });
  expect((await box.run(['refresh', 'alice', '-t', scene.sts.code('alice')])).code).toBe(0);
  const listed = await aws('configure', 'list');
  expect(listed.stdout).toMatch(/access_key[ :]+\*+.{4}[ :]+shared-credentials-file/);
  expect(listed.stdout).toMatch(/region[ :]+eu-west-3/);
  expect((await aws('configure', 'get', 'region')).stdout).toBe('eu-west-3\n');
  const who = await aws('sts', 'get-caller-identity');
  expect(who.stderr).toBe('');
  expect(JSON.parse(who.stdout)).toMatchObject({ Arn: 'arn:aws:iam::123456789012:user/alice' });
  const { accessKeyId, region } = scene.sts.calls.at(-1)!;
  expect({ accessKeyId, region }).toEqual({
    accessKeyId: scene.sts.sessions[0]!.accessKeyId,
    region: 'eu-west-3',
  });
  // And what the CLI writes there stays.
  await aws('configure', 'set', 'cli_pager', '');
  await box.run(['refresh', 'alice', '--force', '-t', scene.sts.code('alice')]);
  expect(readFileSync(box.configFile, 'utf8') + box.readCredentials()).toMatch(/cli_pager/);
});
