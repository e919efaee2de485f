/** The stories of people who sit at Windows, each whole, as its person types it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { describeWith } from '../support/needs.ts';
import { configOf, useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

const scene = useScene();
// The newest that runs under Wine; each start of it takes a second or more.
const MAJOR = 22;

/** The first block of that language under that heading of docs/windows.md. */
function fromDocs(page: string, heading: string): string {
  const text = readFileSync(path.join(__dirname, '../../docs', page), 'utf8');
  const block = new RegExp(`^## ${heading}\n[^]*?\`\`\`bat\n([^]*?)\`\`\``, 'm').exec(text);
  return block![1]!.replaceAll('\n', '\r\n');
}

/** Instead of the AWS CLI: says with which key it would run. */
const AWS = '@echo aws %* with %AWS_ACCESS_KEY_ID%\r\n';

// `# 自身が設定した文字列` and `; 認証` in Shift_JIS (code page 932).
const OWN_TEXT = Buffer.from('23208ea9906782aa90dd92e882b582bd95b68e9a97f1', 'hex');
const AUTHENTICATION = Buffer.from('3b2094468fd8', 'hex');

describeWith([`windows node ${MAJOR}`], '', () => {
  test('000: Git Bash, whose window is no console: the code in the call, three variables, and back', async () => {
    const box = scene.box({
      credentials: credentialsOf({ ...ALICE, userName: 'prod' }),
      config: `[profile prod]\nregion = ap-northeast-1\nmfa_serial = ${serialOf(ALICE)}\n`,
      // A leftover of the last time.
      env: { AWS_PROFILE: 'prod' },
    });
    const bash = {
      console: 'windowless',
      more: { MSYSTEM: 'MINGW64', HOME: '/c/Users/me' },
    } as const;
    const say = async (...words: string[]) => box.onWindows(MAJOR, words, bash).result;

    const without = await say('refresh', 'prod');
    expect(without.code).toBe(3);
    expect(without.stderr).toMatch(/hint: .*-t CODE.*winpty mfa-profile\.cmd/);

    const wrong = await say('refresh', 'prod', '-t', '000000');
    expect(wrong.code).toBe(5);
    expect(wrong.stderr).toMatch(/error: AWS rejected/);

    expect((await say('refresh', 'prod', '-t', scene.sts.code('alice'))).code).toBe(0);
    const set = await say('env', 'prod');
    expect(set.stdout).toMatch(/^export AWS_ACCESS_KEY_ID=.?ASIA\w+/m);
    expect(set.stdout).toMatch(/^unset .*AWS_PROFILE/m);
    expect((await say('whoami', 'prod')).stdout).toContain(':user/alice');
    const unset = await say('env', '--unset');
    expect(unset.stdout).toMatch(/^unset .*AWS_ACCESS_KEY_ID/m);
  });

  test('001: cmd.exe; CRLF, and comments in code page 932 stay byte for byte', async () => {
    const text = Buffer.concat([
      AUTHENTICATION,
      Buffer.from(`\r\n[cred]\r\naws_access_key_id=${ALICE.accessKeyId}\r\n`),
      Buffer.from(`aws_secret_access_key=${ALICE.secretAccessKey}\r\n`),
      OWN_TEXT,
      Buffer.from('\r\n'),
    ]);
    const box = scene.box({
      credentials: text,
      config: `[profile cred]\r\nmfa_serial=${serialOf(ALICE)}\r\n`,
    });
    box.writeFile('bin/aws.cmd', AWS);
    const pty = await box.cmdOnConsole(
      MAJOR,
      'mfa-profile refresh cred && aws ec2 create-vpc --profile cred_token',
    );
    await pty.waitFor(/MFA code for cred/);
    pty.type(`${scene.sts.code('alice')}\r`);
    await pty.waitFor(/aws ec2 create-vpc --profile cred_token/);
    expect((await pty.exit).code).toBe(0);
    const written = box.credentialsBytes();
    expect(written.subarray(0, text.length)).toEqual(text);
    expect(written.subarray(text.length).toString()).toMatch(
      /^\r\n\[cred_token\]\r\n(?:\w+ = \S.*\r\n)+$/,
    );
    expect((await box.cmd(MAJOR, 'mfa-profile clear cred')).code).toBe(0);
    expect(box.credentialsBytes()).toEqual(text);
  });

  test('001: a comment behind a key is part of the key, and that is said', async () => {
    const text = Buffer.concat([
      Buffer.from(`[cred]\r\naws_access_key_id=${ALICE.accessKeyId} `),
      OWN_TEXT,
      Buffer.from(`\r\naws_secret_access_key=${ALICE.secretAccessKey}\r\n`),
    ]);
    const box = scene.box({ credentials: text, config: configOf({ ...ALICE, userName: 'cred' }) });
    const run = await box.cmd(MAJOR, `mfa-profile refresh cred -t ${scene.sts.code('alice')}`);
    expect(run.code).not.toBe(0);
    expect(run.stderr).toMatch(/credentials:2\b|line 2\b/);
    expect(run.stderr).toMatch(/comment/);
    expectNoSecret(run, scene.sts.secrets());
    expect(box.credentialsBytes()).toEqual(text);
  });

  test.each([
    ['windows.md', 'A batch file'],
    ['ja/windows.md', 'バッチファイル'],
  ])(
    '004: setting.ini in Shift_JIS, then the batch file of %s, double-clicked',
    async (page, heading) => {
      const box = scene.box({
        credentials: credentialsOf({ ...ALICE, userName: 'default' }),
        config: '',
      });
      const settings = Buffer.concat([
        AUTHENTICATION,
        Buffer.from(`\r\n; ARN\r\nARN=${serialOf(ALICE)}\r\nDurationSeconds=43200\r\n`),
      ]);
      box.writeFile('setting.ini', settings);
      box.writeFile('mfa.bat', fromDocs(page, heading));
      const line = `mfa-profile init default --from setting.ini --region ap-northeast-1 -t ${scene.sts.code('alice')}`;
      const init = await box.cmd(MAJOR, line);
      expect(init).toMatchObject({ code: 0 });
      expect(box.readConfig()).toContain(`mfa_serial = ${serialOf(ALICE)}`);
      expect(box.readConfig()).toContain('duration_seconds = 43200');

      // Three wrong codes: the window waits for a key, so that the reason can be read.
      await box.run(['clear', 'default']);
      const wrong = await box.cmdOnConsole(MAJOR, 'mfa.bat');
      for (const code of ['000001', '000002', '000003']) {
        await wrong.waitFor(/MFA code for default/);
        wrong.type(`${code}\r`);
      }
      await wrong.waitFor(/AWS rejected/);
      await wrong.waitFor(/Press|key/i);
      wrong.type(' ');
      expect((await wrong.exit).code).toBe(1);

      // The right one: the window has the session.
      const right = await box.cmdOnConsole(MAJOR, 'mfa.bat');
      await right.waitFor(/MFA code for default/);
      right.type(`${await scene.sts.nextCode('alice')}\r`);
      await right.waitFor(/default_token refreshed/);
      await right.waitFor(/>/);
      right.type('echo [%AWS_ACCESS_KEY_ID%] %MFA_PROFILE%\r');
      await right.waitFor(new RegExp(`\\[${scene.sts.sessions.at(-1)!.accessKeyId}\\] default`));
      right.type('exit\r');
      expect((await right.exit).code).toBe(0);
    },
  );
});
