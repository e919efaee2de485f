/** The stories of people at Linux, macOS and PowerShell, each whole, as its person types it; those of Windows are in tests/windows. */
import { ADMIN_ROLE, ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { describeWith, testWith } from '../support/needs.ts';
import { useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

const scene = useScene();
const LIMIT = 240_000;

/** Instead of the AWS CLI: an account that denies everything to the long-term key. */
const AWS = `profile=\${AWS_PROFILE:-default}
while [ $# -gt 0 ]; do
  case $1 in --profile) profile=$2; shift ;; esac
  shift
done
key=\${AWS_ACCESS_KEY_ID:-$(sed -n "/^\\[$profile\\]/,/^\\[/s/^aws_access_key_id *= *//p" ~/.aws/credentials)}
case $key in
  ASIA*) echo "2026-01-01 09:00:00 bucket-of-$key" ;;
  *) echo 'An error occurred (AccessDenied) when calling the ListBuckets operation: Access Denied' >&2; exit 254 ;;
esac
`;

testWith(
  ['bash', 'pty'],
  '003: bash; denied, finds its device, and the long-term key stays as it is',
  async () => {
    const own = credentialsOf({ ...ALICE, userName: 'xxx' });
    const box = scene.box({ credentials: own, config: '', env: { PS1: 'ready> ' } });
    box.standIn('aws', AWS);
    const pty = box.openPty(['--norc', '--noprofile', '-i'], { file: 'bash', cols: 160 });
    const type = async (line: string): Promise<void> => {
      await pty.waitFor(/ready> /);
      pty.type(`${line}\r`);
    };
    await type('aws s3 ls --profile xxx');
    await pty.waitFor(/AccessDenied.*ListBuckets/);
    // docs/troubleshooting.md answers that message with a refresh, which finds the serial by itself.
    await type('mfa-profile refresh xxx');
    await pty.waitFor(/No MFA device is known for profile xxx\. Look it up/);
    pty.key('enter');
    await pty.waitFor(/AWS region/);
    pty.type('ap-northeast-1');
    pty.key('enter');
    await pty.waitFor(/MFA code for xxx/);
    pty.type(scene.sts.code('alice'));
    pty.key('enter');
    await pty.waitFor(/xxx_token refreshed/);
    const [session] = scene.sts.sessions;
    await type('aws s3 ls --profile xxx_token');
    await pty.waitFor(new RegExp(`bucket-of-${session!.accessKeyId}`));
    // Nothing was pasted over the key, and there is no [default] that anything could use by mistake.
    expect(box.readCredentials().startsWith(own)).toBe(true);
    expect(box.readCredentials()).not.toContain('[default]');
    expect(box.readConfig()).toContain(`mfa_serial = ${serialOf(ALICE)}`);

    await type(
      'eval "$(mfa-profile env xxx)"; aws s3 ls; eval "$(mfa-profile env --unset)"; aws s3 ls',
    );
    await pty.waitFor(new RegExp(`bucket-of-${session!.accessKeyId}`));
    await pty.waitFor(/AccessDenied/);
    await type('mfa-profile clear xxx; exit');
    expect((await pty.exit).code).toBe(0);
    expect(box.readCredentials()).toBe(own);
    expectNoSecret(pty.output, scene.sts.secrets());
  },
  LIMIT,
);

describeWith(['pwsh', 'pty'], '002: PowerShell', () => {
  const QUIET = { POWERSHELL_TELEMETRY_OPTOUT: '1', POWERSHELL_UPDATECHECK: 'Off', TERM: 'xterm' };
  const CONFIG = `[profile prod]
region = ap-northeast-1
mfa_serial = ${serialOf(ALICE)}

[profile admin]
role_arn = ${ADMIN_ROLE.arn}
source_profile = prod
mfa_serial = ${serialOf(ALICE)}
`;

  const setUp = () =>
    scene.box({
      credentials: credentialsOf({ ...ALICE, userName: 'prod' }),
      config: CONFIG,
      env: QUIET,
    });

  test(
    'the serial is typed never, the code once: typed at its prompt',
    async () => {
      const box = setUp();
      const pty = box.openPty(['-NoLogo', '-NoProfile'], { file: 'pwsh', answerCursor: true });
      await pty.waitFor(/PS .*> /, LIMIT);
      pty.type('mfa-profile refresh prod\r');
      // What comes before PSReadLine listens is no Enter to it.
      const again = setInterval(() => pty.type('\r'), 5_000);
      await pty.waitFor(/MFA code for prod/, LIMIT).finally(() => clearInterval(again));
      pty.type(`${scene.sts.code('alice')}\r`);
      await pty.waitFor(/prod_token refreshed/, LIMIT);
      expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(1);
      // What Set-AWSCredential -ProfileName prod_token reads.
      expect(box.readCredentials()).toMatch(
        /^\[prod_token\]\naws_access_key_id = \S+\naws_secret_access_key = \S+\naws_session_token = \S+$/m,
      );
      expectNoSecret(pty.output, scene.sts.secrets());
    },
    2 * LIMIT,
  );

  test(
    'three variables, in and out of them; a role; again after it has expired',
    async () => {
      const box = setUp();
      const refresh = async () => {
        const run = await box.run(['refresh', 'prod', '-t', await scene.sts.nextCode('alice')]);
        expect(run.code).toBe(0);
        return scene.sts.sessions.at(-1)!.accessKeyId;
      };
      const first = await refresh();
      const lines = [
        'mfa-profile env prod | Out-String | Invoke-Expression',
        '"set " + $Env:AWS_ACCESS_KEY_ID',
        'mfa-profile whoami',
        'mfa-profile env --unset | Out-String | Invoke-Expression',
        '"unset [" + $Env:AWS_ACCESS_KEY_ID + "]"',
        // The session serves the role without another code.
        `mfa-profile exec admin node -p '"role " + process.env.AWS_ACCESS_KEY_ID'`,
      ].join('\n');
      const type = async () =>
        box.exec('pwsh', ['-NoProfile', '-NonInteractive', '-Command', lines], {
          timeoutMs: LIMIT,
        });
      const { stdout, code } = await type();
      expect(code).toBe(0);
      expect(stdout).toMatch(
        new RegExp(`^set ${first}\n[^]*:user/alice[^]*\nunset \\[\\]\nrole ASIA\\w+\n`),
      );
      expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(1);

      // Twelve hours later: the same line, and another code.
      box.writeCredentials(
        box.readCredentials().replaceAll(/^(x_security_token_expires = )20\d\d/gm, '$12020'),
      );
      const second = await refresh();
      expect(second).not.toBe(first);
      expect((await type()).stdout).toContain(`set ${second}\n`);
    },
    3 * LIMIT,
  );
});
