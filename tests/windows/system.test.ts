/** Windows' own ways: files that others hold open, programs and batch files, code pages, consoles. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { describeWith } from '../support/needs.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { MADE_UP_SESSION, hoursAhead, sessionText, useScene } from '../support/scene.ts';
import { startOnWindows, toWindows } from '../support/windows/wine.ts';

const scene = useScene();
// The newest that runs under Wine.
const MAJOR = 22;

/** A home in which alice has a session. */
const withSession = (): Sandbox =>
  scene.box({
    credentials:
      credentialsOf(ALICE) +
      sessionText('alice_token', { x_security_token_expires: hoursAhead(5) }),
  });

describeWith([`windows node ${MAJOR}`], '', () => {
  describe('a credentials file that another program has open, and lets nobody else open', () => {
    /** libuv's UV_FS_O_EXLOCK: opened without sharing. */
    const hold = (box: Sandbox, ms: number) =>
      startOnWindows(MAJOR, [
        '-e',
        `require('fs').openSync(${JSON.stringify(toWindows(box.credentialsFile))}, 0x10000000);
         console.log('held'); setTimeout(() => {}, ${ms})`,
      ]);

    test('is waited for, and the session is written', async () => {
      const box = scene.box();
      const holder = hold(box, 900);
      await holder.waitForStdout(/held/);
      const run = await box.onWindows(MAJOR, ['refresh', 'alice', '-t', scene.sts.code('alice')])
        .result;
      expect(run).toMatchObject({ code: 0 });
      expect(box.readCredentials()).toContain('[alice_token]');
      expect((await holder.result).code).toBe(0);
    });

    test('for longer: it is said, and no code is spent', async () => {
      const box = scene.box();
      const before = box.credentialsBytes();
      const holder = hold(box, 600_000);
      await holder.waitForStdout(/held/);
      const run = await box.onWindows(MAJOR, ['refresh', 'alice', '-t', scene.sts.code('alice')])
        .result;
      holder.kill();
      expect(run.code).toBe(4);
      expect(run.stderr).toMatch(/cannot read .+credentials: another program has it open/);
      expect(scene.sts.calls).toEqual([]);
      expect(box.credentialsBytes()).toEqual(before);
    });
  });

  describe('exec', () => {
    test('a planted cmd.exe in the current folder is not run, by a batch file or an mfa_process', async () => {
      const box = withSession();
      // No program at all: to start it fails.
      for (const name of ['cmd.exe', 'taskkill.exe', 'node.exe']) box.writeFile(name, 'planted');
      box.writeFile('bin/say.cmd', '@echo it has %AWS_ACCESS_KEY_ID%\r\n');
      const run = await box.onWindows(MAJOR, ['exec', 'alice', '--', 'say']).result;
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.stdout).toMatch(/it has ASIA\w+/);
      const found = await box.onWindows(MAJOR, ['exec', 'alice', '--', 'node', '-p', '1+1']).result;
      expect(found).toMatchObject({ code: 0, stderr: '' });
      const line = [
        'refresh',
        'alice',
        '--force',
        '--mfa-process',
        `echo ${scene.sts.code('alice')}`,
      ];
      expect((await box.onWindows(MAJOR, line).result).code).toBe(0);
    });

    test('ends as its command ended; 127 for none, 126 for what is there and is no program', async () => {
      const box = withSession();
      box.writeFile('bin/seven.cmd', '@exit /b 7\r\n');
      box.writeFile('bin/script.ps1', 'exit 0\r\n');
      const text = toWindows(box.writeFile('text.txt', 'x'));
      mkdirSync(box.path('folder'));
      const exec = async (file: string) =>
        box.onWindows(MAJOR, ['exec', 'alice', '--', file], { raw: true }).result;
      expect((await exec('seven')).code).toBe(7);
      const none = await exec('nothing-of-that-name');
      expect(none.code).toBe(127);
      expect(none.stderr).toMatch(
        /there is no command "nothing-of-that-name" on PATH\n.*-- cmd \/c "/,
      );
      const nowhere = await exec('C:\\nowhere\\at.exe');
      expect(nowhere.code).toBe(127);
      expect(nowhere.stderr).toContain('there is no program "C:\\nowhere\\at.exe"');
      for (const there of [text, 'script.ps1', toWindows(box.path('folder'))]) {
        const run = await exec(there);
        expect(`${there} ${run.code} ${run.stderr}`).toContain(
          `${there} 126 mfa-profile: error: cannot run ${there}: `,
        );
      }
    });
  });

  test('a hint can be typed there: the variables by the shell’s own words', async () => {
    const box = scene.box();
    const unreadable = await box.onWindows(
      MAJOR,
      ['refresh', 'alice', '--ca-bundle', 'C:\\no such\\ca.pem', '-t', '123456'],
      { raw: true },
    ).result;
    expect(unreadable.code).toBe(4);
    expect(unreadable.stderr).toContain('hint: check the path');
    const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' };
    const doctor = async (more: Record<string, string>) =>
      (await box.onWindows(MAJOR, ['doctor', 'alice'], { env, more }).result).stdout;
    expect(await doctor({})).toContain('set AWS_ACCESS_KEY_ID=& set AWS_SECRET_ACCESS_KEY=');
    const modules = 'C:\\Users\\t\\OneDrive\\ドキュメント\\PowerShell\\Modules';
    expect(await doctor({ PSModulePath: modules })).toContain(
      '$Env:AWS_ACCESS_KEY_ID=$null; $Env:AWS_SECRET_ACCESS_KEY=$null',
    );
    expect(await doctor({ MSYSTEM: 'MINGW64' })).toContain(
      'unset AWS_ACCESS_KEY_ID; unset AWS_SECRET_ACCESS_KEY',
    );
  });

  describe('the AWS CLI reads files by the system’s code page', () => {
    const KEY = credentialsOf(ALICE);
    /** `# 自身が設定した文字列` in Shift_JIS. */
    const shiftJis = Buffer.from('23208ea9906782aa90dd92e882b582bd95b68e9a97f1', 'hex');
    const standIn = toWindows(path.join(__dirname, '../support/windows/system-program.cjs'));
    /** What doctor and a refresh say of a file; by Wine's own registry unless a number is given. */
    const judge = async (comment: Uint8Array, codePage?: string) => {
      const credentials = Buffer.concat([Buffer.from(KEY), comment, Buffer.from('\r\n')]);
      const box = scene.box({ credentials });
      const more: Record<string, string> =
        codePage === undefined
          ? {}
          : {
              MFA_PROFILE_TEST_CODE_PAGE: codePage,
              NODE_OPTIONS: `--require "${standIn.replaceAll('\\', '/')}"`,
            };
      const doctor = await box.onWindows(MAJOR, ['doctor', 'alice'], { more }).result;
      const line = ['refresh', 'alice', '-t', await scene.sts.nextCode('alice')];
      const refresh = await box.onWindows(MAJOR, line, { more }).result;
      expect(refresh.code).toBe(0);
      expect(box.credentialsBytes().subarray(0, credentials.length)).toEqual(credentials);
      return { code: doctor.code, said: doctor.stdout, warned: refresh.stderr };
    };

    test('a comment in Shift_JIS works on Japanese Windows, and is no reason to warn a refresh', async () => {
      const { code, said, warned } = await judge(shiftJis, '932');
      expect(code).toBe(0);
      expect(said).toMatch(/warning +contents .*bytes that are not UTF-8: .*code page \(932\)/);
      expect(said).not.toContain('save the file as UTF-8');
      expect(warned).not.toContain('warning: Z');
      expect(warned).not.toMatch(/code page|UTF-8/);
    });

    test('a comment in UTF-8 that does not fit there is bad, one that does a warning', async () => {
      const broken = await judge(Buffer.from('# 自身が設定した文字列'), '932');
      expect(broken.code).toBe(4);
      expect(broken.said).toMatch(/bad +contents .*does not fit code page 932/);
      expect(broken.warned).toMatch(/warning: .*does not fit code page 932/);
      const lucky = await judge(Buffer.from('# 本番'), '932');
      expect(lucky.code).toBe(0);
      expect(lucky.said).toMatch(/warning +contents .*text beyond ASCII/);
    });

    test('the number comes from the registry', async () => {
      const { said } = await judge(shiftJis);
      expect(said).toMatch(/code page 1252/);
    });
  });

  test('what a batch file is passed is what was typed, after both parses of cmd.exe', async () => {
    const box = withSession();
    box.writeFile('show.cjs', 'console.log(JSON.stringify(process.argv.slice(2)))\n');
    box.writeFile('bin/show.cmd', '@node "%~dp0..\\show.cjs" %*\r\n');
    // No percent sign, in which Wine's cmd.exe is unlike Windows'.
    const typed = [
      ...['{\\"k\\":\\"v\\"}', 'C:\\dir\\" x', 'a"&echo planted', '--var=x y', 'ends\\', ''],
      ...['^caret', '!bang!'],
    ];
    const run = await box.onWindows(MAJOR, ['exec', 'alice', '--', 'show', ...typed]).result;
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toEqual(typed);
  });

  test('the variables of files are expanded as botocore does; PowerShell is told by its modules', async () => {
    const box = withSession();
    mkdirSync(box.path('x y'));
    copyFileSync(box.credentialsFile, box.path('x y/cred'));
    box.writeCredentials('');
    for (const file of ['~\\x y\\cred', '%USERPROFILE%\\x y\\cred', '$USERPROFILE/x y/cred']) {
      const more = {
        AWS_SHARED_CREDENTIALS_FILE: file,
        PSModulePath:
          'C:\\Users\\t\\OneDrive\\ドキュメント\\WindowsPowerShell\\Modules;C:\\Program Files\\WindowsPowerShell\\Modules',
      };
      const run = await box.onWindows(MAJOR, ['env', 'alice'], { more }).result;
      expect({ file, ...run }).toMatchObject({ code: 0 });
      expect(run.stdout).toContain(`$Env:AWS_ACCESS_KEY_ID='`);
    }
  });

  test('doctor: a credential_process that only a shell finds, as npm installs it', async () => {
    const line = 'mfa-profile credential-process alice';
    const box = withSession();
    const doctor = async (credentialProcess: string) => {
      box.writeConfig(
        `[profile alice]\nmfa_serial = ${serialOf(ALICE)}\n[profile auto]\nregion = eu-west-1\ncredential_process = ${credentialProcess}\n`,
      );
      // Makes npm's batch file, too.
      return (await box.cmd(MAJOR, 'mfa-profile doctor')).stdout;
    };
    const said = await doctor(line);
    expect(said).toMatch(
      /warning +profile +credential_process of auto starts mfa-profile, which is mfa-profile\.cmd/,
    );
    expect(said).toContain('write the name with its ending: mfa-profile.cmd');
    expect(await doctor(line.replace(' ', '.cmd '))).not.toContain('which is');
    expect(await doctor('node give-keys.cjs')).not.toContain('which is');
  });

  describe('in cmd.exe', () => {
    test('npm’s batch file: with call a batch file goes on, and credential-process is one JSON object', async () => {
      const box = withSession();
      const lines = [
        '@echo off',
        'call mfa-profile.cmd credential-process alice',
        'if errorlevel 1 (echo failed) else (echo went well)',
        'call mfa-profile refresh nobody',
        'if errorlevel 1 (echo failed) else (echo went well)',
      ];
      box.writeFile('both.cmd', lines.map((line) => `${line}\r\n`).join(''));
      const { stdout, stderr } = await box.cmd(MAJOR, 'both.cmd');
      const [json, first, second] = stdout.trim().split(/\s*\n/);
      expect(JSON.parse(json!)).toMatchObject({
        Version: 1,
        AccessKeyId: MADE_UP_SESSION.aws_access_key_id,
      });
      expect([first, second]).toEqual(['went well', 'failed']);
      expect(stderr).toMatch(/error: .*nobody/);
    });

    test('Japanese in code page 932: on the console, and a home with such a name', async () => {
      const box = withSession();
      const folder = box.path('山田 太郎');
      mkdirSync(`${folder}/.aws`, { recursive: true });
      copyFileSync(box.credentialsFile, `${folder}/.aws/credentials`);
      const more = { MFA_PROFILE_LANG: 'ja', USERPROFILE: toWindows(folder) };
      const pty = await box.cmdOnConsole(
        MAJOR,
        'chcp 932 >nul & mfa-profile status & mfa-profile refresh nobody',
        { more },
      );
      await pty.exit;
      expect(pty.screen).toMatch(/alice +alice_token/);
      expect(pty.screen.replaceAll('\n', '')).toContain('山田 太郎\\.aws\\credentials');
      expect(pty.screen.replaceAll('\n', '')).toContain('ありません');
      expect(pty.screen).not.toMatch(/[\ufffd?]{2}|縺|繧/);
    });
  });

  test('status --watch on a console counts down, and q ends it', async () => {
    const box = withSession();
    const pty = box.consoleOnWindows(MAJOR, ['status', '--watch']);
    await pty.waitFor(/alice_token +valid .*0[34]:\d\d/);
    writeFileSync(box.credentialsFile, credentialsOf(ALICE));
    await pty.waitFor(/missing|expired|none/);
    pty.type('q');
    expect((await pty.exit).code).toBe(0);
  });

  test('eight at once lead to one call, and leave nothing behind', async () => {
    const box = scene.box();
    const line = ['refresh', 'alice', '-t', scene.sts.code('alice')];
    const runs = Array.from({ length: 8 }, () => box.onWindows(MAJOR, line).result);
    for (const run of await Promise.all(runs)) expect(run).toMatchObject({ code: 0 });
    expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(1);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  });

  test('schedule windows: registers its task with the system’s own program, and removes it', async () => {
    const box = scene.box({
      config: `[profile alice]\nmfa_serial = ${serialOf(ALICE)}\nmfa_process = echo 1\n`,
    });
    const file = box.path('AppData/Local/mfa-profile/schedule.xml');
    const tasks = async () => (await box.cmd(MAJOR, 'dir /b C:\\windows\\system32\\tasks')).stdout;
    const schedule = async (option: string) =>
      box.onWindows(MAJOR, ['schedule', 'windows', option]).result;
    expect(await schedule('--install')).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf16le')).toContain('--headless cmd.exe /d /c ');
    expect(await tasks()).toContain('mfa-profile');
    expect(await schedule('--uninstall')).toMatchObject({ code: 0 });
    expect(existsSync(file)).toBe(false);
    expect(await tasks()).not.toContain('mfa-profile');
  });
});
