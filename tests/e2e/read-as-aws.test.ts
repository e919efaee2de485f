/** The built program finds and reads the two files where and as the AWS tools do. */
import { existsSync } from 'node:fs';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';

const SESSION = `
[alice_token]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = made-up
aws_session_token = made/up==
x_security_token_expires = 2999-01-01T00:00:00Z
manager = mfa-profile
`;

let box: Sandbox;
afterEach(() => {
  box.cleanup();
});

test.each(['$HOME/other/x', '${HOME}/other/x', '~/other/x', '$FOLDER/x'])(
  'AWS_SHARED_CREDENTIALS_FILE=%s is expanded, by the short way and by the long one',
  async (place) => {
    box = makeSandbox({ config: `[profile alice]\nmfa_serial = ${serialOf(ALICE)}\n` });
    const file = box.writeFile('other/x', credentialsOf(ALICE) + SESSION);
    const env = {
      HOME: box.path('.'),
      FOLDER: box.path('other'),
      AWS_SHARED_CREDENTIALS_FILE: place,
      AWS_CONFIG_FILE: box.configFile,
    };
    for (const line of ['refresh alice', 'refresh alice --json', 'status alice --json']) {
      const run = await box.run(line.split(' '), { env });
      expect([run.stderr, run.code]).toEqual([expect.not.stringMatching(/error/), 0]);
    }
    const cleared = await box.run(['clear', 'alice'], { env });
    expect(cleared.code).toBe(0);
    expect(existsSync(file)).toBe(true);
    expect(existsSync('$HOME')).toBe(false);
  },
);

test('the credentials file wins for the region', async () => {
  box = makeSandbox({
    credentials: credentialsOf(ALICE).replace(/\n*$/, '\nregion = eu-central-1\n') + SESSION,
    config: '[profile alice]\nregion = eu-west-1\n',
  });
  for (const extra of [[], ['--min-ttl', '1m', '--debug']]) {
    const run = await box.run(['env', 'alice', '--format', 'env', ...extra]);
    expect(run.stdout).toMatch(/AWS_REGION=.?eu-central-1/);
  }
});

test.each([
  { AWS_PROFILE: 'alice_token' },
  { AWS_DEFAULT_PROFILE: 'alice_token', AWS_PROFILE: 'x' },
])('a session profile named by %j means its source', async (env) => {
  box = makeSandbox({ credentials: credentialsOf(ALICE) + SESSION });
  const run = await box.run(['refresh', '--no-prompt'], { env });
  expect(run.stderr).toMatch(/alice_token is still valid/);
});
