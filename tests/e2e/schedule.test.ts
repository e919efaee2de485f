/** The unattended refresh: its texts under the schedulers' own checkers, and what a run says to whom. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { ALICE, BOB, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { CARRIED } from '../../src/commands/schedule/environment.ts';
import { SCHEDULERS } from '../../src/commands/schedule/schedulers.ts';
import { renderSchedule } from '../../src/commands/schedule/texts.ts';
import { sessionText } from '../support/scene.ts';
import { quoted } from '../support/quote.ts';
import { SAMPLE } from '../support/sample-job.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { testWith } from '../support/needs.ts';

const DOCS = readFileSync(path.join(__dirname, '../../docs/unattended.md'), 'utf8');

let sts: LocalSts;
let box: Sandbox;
beforeEach(async () => {
  sts = await startLocalSts({ totpClock: 'fresh' });
});
afterEach(async () => {
  box.cleanup();
  await sts.close();
});

/** alice, whose codes come from a command; her files lie where quoting is needed. */
function aliceUnattended(): void {
  box = makeSandbox({ sts });
  // A variable that nobody has set stays as it is.
  const folder = `it's 100% $nobody "here"`;
  const credentials = box.writeFile(`${folder}/credentials`, credentialsOf(ALICE));
  const config = box.writeFile(
    `${folder}/config`,
    `[profile alice]\nmfa_serial = ${serialOf(ALICE)}\nmfa_process = ${sts.codeCommand('alice')}\n`,
  );
  box.env['AWS_SHARED_CREDENTIALS_FILE'] = credentials;
  box.env['AWS_CONFIG_FILE'] = config;
}

const aliceIsRefreshed = (): boolean =>
  readFileSync(box.env['AWS_SHARED_CREDENTIALS_FILE']!, 'utf8').includes('[alice_token]');

/** Stands in for a system's command: notes its arguments. @returns what was noted, a call a line */
function standIn(name: string, status = 0): () => string[] {
  return box.standIn(name, `echo 'no bus' >&2\nexit ${status}\n`);
}

/**
 * Stands in for launchctl, as strict as that is: what is loaded cannot be loaded again (5), a file
 * that others may write is refused (122), and without a login at the screen there is no domain
 * (125).
 */
function strictLaunchctl(): () => string[] {
  const log = box.writeFile('launchctl.log', '');
  const script = `#!/bin/sh
cd ${quoted(box.home)}
printf '%s\\n' "$*" >> launchctl.log
domain=\${2%%/*}
fail() { echo "$2" >&2; exit "$1"; }
[ -e no-screen ] && [ "$domain" = gui ] && fail 125 'Domain does not support specified action'
case $1 in
  bootstrap)
    [ -e "loaded.$domain" ] || [ -e disabled ] && fail 5 'Bootstrap failed: 5: Input/output error'
    case $(stat -c %a "$3") in *[2367]?|*[2367]) fail 122 'Path had bad ownership/permissions';; esac
    [ "$domain" = user ] && ! grep -q Background "$3" && fail 134 'cannot load in requested session'
    cp "$3" "loaded.$domain" ;;
  bootout)
    [ -e busy ] && fail 1 'Operation not permitted'
    [ -e "loaded.$domain" ] || fail 3 'No such process'
    rm "loaded.$domain" ;;
  print) [ -e "loaded.$domain" ] || fail 113 'Could not find service' ;;
  enable) rm -f disabled ;;
esac
exit 0
`;
  box.writeFile('bin/launchctl', script, 0o755);
  return () => readFileSync(log, 'utf8').split('\n').filter(Boolean);
}

/** Runs the command line of a recipe in the docs, by its words, and answers the question it asks. */
async function recipe(
  words: string,
  answer = 'y',
): Promise<{ code: number | null; screen: string }> {
  expect(DOCS).toContain(`\n${words}\n`);
  const pty = box.openPty(['-c', words], { file: 'sh' });
  await pty.waitFor(/\?.*\(/);
  pty.type(`${answer}\r`);
  const { code } = await pty.exit;
  return { code, screen: pty.screen };
}

describe('the texts', () => {
  test.each(SCHEDULERS)('docs/unattended.md shows what is printed for %s', (scheduler) => {
    box = makeSandbox();
    expect(DOCS).toContain(`\n${renderSchedule(scheduler, SAMPLE[scheduler])}\`\`\`\n`);
  });

  test('cron: the line works in the environment that cron gives it, and costs one exchange', async () => {
    aliceUnattended();
    const { stdout } = await box.run(['schedule', 'cron', '--notify']);
    const lines = stdout.split('\n').filter((line) => line && !line.startsWith('#'));
    expect(lines).toHaveLength(1);
    const [, command] = /^\*\/5 \* \* \* \* (.*)$/.exec(lines[0]!)!;
    // crontab(5): an unescaped percent sign would end the command.
    expect(command!.replaceAll('\\%', '')).not.toContain('%');
    const bare = [
      '-i',
      `HOME=${box.home}`,
      'LOGNAME=tester',
      'SHELL=/bin/sh',
      'PATH=/usr/bin:/bin',
    ];
    for (let run = 0; run < 2; run++) {
      await box.exec('env', [...bare, '/bin/sh', '-c', command!.replaceAll('\\%', '%')]);
      expect(aliceIsRefreshed()).toBe(true);
    }
    expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
  });

  test('cron: installed and removed by the recipes, other lines stay', async () => {
    box = makeSandbox();
    const table = box.writeFile('table', '0 3 * * * backup\n');
    box.writeFile(
      'bin/crontab',
      `#!/bin/sh\nif [ "$1" = -l ]; then cat ${quoted(table)}; else cat > ${quoted(`${table}.new`)}; mv ${quoted(`${table}.new`)} ${quoted(table)}; fi\n`,
      0o755,
    );
    const install = '(crontab -l 2>/dev/null; mfa-profile schedule cron) | crontab -';
    const remove =
      "crontab -l | sed '/^# >>> mfa-profile schedule/,/^# <<< mfa-profile schedule/d' | crontab -";
    for (const words of [install, remove]) expect(DOCS).toContain(`\n${words}\n`);
    const printed = (await box.run(['schedule', 'cron'])).stdout;
    expect(printed).toContain(install);
    expect(printed).toContain(remove);
    await box.exec('sh', ['-c', install]);
    expect(readFileSync(table, 'utf8')).toBe(`0 3 * * * backup\n${printed}`);
    await box.exec('sh', ['-c', remove]);
    expect(readFileSync(table, 'utf8')).toBe('0 3 * * * backup\n');
  });

  testWith(
    ['systemd-analyze', 'pty'],
    'systemd: installed after a yes, verified, and removed',
    async () => {
      aliceUnattended();
      const systemctl = standIn('systemctl');
      const folder = box.path('.config/systemd/user');
      expect(await recipe('mfa-profile schedule systemd --install', 'n')).toMatchObject({
        code: 0,
      });
      expect(existsSync(folder)).toBe(false);
      expect(await recipe('mfa-profile schedule systemd --install')).toMatchObject({ code: 0 });
      expect(systemctl()).toEqual([
        '--user daemon-reload',
        '--user enable --now mfa-profile.timer',
      ]);
      const units = ['mfa-profile.service', 'mfa-profile.timer'].map((name) =>
        path.join(folder, name),
      );
      const { stdout } = await box.run(['schedule', 'systemd']);
      expect(units.map((unit) => readFileSync(unit, 'utf8')).join('\n')).toBe(stdout);
      for (const unit of units) expect(statSync(unit).mode & 0o777).toBe(0o644);

      mkdirSync(box.path('runtime'));
      const verify = ['verify', '--user', ...units];
      const verdict = await box.exec('systemd-analyze', verify, {
        env: { XDG_RUNTIME_DIR: box.path('runtime') },
      });
      expect(verdict).toMatchObject({ code: 0, stderr: '' });

      const declined = box.openPty(['schedule', 'systemd', '--uninstall']);
      await declined.waitFor(/\?.*\(/);
      declined.type('n\r');
      expect(await declined.exit).toMatchObject({ code: 0 });
      expect(declined.screen).toContain('nothing was changed');

      const pty = box.openPty(['schedule', 'systemd', '--uninstall']);
      await pty.waitFor(/\?.*\(/);
      pty.type('y\r');
      expect(await pty.exit).toMatchObject({ code: 0 });
      expect(units.filter((unit) => existsSync(unit))).toEqual([]);
      expect(systemctl().slice(2)).toEqual([
        '--user disable --now mfa-profile.timer',
        '--user daemon-reload',
      ]);
      const again = await box.run(['schedule', 'systemd', '--uninstall']);
      expect(again.code).toBe(0);
      expect(again.stderr).toContain('nothing to remove');

      // A script that says --install has nobody to ask, and has said so.
      expect(await box.run(['schedule', 'systemd', '--install'])).toMatchObject({ code: 0 });
      expect(units.every((unit) => existsSync(unit))).toBe(true);
    },
  );

  testWith(['pty'], 'systemd: where systemctl fails nothing is left behind', async () => {
    box = makeSandbox();
    standIn('systemctl', 1);
    const { code, screen } = await recipe('mfa-profile schedule systemd --install');
    expect(code).toBe(4);
    expect(screen).toContain('systemctl --user daemon-reload failed: no bus');
    expect(existsSync(box.path('.config'))).toBe(false);
    const older = box.writeFile('.config/systemd/user/mfa-profile.timer', '# an older one\n');
    expect((await recipe('mfa-profile schedule systemd --install')).code).toBe(4);
    expect(readFileSync(older, 'utf8')).toBe('# an older one\n');
  });

  testWith(
    ['python3', 'pty'],
    'launchd: the agent is a property list whose program works',
    async () => {
      aliceUnattended();
      const launchctl = strictLaunchctl();
      expect(await recipe('mfa-profile schedule launchd --install')).toMatchObject({ code: 0 });
      const file = box.path('Library/LaunchAgents/mfa-profile.refresh.plist');
      const gui = `gui/${process.getuid!()}`;
      expect(launchctl()).toEqual([
        `bootout ${gui}/mfa-profile.refresh`,
        `bootstrap ${gui} ${file}`,
        `enable ${gui}/mfa-profile.refresh`,
      ]);
      const script =
        'import json,plistlib,sys; print(json.dumps(plistlib.load(open(sys.argv[1],"rb"))))';
      const agent = JSON.parse((await box.exec('python3', ['-c', script, file])).stdout) as {
        Label: string;
        StartCalendarInterval: { Minute: number }[];
        StandardErrorPath: string;
        ProgramArguments: string[];
        EnvironmentVariables: Record<string, string>;
      };
      expect(agent).toMatchObject({
        Label: 'mfa-profile.refresh',
        StandardErrorPath: box.path('Library/Logs/mfa-profile.log'),
      });
      expect(agent.StartCalendarInterval.map(({ Minute }) => Minute)).toEqual([
        0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55,
      ]);
      expect(agent).not.toHaveProperty('ProcessType');
      const variables = Object.entries(agent.EnvironmentVariables).map((pair) => pair.join('='));
      await box.exec('env', ['-i', `HOME=${box.home}`, ...variables, ...agent.ProgramArguments]);
      expect(aliceIsRefreshed()).toBe(true);
    },
  );

  describe('launchd, as strict as it is', () => {
    const install = (...options: string[]) =>
      box.run(['schedule', 'launchd', '--install', ...options]);
    const agent = (): string => box.path('Library/LaunchAgents/mfa-profile.refresh.plist');

    test('--install twice: the agent that is loaded is replaced, or left in peace', async () => {
      box = makeSandbox();
      const launchctl = strictLaunchctl();
      expect(await install()).toMatchObject({ code: 0 });
      const again = await install();
      expect(again.code).toBe(0);
      expect(again.stderr).toContain('nothing to do');
      const other = await install('--min-ttl', '1h');
      expect(other).toMatchObject({ code: 0 });
      expect(readFileSync(agent(), 'utf8')).toContain('--min-ttl=1h');
      expect(readFileSync(box.path('loaded.gui'), 'utf8')).toBe(readFileSync(agent(), 'utf8'));
      expect(launchctl().filter((line) => line.startsWith('bootstrap'))).toHaveLength(2);
    });

    test('a job that was switched off is switched on', async () => {
      box = makeSandbox();
      const launchctl = strictLaunchctl();
      box.writeFile('disabled', '');
      expect(await install()).toMatchObject({ code: 0 });
      expect(launchctl().map((line) => line.split(' ')[0])).toEqual([
        'bootout',
        'bootstrap',
        'enable',
        'bootstrap',
        'enable',
      ]);
    });

    test.each([0o002, 0o000, 0o077])(
      'a umask of %o is no reason to refuse the file',
      async (umask) => {
        box = makeSandbox();
        strictLaunchctl();
        const words = `umask ${umask.toString(8)}; mfa-profile schedule launchd --install`;
        expect(await box.exec('sh', ['-c', words])).toMatchObject({ code: 0 });
        expect(statSync(agent()).mode & 0o777).toBe(0o600);
        expect(statSync(box.path('Library/LaunchAgents')).mode & 0o777).toBe(0o700);
      },
    );

    test('over SSH, where there is no login at the screen, it goes into the domain of the user', async () => {
      box = makeSandbox();
      const launchctl = strictLaunchctl();
      box.writeFile('no-screen', '');
      expect(await install()).toMatchObject({ code: 0 });
      expect(readFileSync(box.path('loaded.user'), 'utf8')).toContain('LimitLoadToSessionType');
      const removed = await box.run(['schedule', 'launchd', '--uninstall']);
      expect(removed).toMatchObject({ code: 0 });
      expect(removed.stderr).not.toContain('warning');
      expect(existsSync(box.path('loaded.user'))).toBe(false);
      expect(launchctl().at(-1)).toBe(`bootout user/${process.getuid!()}/mfa-profile.refresh`);
    });

    test('a job that cannot be stopped is said to go on', async () => {
      box = makeSandbox();
      strictLaunchctl();
      await install();
      box.writeFile('busy', '');
      const { code, stderr } = await box.run(['schedule', 'launchd', '--uninstall']);
      expect(code).toBe(0);
      expect(stderr).toMatch(
        /warning: launchctl bootout .*Operation not permitted.* may keep running/,
      );
      expect(existsSync(agent())).toBe(false);
    });
  });

  test('windows: one registration, without a window, with the log where Windows keeps such', () => {
    box = makeSandbox();
    const text = renderSchedule('windows', SAMPLE.windows);
    expect(text).toContain(`"C:\\Program Files\\nodejs\\node.exe" C:\\Users`);
    expect(text).toContain(
      `-Execute "$env:SystemRoot\\System32\\conhost.exe" -Argument '--headless cmd.exe`,
    );
    expect(text).toMatch(/^Register-ScheduledTask -TaskName 'mfa-profile' /m);
  });

  test('windows: what is printed is ASCII, whatever the user is called', () => {
    box = makeSandbox();
    const command = SAMPLE.windows.command.map((word) => word.replace('alice', '\u53cb\u2019s'));
    const text = renderSchedule('windows', { ...SAMPLE.windows, command });
    expect(text).toMatch(/^[\x00-\x7f]+$/);
    expect(text).toContain("\\Users\\'+[char]0x53cb+[char]0x2019+'s\\AppData");
  });

  testWith(
    ['python3', 'pty'],
    'windows: registered by a file that holds any name, and removed',
    async () => {
      box = makeSandbox({ env: { AWS_CONFIG_FILE: '/home/\u53cb & <co>/config' } });
      const schtasks = standIn('schtasks');
      expect(await recipe('mfa-profile schedule windows --install', 'n')).toMatchObject({
        code: 0,
      });
      expect(schtasks()).toEqual([]);
      expect(await recipe('mfa-profile schedule windows --install')).toMatchObject({ code: 0 });
      const file = box.path('AppData/Local/mfa-profile/schedule.xml');
      expect(schtasks()).toEqual([`/Create /TN mfa-profile /XML ${file} /F`]);
      const bytes = readFileSync(file);
      expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
      const script =
        'import json,sys,xml.etree.ElementTree as t; n="{*}"; r=t.parse(sys.argv[1]).getroot(); print(json.dumps({e.tag.split("}")[1]: e.text for e in r.iter()}))';
      const task = JSON.parse((await box.exec('python3', ['-c', script, file])).stdout) as object;
      expect(task).toMatchObject({
        Interval: 'PT5M',
        LogonType: 'InteractiveToken',
        Command: '%SystemRoot%\\System32\\conhost.exe',
        Arguments: expect.stringContaining(
          'set "AWS_CONFIG_FILE=/home/\u53cb & <co>/config"&& ',
        ) as string,
      });
      expect(task).not.toHaveProperty('UserId');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const removed = await box.run(['schedule', 'windows', '--uninstall']);
      expect(removed).toMatchObject({ code: 0 });
      expect(schtasks().at(-1)).toBe('/Delete /TN mfa-profile /F');
      expect(existsSync(file)).toBe(false);
    },
  );

  test('windows: where schtasks fails, or is not there, nothing is left behind', async () => {
    box = makeSandbox();
    const file = box.path('AppData/Local/mfa-profile/schedule.xml');
    const without = await box.run(['schedule', 'windows', '--install']);
    expect(without.code).toBe(4);
    expect(without.stderr).toContain('it is not on this machine');
    standIn('schtasks', 1);
    expect((await box.run(['schedule', 'windows', '--install'])).code).toBe(4);
    expect(existsSync(file)).toBe(false);
  });

  test.each([
    ['windows', 'schtasks', 'Delete', 'schtasks /Delete /TN mfa-profile /F'],
    ['systemd', 'systemctl', 'disable', 'systemctl --user disable --now mfa-profile.timer'],
  ])('%s: what cannot be stopped is said to go on', async (scheduler, program, verb, line) => {
    box = makeSandbox();
    standIn(program);
    expect((await box.run(['schedule', scheduler, '--install'])).code).toBe(0);
    for (const [goesOn, asks] of [
      [true, 'exit 0'],
      [false, 'exit 1'],
    ] as const) {
      box.standIn(program, `case "$*" in *${verb}*) echo busy >&2; exit 1;; esac; ${asks}\n`);
      const { code, stderr } = await box.run(['schedule', scheduler, '--uninstall']);
      expect({ code, goesOn, stderr }).toMatchObject({
        code: 0,
        goesOn: stderr.includes('warning'),
      });
      if (goesOn) expect(stderr).toContain(`warning: ${line} failed: busy; the job keeps running`);
      standIn(program);
      await box.run(['schedule', scheduler, '--install']);
    }
  });

  // Each would end the quotes of cmd.exe, or be expanded by it.
  test.each([
    [['--profile=a"&calc&"b'], {}],
    [['--profile=%PATH%'], {}],
    [['--profile=a!b!'], {}],
    [[], { AWS_CONFIG_FILE: 'C:\\100%\\config' }],
    [[], { HTTPS_PROXY: 'http://p" & calc & "' }],
  ])('windows: %j with %j is refused', async (words, env) => {
    for (const more of [[], ['--install']]) {
      box = makeSandbox({ env });
      const schtasks = standIn('schtasks');
      const result = await box.run(['schedule', 'windows', ...words, ...more]);
      expect(result).toMatchObject({ code: 2, stdout: '' });
      expect(result.stderr).not.toContain('calc');
      expect(schtasks()).toEqual([]);
      if (more.length === 0) box.cleanup();
    }
  });

  test.each([
    [['schedule', 'cron', '--install'], 2],
    [['schedule', 'cron', '--uninstall'], 2],
    [['schedule', 'systemd', '--install', '--uninstall'], 2],
    [['schedule', 'atd'], 2],
    [['schedule'], 2],
  ])('%j ends with %d and writes nothing', async (words, code) => {
    box = makeSandbox();
    const systemctl = standIn('systemctl');
    const result = await box.run(words);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(/^mfa-profile: error: /);
    expect(systemctl()).toEqual([]);
    expect(existsSync(box.path('.config'))).toBe(false);
  });

  // The four spellings that `new URL` takes, and those of the program's own reader.
  test.each([
    'http://me:hush@proxy:3128',
    'me:hush@proxy:3128',
    'http:me:hush@proxy',
    'http:/me:hush@proxy',
    'http:\\\\me:hush@proxy',
    'http://hush@proxy:3128',
  ])('an address with a login does not go into a text: %s', async (address) => {
    const names = ['HTTP_PROXY', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_STS'];
    // The schedulers are handed one environment: each has all the names once.
    for (const [at, scheduler] of SCHEDULERS.entries()) {
      const all = [...names, at % 2 === 0 ? 'HTTPS_PROXY' : 'https_proxy'];
      const env = Object.fromEntries(all.map((name) => [name, address]));
      box = makeSandbox({ env: { ...env, NO_PROXY: 'localhost' } });
      const { stdout, stderr, code } = await box.run(['schedule', scheduler]);
      expect(code).toBe(0);
      expect(stdout + stderr).not.toContain('hush');
      const [, named = ''] = /warning: (.*): left out/.exec(stderr) ?? [];
      expect(named.split(' and ').sort()).toEqual(all.map((name) => name.toUpperCase()).sort());
      expect(stdout).toMatch(/NO_PROXY=localhost|<key>NO_PROXY/);
      box.cleanup();
    }
  });

  test('an endpoint given with a login stays out of schedules and hooks', async () => {
    box = makeSandbox();
    const endpoint = '--endpoint-url=http://me:hush@server:1';
    for (const words of [
      ['schedule', 'cron'],
      ['schedule', 'launchd'],
      ['hook', 'bash'],
      ['hook', 'powershell'],
    ]) {
      const { stdout, stderr } = await box.run([...words, endpoint]);
      expect(stdout + stderr).not.toContain('hush');
    }
  });

  test('docs/unattended.md names the variables that go along', () => {
    box = makeSandbox();
    const [, list] = /if they are set when you run `schedule`:\n\n- (.*)\n/.exec(DOCS)!;
    expect(list!.split(', ')).toEqual(CARRIED.map((name) => `\`${name}\``));
  });

  test('each of them does, and nothing else', async () => {
    box = makeSandbox({
      env: Object.fromEntries(
        [...CARRIED, 'AWS_PROFILE', 'AWS_SECRET_ACCESS_KEY'].map((name) => [name, 'x1']),
      ),
    });
    const { stdout } = await box.run(['schedule', 'cron']);
    expect([...stdout.matchAll(/(\w+)=x1/g)].map(([, name]) => name)).toEqual([...CARRIED]);
  });

  test('cron on macOS: launchd is better, and its log is elsewhere', () => {
    box = makeSandbox();
    const text = renderSchedule('cron', { ...SAMPLE.cron, platform: 'darwin' });
    expect(text.split('\n')[1]).toBe(
      '# On macOS rather use: mfa-profile schedule launchd --install',
    );
    expect(text).not.toContain('journalctl');
  });

  test('the proxy and the endpoint that a refresh takes here are those that it takes there', async () => {
    const env = {
      https_proxy: 'http://lower:1',
      HTTPS_PROXY: 'http://upper:2',
      AWS_USE_FIPS_ENDPOINT: 'true',
    };
    box = makeSandbox({ env });
    const { stdout } = await box.run(['schedule', 'cron']);
    expect(stdout).toContain('HTTPS_PROXY=http://lower:1');
    expect(stdout).toContain('AWS_USE_FIPS_ENDPOINT=true');
  });
});

describe('an unattended run', () => {
  const unattended = ['refresh', '--all', '--no-prompt', '--quiet', '--tell-once', '--notify'];
  const NEEDED =
    /^mfa-profile: error: alice needs an MFA code.*\nmfa-profile: hint: .*\nmfa-profile: error: bob needs an MFA code.*\n$/;

  function twoPeople(): void {
    const config = [ALICE, BOB].map(
      (user) => `[profile ${user.userName}]\nmfa_serial = ${serialOf(user)}\n`,
    );
    box = makeSandbox({ sts, credentials: credentialsOf(ALICE, BOB), config: config.join('') });
  }

  test('names who is needed and why, with one hint, and exits 3', async () => {
    twoPeople();
    for (let run = 0; run < 2; run++) {
      const { code, stderr } = await box.run(['refresh', '--all', '--no-prompt']);
      expect(code).toBe(3);
      expect(stderr).toMatch(NEEDED);
    }
  });

  test('--tell-once says it once, until the profile is valid again', async () => {
    twoPeople();
    const first = await box.run(unattended);
    expect(first.code).toBe(3);
    expect(first.stderr).toMatch(NEEDED);
    expect(await box.run(unattended)).toMatchObject({ code: 3, stderr: '' });
    await box.run(['refresh', 'alice', '--token-code', sts.code('alice')]);
    expect(await box.run(unattended)).toMatchObject({ code: 3, stderr: '' });
    await box.run(['clear', 'alice']);
    const later = await box.run(unattended);
    expect(later.stderr).toMatch(/^mfa-profile: error: alice [^\n]*\nmfa-profile: hint: [^\n]*\n$/);
  });

  test('a record that cannot be read or written costs no run', async () => {
    twoPeople();
    const noFolder = { XDG_STATE_HOME: box.writeFile('file', 'x') };
    for (let run = 0; run < 2; run++) {
      const { code, stderr } = await box.run(unattended, { env: noFolder });
      expect(code).toBe(3);
      expect(stderr).toMatch(NEEDED);
    }
    box.writeFile('state/mfa-profile/told.json', '[broken');
    const { stderr } = await box.run(unattended, { env: { XDG_STATE_HOME: box.path('state') } });
    expect(stderr).toMatch(NEEDED);
  });

  test('--notify tells the desktop once for each profile', async () => {
    twoPeople();
    const notified = standIn('notify-send');
    const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/somewhere' };
    await box.run(unattended, { env });
    await box.run(unattended, { env });
    expect(
      notified().map((line) =>
        /mfa-profile: (\w+) .*Run: mfa-profile refresh (\w+)$/.exec(line)?.slice(1),
      ),
    ).toEqual([
      ['alice', 'alice'],
      ['bob', 'bob'],
    ]);
  });

  test('--notify is silent where there is no desktop, or none that answers', async () => {
    twoPeople();
    const notified = standIn('notify-send', 1);
    const options = ['refresh', 'alice', '--no-prompt', '--notify'];
    if (!existsSync(`/run/user/${process.getuid!()}/bus`)) {
      expect((await box.run(options)).code).toBe(3);
      expect(notified()).toEqual([]);
    }
    box.writeFile('.local/state/mfa-profile/told.json', '{}');
    const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/somewhere' };
    const { code, stderr } = await box.run(options, { env });
    expect(code).toBe(3);
    expect(stderr).not.toContain('no bus');
    expect(notified()).toHaveLength(1);
  });

  describe('a command for codes that fails', () => {
    const MINUTE = 60_000;
    const TOLD = '.local/state/mfa-profile/told.json';

    function failing(): () => number {
      const log = box.writeFile('tries', '');
      box.writeFile('bin/no-code', `#!/bin/sh\necho x >> ${quoted(log)}\nexit 1\n`, 0o755);
      const config = `[profile alice]\nmfa_serial = ${serialOf(ALICE)}\nmfa_process = no-code\n`;
      box.writeConfig(config);
      return () => readFileSync(log, 'utf8').split('\n').filter(Boolean).length;
    }

    const record = (): { failures?: number; tried?: number } =>
      (JSON.parse(readFileSync(box.path(TOLD), 'utf8')) as { alice: object }).alice;

    /** As if the last try was so long ago. */
    function letPass(minutes: number): void {
      const told = { alice: { ...record(), tried: Date.now() - minutes * MINUTE } };
      box.writeFile(TOLD, JSON.stringify(told));
    }

    test('is run again after 15 minutes, an hour, and every four hours', async () => {
      twoPeople();
      const tries = failing();
      const run = () => box.run([...unattended.filter((word) => word !== '--all'), 'alice']);
      expect((await run()).code).toBe(3);
      expect(await run()).toMatchObject({ code: 3, stderr: '' });
      expect(tries()).toBe(1);
      let expected = 1;
      for (const [tooSoon, enough] of [
        [14, 16],
        [59, 61],
        [239, 241],
        [239, 241],
      ]) {
        letPass(tooSoon!);
        expect(await run()).toMatchObject({ code: 3, stderr: '' });
        expect(tries()).toBe(expected);
        letPass(enough!);
        expect(await run()).toMatchObject({ code: 3, stderr: '' });
        expect(tries()).toBe(++expected);
      }
      expect(statSync(box.path(TOLD)).mode & 0o777).toBe(0o600);
      // A person at the keyboard may have unlocked whatever it is.
      await box.run(['refresh', 'alice', '--no-prompt']);
      expect(tries()).toBe(++expected);
      expect(record()).not.toHaveProperty('failures');
      await run();
      expect(tries()).toBe(expected + 1);
    });

    test('a session that is valid starts anew', async () => {
      twoPeople();
      const tries = failing();
      const run = () => box.run([...unattended.filter((word) => word !== '--all'), 'alice']);
      await run();
      await box.run(['refresh', 'alice', '-t', sts.code('alice')]);
      expect(await run()).toMatchObject({ code: 0 });
      await box.run(['clear', 'alice']);
      await run();
      expect(tries()).toBe(2);
    });

    test('a record of an older version is understood', async () => {
      twoPeople();
      failing();
      box.writeFile(TOLD, '{"alice": "code-command-failed"}');
      const again = await box.run([...unattended.filter((word) => word !== '--all'), 'alice']);
      expect(again).toMatchObject({ code: 3, stderr: '' });
    });
  });

  describe('--notify without a network', () => {
    const noNetwork = { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' };
    const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/somewhere' };

    function aliceWith(minutesLeft: number): () => string[] {
      const expiry = new Date(Date.now() + minutesLeft * 60_000)
        .toISOString()
        .replace(/\.\d+Z/, 'Z');
      const keys = { x_security_token_expires: expiry, manager: 'mfa-profile' };
      box = makeSandbox({
        sts,
        credentials: credentialsOf(ALICE) + sessionText('alice_token', keys),
        config: `[profile alice]\nmfa_serial = ${serialOf(ALICE)}\nmfa_process = ${sts.codeCommand('alice')}\n`,
      });
      return standIn('notify-send');
    }

    const run = (more: NodeJS.ProcessEnv) =>
      box.run([...unattended, '--min-ttl', '1h'], { env: { ...env, ...more } });

    test('is silent at a wake-up, and speaks in the second run in a row', async () => {
      const notified = aliceWith(30);
      expect((await run(noNetwork)).code).toBe(6);
      expect(notified()).toHaveLength(0);
      expect((await run({})).code).toBe(0);
      box.cleanup();
      const again = aliceWith(30);
      await run(noNetwork);
      expect(again()).toHaveLength(0);
      await run(noNetwork);
      expect(again()).toHaveLength(1);
      await run(noNetwork);
      expect(again()).toHaveLength(1);
    });

    test('speaks at once when the session is nearly over', async () => {
      const notified = aliceWith(3);
      await run(noNetwork);
      expect(notified()).toHaveLength(1);
    });
  });
});

describe('doctor and an installed schedule', () => {
  test.each([
    ['systemd', 'systemctl', '.config/systemd/user/mfa-profile.service'],
    ['launchd', 'launchctl', 'Library/LaunchAgents/mfa-profile.refresh.plist'],
    ['windows', 'schtasks', 'AppData/Local/mfa-profile/schedule.xml'],
  ])(
    '%s: a program that an upgrade has removed is bad, and named',
    async (scheduler, tool, file) => {
      box = makeSandbox({ sts, credentials: credentialsOf(ALICE) });
      const noSchedule = await box.run(['doctor', '--json']);
      expect(noSchedule.stdout).not.toContain('"schedule"');
      if (tool === 'launchctl') strictLaunchctl();
      else standIn(tool);
      const node = box.path('v22/bin/node');
      mkdirSync(path.dirname(node), { recursive: true });
      copyFileSync(process.execPath, node);
      const { code } = await box.run(['schedule', scheduler, '--install'], { node });
      expect(code).toBe(0);
      const check = async (): Promise<{ status: string; message: string; hint: string }> => {
        const { stdout } = await box.run(['doctor', '--json']);
        const { checks } = JSON.parse(stdout) as { checks: { check: string }[] };
        const found = checks.filter((each) => each.check === 'schedule');
        expect(found).toHaveLength(1);
        return found[0] as never;
      };
      expect((await check()).status).toBe('good');
      rmSync(box.path('v22'), { recursive: true });
      const found = await check();
      expect(found.status).toBe('bad');
      expect(found.message).toContain(box.path(file));
      expect(found.message).toContain(node);
      expect(found.hint).toContain(`mfa-profile schedule ${scheduler} --install`);
    },
  );
});
