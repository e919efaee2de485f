/** Programs that are asked on Windows, and what a person's keys and language do there. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ADMIN_ROLE, ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { startSignIn } from '../../fixtures/sts/sign-in.ts';
import { describeWith, having } from '../support/needs.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { MADE_UP_SESSION, configOf, hoursAhead, sessionText, useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';
import { until } from '../support/until.ts';
import { toWindows } from '../support/windows/wine.ts';

const scene = useScene();
const MAJOR = 22;
jest.setTimeout(180_000);

const withSession = () =>
  scene.box({
    credentials:
      credentialsOf(ALICE) +
      sessionText('alice_token', { x_security_token_expires: hoursAhead(5) }),
  });
const loading = (file: string) => ({
  // In its quotes a backslash escapes.
  NODE_OPTIONS: `--require "${toWindows(file).replaceAll('\\', '/')}"`,
});
const standIn = loading(path.join(__dirname, '../support/windows/system-program.cjs'));

describeWith([`windows node ${MAJOR}`], '', () => {
  test('console: the address is one word, to Windows’ own handler and to a program of the person’s', async () => {
    const signIn = await startSignIn({ sts: scene.sts });
    try {
      const role = `\n[profile admin]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = alice\n`;
      const box = scene.box({
        config: configOf(ALICE) + role,
        env: { AWS_ENDPOINT_URL_SIGNIN: signIn.endpoint },
      });
      const calls = box.path('opened');
      const more = { ...standIn, MFA_PROFILE_TEST_CALLS: toWindows(calls) };
      const open = async (...words: string[]) =>
        box.onWindows(MAJOR, ['console', 'admin', ...words], { more }).result;
      const usual = await open('-t', scene.sts.code('alice'));
      expect(usual).toMatchObject({ code: 0, stdout: '' });
      expect(readFileSync(calls, 'utf8').trim()).toContain(
        `SigninToken=${encodeURIComponent(signIn.tokens[0]!)}`,
      );

      box.writeFile(
        'note.cjs',
        `require('fs').writeFileSync(${JSON.stringify(toWindows(box.path('words')))}, JSON.stringify(process.argv.slice(2)))`,
      );
      const browser = 'node note.cjs --new "x y"';
      const own = await open('--browser', browser, '--service', 's3/home?a=1&b=2');
      expect(own).toMatchObject({ code: 0, stdout: '' });
      const words = JSON.parse(readFileSync(box.path('words'), 'utf8')) as string[];
      expect(words.slice(0, -1)).toEqual(['--new', 'x y']);
      expect(words.at(-1)).toContain(`SigninToken=${encodeURIComponent(signIn.tokens.at(-1)!)}`);
      expectNoSecret([usual.stderr, own.stderr], [...scene.sts.secrets(), ...signIn.tokens]);
    } finally {
      await signIn.close();
    }
  });

  test('a window: PowerShell asks, and takes the digits of an input method', async () => {
    const box = scene.box();
    const digits = scene.sts
      .code('alice')
      .replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
    const more = {
      ...standIn,
      MFA_PROFILE_TEST_POWERSHELL: digits,
      MFA_PROFILE_TEST_CALLS: toWindows(box.path('asked')),
    };
    const line = ['refresh', 'alice', '--prompt', 'window'];
    expect(await box.onWindows(MAJOR, line, { more }).result).toMatchObject({ code: 0 });
    expect(readFileSync(box.path('asked'), 'utf8')).toMatch(/^MFA code for alice \(arn:/);
    const closed = await box.onWindows(MAJOR, [...line, '--force']).result;
    // Wine's own, which prints nothing, is a window that was closed.
    expect(closed.code).toBe(130);
  });

  test('keys: moved into a file that Windows encrypts, used from there, and restored', async () => {
    const box = scene.box();
    const before = box.readCredentials();
    const more = { ...standIn, MFA_PROFILE_TEST_POWERSHELL: 'x' };
    const run = async (...words: string[]) => box.onWindows(MAJOR, words, { more }).result;
    expect(await run('keys', 'move', 'alice', '--to', 'windows')).toMatchObject({ code: 0 });
    expect(box.readCredentials()).not.toContain(ALICE.secretAccessKey);
    const folder = box.path('AppData/Local/mfa-profile/keys');
    expect(readdirSync(folder)).toEqual(['aws-alice.dpapi']);
    expect(readFileSync(path.join(folder, 'aws-alice.dpapi'), 'utf8')).toMatch(/^[0-9a-f]+$/);
    expect(await run('refresh', 'alice', '-t', scene.sts.code('alice'))).toMatchObject({ code: 0 });
    expect(await run('clear', 'alice')).toMatchObject({ code: 0 });
    expect(await run('keys', 'restore', 'alice')).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toContain(ALICE.secretAccessKey);
    expect(box.readCredentials().split('\n').sort()).toEqual(before.split('\n').sort());
    expect(readdirSync(folder)).toEqual([]);
  });

  test('keys: a PowerShell that encrypts nothing is a failure, and the key stays where it is', async () => {
    const box = scene.box();
    const before = box.readCredentials();
    const run = await box.onWindows(MAJOR, ['keys', 'move', 'alice', '--to', 'windows']).result;
    expect(run.code).toBe(4);
    expect(box.readCredentials()).toBe(before);
    expect(existsSync(box.path('AppData/Local/mfa-profile/keys/aws-alice.dpapi'))).toBe(false);
  });

  test('rotate: a journal that another program has open is removed once it is free', async () => {
    const box = scene.box();
    const folder = box.path('AppData/Local/mfa-profile');
    const first = await box.onWindows(MAJOR, ['rotate', 'alice', '-t', scene.sts.code('alice')])
      .result;
    expect(first).toMatchObject({ code: 0 });
    const journal = readdirSync(folder).find((name) => /^rotation-.*\.json$/.test(name))!;
    // libuv's UV_FS_O_EXLOCK, opened at the moment at which the program would remove the file.
    const held = box.writeFile(
      'hold.cjs',
      `const fs = require('fs');
       const { rmSync } = fs;
       const file = ${JSON.stringify(toWindows(path.join(folder, journal)))};
       let tries = 0;
       let descriptor;
       fs.rmSync = (path, options) => {
         if (!path.endsWith(${JSON.stringify(journal)})) return rmSync(path, options);
         tries += 1;
         if (tries === 1) descriptor = fs.openSync(file, 0x10000000);
         if (tries === 3) fs.closeSync(descriptor);
         try {
           return rmSync(path, options);
         } finally {
           fs.writeFileSync(${JSON.stringify(toWindows(box.path('tries')))}, String(tries));
         }
       };
       require('module').syncBuiltinESMExports();`,
    );
    const line = ['rotate', 'alice', '--finish', '-t', await scene.sts.nextCode('alice')];
    const run = await box.onWindows(MAJOR, line, { more: loading(held) }).result;
    expect(run).toMatchObject({ code: 0 });
    expect(Number(readFileSync(box.path('tries'), 'utf8'))).toBeGreaterThanOrEqual(3);
    expect(readdirSync(folder).filter((name) => name.startsWith('rotation'))).toEqual([]);
  });

  describe('keys of a console, which no program here can press', () => {
    /** Tells the program, and no other, of what a file names. */
    const keyboard = (box: Sandbox) => {
      const file = box.path('pressed');
      const preload = box.writeFile(
        'keyboard.cjs',
        `const fs = require('fs');
         let done = 0;
         const look = () => {
           let names = [];
           try {
             names = fs.readFileSync(${JSON.stringify(toWindows(file))}, 'utf8').split('\\n').filter(Boolean);
           } catch {}
           for (; done < names.length; done += 1) process.emit(names[done], names[done]);
           fs.writeFileSync(${JSON.stringify(toWindows(box.path('heard')))}, String(done));
         };
         if (/mfa-profile/.test(process.argv[1])) setInterval(look, 50).unref();`,
      );
      return {
        more: loading(preload),
        press: async (...names: string[]) => {
          writeFileSync(`${file}.new`, names.join('\n'));
          writeFileSync(file, readFileSync(`${file}.new`));
          const heard = () =>
            existsSync(box.path('heard')) &&
            readFileSync(box.path('heard'), 'utf8') === String(names.length);
          await until(heard);
        },
      };
    };

    test('exec: they are the program’s own affair, however often', async () => {
      const box = withSession();
      const { more, press } = keyboard(box);
      const go = box.path('go');
      const file = box.writeFile(
        'wait.cjs',
        `console.log('up'); setInterval(() => { if (require('fs').existsSync(${JSON.stringify(toWindows(go))})) process.exit(9); }, 50);`,
      );
      const run = box.onWindows(MAJOR, ['exec', 'alice', '--', 'node', toWindows(file)], { more });
      await run.waitForStdout(/up/, 60_000);
      await press('SIGINT', 'SIGINT', 'SIGBREAK', 'SIGBREAK', 'SIGINT');
      writeFileSync(go, '');
      expect(await run.result).toMatchObject({ code: 9, stderr: '' });
    });

    test('Ctrl-Break while an mfa_process runs is 130', async () => {
      const box = scene.box();
      const { more, press } = keyboard(box);
      const asked = box.path('asked');
      // It ends by itself: Wine's taskkill ends no children, and who reads waits for them.
      box.writeFile(
        'wait.cjs',
        `require('fs').writeFileSync(${JSON.stringify(toWindows(asked))}, ''); setTimeout(() => {}, 20000);`,
      );
      const line = ['refresh', 'alice', '--mfa-process', 'set NODE_OPTIONS=& node wait.cjs'];
      const run = box.onWindows(MAJOR, line, { more });
      await until(() => existsSync(asked));
      await press('SIGBREAK');
      expect(await run.result).toMatchObject({ code: 130 });
      expect(box.namesInFolder()).toEqual(['config', 'credentials']);
    });
  });

  test('exec without a command opens the shell that called: PowerShell 7', async () => {
    const box = withSession();
    box.writeFile('bin/pwsh.cmd', '@echo pwsh has %AWS_ACCESS_KEY_ID%\r\n');
    const more = { PSModulePath: 'C:\\Users\\a\\ドキュメント\\PowerShell\\Modules' };
    const pty = box.consoleOnWindows(MAJOR, ['exec', 'alice'], { more, cols: 120 });
    await pty.waitFor(new RegExp(`pwsh has ${MADE_UP_SESSION.aws_access_key_id}`), 60_000);
    expect((await pty.exit).code).toBe(0);
  });

  test('a folder of PATH may stand in quotes, with a semicolon in it', async () => {
    const box = withSession();
    mkdirSync(box.path('q;r s'));
    box.writeFile('q;r s/say.cmd', '@echo said\r\n');
    const more = { Path: `"${toWindows(box.path('q;r s'))}";C:\\windows\\system32` };
    const run = await box.onWindows(MAJOR, ['exec', 'alice', '--', 'say'], { more }).result;
    expect(run).toMatchObject({ code: 0, stdout: 'said\r\n' });
  });

  describe('Japanese Windows', () => {
    having('ascii-folders').test(
      'speaks Japanese, unless MFA_PROFILE_LANG or the locale says otherwise',
      async () => {
        const box = scene.box();
        const say = (file: string) => `mfa-profile refresh nobody 2>${file}`;
        const line = [
          say('system'),
          `set MFA_PROFILE_LANG=en& ${say('settled')}`,
          `set MFA_PROFILE_LANG=& set LANG=en_US.UTF-8& ${say('locale')}`,
        ].join(' & ');
        const pty = await box.cmdOnConsole(MAJOR, line, {
          env: { LC_ALL: undefined },
          systemLocale: 'ja_JP.UTF-8',
        });
        await pty.exit;
        const said = (file: string) => readFileSync(box.path(file), 'utf8');
        expect(said('system')).toMatch(/nobody.*ありません/);
        for (const file of ['settled', 'locale']) expect(said(file)).toMatch(/no profile nobody/);
      },
    );

    test('digits of an input method in code page 932, from a pipe and from an mfa_process', async () => {
      const box = scene.box();
      const preload = box.writeFile(
        'japanese.cjs',
        `const { resolvedOptions } = Intl.DateTimeFormat.prototype;
         Intl.DateTimeFormat.prototype.resolvedOptions = function () {
           return { ...resolvedOptions.call(this), locale: 'ja-JP' };
         };`,
      );
      const more = { ...loading(preload), MFA_PROFILE_LANG: 'en' };
      const inShiftJis = (code: string) =>
        Buffer.from([...code].flatMap((digit) => [0x82, 0x4f + Number(digit)]));
      const stdin = Buffer.concat([inShiftJis(scene.sts.code('alice')), Buffer.from('\r\n')]);
      const piped = ['refresh', 'alice', '-t', '-'];
      expect(await box.onWindows(MAJOR, piped, { more, stdin }).result).toMatchObject({ code: 0 });
      box.writeFile('code.txt', inShiftJis(await scene.sts.nextCode('alice')));
      const line = ['refresh', 'alice', '--force', '--mfa-process', 'type code.txt'];
      expect(await box.onWindows(MAJOR, line, { more }).result).toMatchObject({ code: 0 });
      const redirected = Buffer.from(`\ufeff${await scene.sts.nextCode('alice')}\r\n`, 'utf16le');
      const again = [...piped, '--force'];
      expect(await box.onWindows(MAJOR, again, { stdin: redirected }).result).toMatchObject({
        code: 0,
      });
    });
  });
});
