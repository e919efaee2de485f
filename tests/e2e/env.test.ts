/**
 * `env` in the real shells: what it sets, what it removes, and that a value is only ever a value.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { renderChange } from '../../src/shells/formats.ts';
import type { ShellFormat } from '../../src/shells/names.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import type { Need } from '../support/needs.ts';
import { describeWith } from '../support/needs.ts';

const CONFIG = `[profile alice]\nregion = eu-central-1\nmfa_serial = ${serialOf(ALICE)}\n[profile bare]\nmfa_serial = ${serialOf(ALICE)}\n`;
const CONTRADICTING = {
  AWS_PROFILE: 'other',
  // The AWS CLI on botocore looks at this one first.
  AWS_DEFAULT_PROFILE: 'alice',
  AWS_SECURITY_TOKEN: 'stale',
  AWS_SESSION_TOKEN: 'of another session',
  AWS_REGION: 'us-east-1',
};
const CARRIED = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

let sts: LocalSts;
let box: Sandbox;
let session: LocalSts['sessions'][number];

beforeAll(async () => {
  sts = await startLocalSts({ totpClock: 'fresh' });
  box = makeSandbox({
    credentials: credentialsOf(ALICE) + credentialsOf({ ...ALICE, userName: 'bare' }),
    config: CONFIG,
    sts,
  });
  const got = await box.run(['refresh', 'alice', '--token-code', sts.code('alice')]);
  if (got.code !== 0) throw new Error(got.stderr);
  session = sts.sessions[0]!;
});

afterAll(async () => {
  box.cleanup();
  await sts.close();
});

/** What a shell's own child sees in the end: its environment as JSON. */
const SHOW = `node -p "JSON.stringify(process.env)"`;

const SHELLS: [tool: Need, evaluate: string, leave: string][] = [
  ['sh', 'eval "$(mfa-profile env)"', 'eval "$(mfa-profile env alice --unset)"'],
  ['dash', 'eval "$(mfa-profile env)"', 'eval "$(mfa-profile env --unset)"'],
  ['bash', 'eval "$(mfa-profile env)"', 'eval "$(mfa-profile env --unset)"'],
  ['zsh', 'eval "$(mfa-profile env)"', 'eval "$(mfa-profile env --unset)"'],
  ['fish', 'mfa-profile env | source', 'mfa-profile env --unset | source'],
];

for (const [shell, evaluate, leave] of SHELLS) {
  describeWith([shell], shell, () => {
    const env = CONTRADICTING;

    test('sets the session and removes what contradicts it, with no format named', async () => {
      const { stdout, stderr, code } = await box.exec(shell, ['-c', `${evaluate}; ${SHOW}`], {
        env,
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const seen = JSON.parse(stdout) as NodeJS.ProcessEnv;
      expect(seen).toMatchObject({
        AWS_ACCESS_KEY_ID: session.accessKeyId,
        AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
        AWS_SESSION_TOKEN: session.sessionToken,
        AWS_CREDENTIAL_EXPIRATION: session.expiration.toISOString().replace('.000Z', 'Z'),
        AWS_REGION: 'eu-central-1',
        AWS_DEFAULT_REGION: 'eu-central-1',
      });
      for (const name of ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SECURITY_TOKEN']) {
        expect(seen).not.toHaveProperty(name);
      }
    });

    test('--unset takes all of it back', async () => {
      const script = `${evaluate}; ${leave}; ${SHOW}`;
      const { stdout, stderr } = await box.exec(shell, ['-c', script], { env });
      expect(stderr).toBe('');
      const left = Object.keys(JSON.parse(stdout) as object).filter((name) => /^AWS_/.test(name));
      expect(left.sort()).toEqual(['AWS_ENDPOINT_URL_IAM', 'AWS_ENDPOINT_URL_STS']);
    });

    test('a value is only ever a value', async () => {
      const format: ShellFormat = shell === 'fish' ? 'fish' : 'env';
      const set = new Map(HOSTILE.map((value, index) => [`V${index}`, value]));
      box.writeFile('hostile', renderChange(format, { set, unset: [] }));
      const script = shell === 'fish' ? 'cat hostile | source' : 'eval "$(cat hostile)"';
      const { stdout, stderr } = await box.exec(shell, ['-c', `${script}; ${SHOW}`]);
      expect(stderr).toBe('');
      const seen = JSON.parse(stdout) as NodeJS.ProcessEnv;
      expect(HOSTILE.map((_value, index) => seen[`V${index}`])).toEqual(HOSTILE);
    });
  });
}

const HOSTILE = [
  ...['$(touch owned)', '`touch owned`', '; touch owned', '| touch owned', '&& touch owned &'],
  ...["'", "''", "';touch owned;'", '"', '";touch owned;"', '\\', "\\'", '\\\\', 'a\\', "'\\''"],
  ...['$HOME', '${HOME}', '$', '%PATH%', '!!', '!x', '~', '~root', '*', '?', '[a-z]*', '{a,b}'],
  ...['#', 'a #b', ' a', 'a ', '  ', '', '\t', 'a\nb', '\n', 'a\n', '=ls', 'a:=ls', 'a==', '-n'],
  ...[
    '(',
    ')',
    '()',
    '<x',
    '>owned',
    '<(ls)',
    'a b',
    'é',
    '日本',
    '\u2018x\u2019',
    '^',
    '\x7f',
    '\x1b[31m',
  ],
];

test('nothing of the hostile values was run', () => {
  expect(existsSync(box.path('owned'))).toBe(false);
});

describe('formats', () => {
  const print = async (...args: string[]) => {
    const { code, stdout, stderr } = await box.run(['env', 'alice', ...args]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };

  test('env-no-export sets, and exports nothing', async () => {
    const script = `eval "$(mfa-profile env alice --format env-no-export)"; echo "$AWS_ACCESS_KEY_ID"; ${SHOW}`;
    const { stdout } = await box.exec('sh', ['-c', script]);
    const [key, seen] = stdout.split('\n');
    expect(key).toBe(session.accessKeyId);
    expect(JSON.parse(seen!)).not.toHaveProperty('AWS_ACCESS_KEY_ID');
  });

  test.each([[['--format', 'json']], [['--json']]])(
    '%s %s is what get-session-token prints',
    async (args) => {
      expect(JSON.parse(await print(...args))).toEqual({
        Credentials: {
          AccessKeyId: session.accessKeyId,
          SecretAccessKey: session.secretAccessKey,
          SessionToken: session.sessionToken,
          Expiration: session.expiration.toISOString().replace('.000Z', 'Z'),
        },
      });
    },
  );

  test('process is what credential-process prints', async () => {
    expect(await print('--format', 'process')).toBe(
      (await box.run(['credential-process', 'alice'])).stdout,
    );
  });

  test('dotenv is read as it is meant by node, and line by line by docker', async () => {
    const text = await print('--format', 'dotenv');
    const read = parseEnv(text);
    expect(CARRIED.map((name) => read[name])).toEqual([
      session.accessKeyId,
      session.secretAccessKey,
      session.sessionToken,
    ]);
    expect(text).not.toMatch(/['"]/);
  });

  test('powershell and windows-cmd carry the same values', async () => {
    expect(await print('--format', 'powershell')).toContain(
      `$Env:AWS_SESSION_TOKEN='${session.sessionToken}'\n`,
    );
    expect(await print('--format', 'windows-cmd')).toContain(
      `set AWS_SESSION_TOKEN=${session.sessionToken}\n`,
    );
  });

  test('a session printed for a shell that was renamed follows the name', async () => {
    const pwsh = box.path('bin', 'pwsh');
    await box.exec('cp', ['/bin/sh', pwsh]);
    const { stdout } = await box.exec(pwsh, ['-c', 'mfa-profile env alice; true']);
    expect(stdout).toContain('$Env:AWS_PROFILE=$null\n');
  });
});

test("a profile without a region leaves the user's own as it is, coming and going", async () => {
  const env = { AWS_REGION: 'us-east-1' };
  const code = sts.code('alice');
  const set = await box.run(['env', 'bare', '--token-code', code, '--format', 'env'], { env });
  expect(set.code).toBe(0);
  expect(set.stdout).not.toContain('REGION');
  const unset = await box.run(['env', 'bare', '--unset', '--format', 'env'], { env });
  expect(unset.stdout).toContain('unset AWS_SESSION_TOKEN\n');
  expect(unset.stdout).not.toContain('REGION');
});

test('a failure prints nothing that a shell would evaluate', async () => {
  const { code, stdout, stderr } = await box.run(['env', 'alice', '--force', '--no-prompt']);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^mfa-profile: error: .*\nmfa-profile: hint: .*\n$/);
});

test.each([
  [['--format', 'tcsh']],
  [['--unset', '--format', 'json']],
  [['--unset', '--format', 'dotenv']],
  [['--json', '--format', 'fish']],
])('env %j is a mistake', async (args) => {
  const { code, stdout } = await box.run(['env', 'alice', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

describeWith(['pty'], 'on a terminal', () => {
  test('the hint repeats what chooses the session, and no code', async () => {
    const other = box.path('.aws', 'other config');
    writeFileSync(other, CONFIG);
    const options = ['--session-profile', 'alice_token', '--config-file', other];
    const pty = box.openPty([
      'env',
      '--profile',
      'alice',
      ...options,
      '--format',
      'fish',
      '-t',
      '123456',
    ]);
    expect((await pty.exit).code).toBe(0);
    expect(pty.screen.replaceAll('\n', '')).toContain(
      `for a shell to evaluate: mfa-profile env alice --session-profile alice_token --config-file "${other}" | source`,
    );
  });
});
