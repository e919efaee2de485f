/** What cmd.exe runs for us, and we for cmd.exe: the variables of a window, and a command for codes. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { describeWith } from '../support/needs.ts';
import { MADE_UP_SESSION, configOf, hoursAhead, sessionText, useScene } from '../support/scene.ts';
import { toWindows } from '../support/windows/wine.ts';

const scene = useScene();
const MAJOR = 22;
/**
 * Wine's `for /f` keeps what a command prints in a file of this folder, and reads nothing if its path
 * holds a blank.
 */
const more = { TEMP: 'C:\\windows\\temp', TMP: 'C:\\windows\\temp' };

const withSession = (region = 'eu-west-3') =>
  scene.box({
    credentials:
      credentialsOf(ALICE) +
      sessionText('alice_token', { x_security_token_expires: hoursAhead(5) }),
    config: `${configOf(ALICE)}region = ${region}\n`,
  });

/** The line of a page that asks `env` for the variables of a window, as a typed one or in a batch file. */
const lineOf = (page: string): string => {
  const text = readFileSync(path.join(__dirname, '../../docs', page), 'utf8');
  return /for \/f .*? do @set %j/.exec(text)![0].replace('prod', 'alice');
};

describeWith([`windows node ${MAJOR}`], '', () => {
  test('the line of the docs gives a window its variables: typed, and in a batch file', async () => {
    const box = withSession();
    const line = lineOf('windows.md');
    for (const page of ['recipes.md', 'ja/windows.md']) expect(lineOf(page)).toBe(line);
    const pty = await box.cmdOnConsole(MAJOR, 'cmd', { more });
    await pty.waitFor(/>/);
    pty.type(`${line}\r`);
    await pty.waitFor(/j\s+[^>]*>/);
    pty.type('echo [%AWS_ACCESS_KEY_ID%] [%AWS_SESSION_TOKEN%]\r');
    const { aws_access_key_id: key, aws_session_token: token } = MADE_UP_SESSION;
    await pty.waitFor(new RegExp(`\\[${key}\\] \\[${token}\\]`));
    pty.type('exit\r');
    await pty.exit;

    const batch = ['@echo off', 'set AWS_PROFILE=old', line.replaceAll('%', '%%')];
    const say = 'echo [%AWS_ACCESS_KEY_ID%] [%AWS_PROFILE%]';
    box.writeFile('variables.cmd', [...batch, say, ''].join('\r\n'));
    const said = await box.cmd(MAJOR, 'variables.cmd', { more });
    expect(said).toMatchObject({ code: 0, stdout: `[${key}] []\r\n` });
  });

  // Wine's own makes 1 of each code that is not 0.
  test('%errorlevel% tells how it ended, and what is quoted stays one value', async () => {
    const box = withSession('eu west&3');
    const lines = [
      '@echo off',
      'call mfa-profile env nobody',
      'echo level=%errorlevel%',
      'call mfa-profile status alice >nul',
      'echo level=%errorlevel%',
      lineOf('windows.md').replaceAll('%', '%%'),
      'echo "%AWS_REGION%"',
      '',
    ];
    box.writeFile('level.cmd', lines.join('\r\n'));
    const { stdout } = await box.cmd(MAJOR, 'level.cmd', { more });
    expect(stdout.trim().split(/\s*\n/)).toEqual([
      expect.stringMatching(/^level=[14]$/),
      ...['level=0', '"eu west&3"'],
    ]);
  });

  test('doctor names the proxy of the system’s settings, and the line that sets it', async () => {
    const box = scene.box();
    const key = '"HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings"';
    box.writeFile(
      'proxy.cmd',
      [
        `reg add ${key} /v ProxyEnable /t REG_DWORD /d %1 /f`,
        `reg add ${key} /v ProxyServer /t REG_SZ /d proxy.example.com:8080 /f`,
        '',
      ].join('\r\n'),
    );
    const doctor = async () => (await box.onWindows(MAJOR, ['doctor', 'alice']).result).stdout;
    expect((await box.cmd(MAJOR, 'proxy.cmd 1')).code).toBe(0);
    const said = await doctor();
    const line = ['refresh', 'alice', '-t', '123456', '--endpoint-url', 'http://127.0.0.1:9'];
    const { code, stderr } = await box.onWindows(MAJOR, line).result;
    expect(code).toBe(6);
    expect(stderr).toMatch(
      /hint: the system's settings .*HTTPS_PROXY to http:\/\/proxy\.example\.com:8080/,
    );
    await box.cmd(MAJOR, 'proxy.cmd 0');
    expect(said).toMatch(
      /warning +proxy +the system's settings name the proxy http:\/\/proxy\.example\.com:8080/,
    );
    expect(said).toContain('set HTTPS_PROXY=http://proxy.example.com:8080');
    expect(await doctor()).toMatch(/good +proxy/);
  });

  // Wine's taskkill knows no /t: a stand-in ends the tree.
  test('an mfa_process that is no longer waited for is ended with what it has started', async () => {
    const box = scene.box();
    const [beat, pid, calls] = [box.path('beat'), box.path('pid'), box.path('calls')];
    box.writeFile(
      'beat.cjs',
      `const fs = require('node:fs');
       fs.writeFileSync(${JSON.stringify(toWindows(pid))}, String(process.pid));
       setInterval(() => fs.appendFileSync(${JSON.stringify(toWindows(beat))}, 'x'), 50);`,
    );
    const standIn = toWindows(path.join(__dirname, '../support/windows/system-program.cjs'));
    const more = {
      MFA_PROFILE_TEST_TREE: toWindows(pid),
      MFA_PROFILE_TEST_CALLS: toWindows(calls),
      NODE_OPTIONS: `--require "${standIn.replaceAll('\\', '/')}"`,
    };
    const command = 'set NODE_OPTIONS=& node beat.cjs';
    const first = box.onWindows(MAJOR, ['refresh', 'alice', '--mfa-process', command], { more });
    for (let waited = 0; !existsSync(beat) && waited < 60_000; waited += 50) await pause(50);
    const line = ['refresh', 'alice', '-t', scene.sts.code('alice')];
    expect((await box.onWindows(MAJOR, line).result).code).toBe(0);
    expect(await first.result).toMatchObject({ code: 0 });
    expect(readFileSync(calls, 'utf8')).toMatch(
      /^C:\\windows\\System32\\taskkill\.exe \/pid \d+ \/t \/f\n$/i,
    );
    const beats = readFileSync(beat).length;
    await pause(500);
    expect(readFileSync(beat).length).toBe(beats);
  });
});
