/** The unattended refresh (issue 5): its texts under their own checkers, and what a run says to whom. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ALICE, BOB, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { SCHEDULERS } from '../../src/commands/schedule/schedulers.ts';
import { renderSchedule } from '../../src/commands/schedule/texts.ts';
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
  const folder = `it's 100% $HOME "here"`;
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

/** In the place of a system's command: notes its arguments. @returns what was noted, a call a line */
function standIn(name: string, status = 0): () => string[] {
  const log = box.writeFile(`${name}.log`, '');
  const script = `#!/bin/sh\nprintf '%s\\n' "$*" >> '${log}'\necho 'no bus' >&2\nexit ${status}\n`;
  box.writeFile(`bin/${name}`, script, 0o755);
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
      `#!/bin/sh\nif [ "$1" = -l ]; then cat '${table}'; else cat > '${table}.new'; mv '${table}.new' '${table}'; fi\n`,
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
    ['systemd-analyze'],
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

      mkdirSync(box.path('runtime'));
      const verify = ['verify', '--user', ...units];
      const verdict = await box.exec('systemd-analyze', verify, {
        env: { XDG_RUNTIME_DIR: box.path('runtime') },
      });
      expect(verdict).toMatchObject({ code: 0, stderr: '' });

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

  test('systemd: where systemctl fails nothing is left behind', async () => {
    box = makeSandbox();
    standIn('systemctl', 1);
    const { code, screen } = await recipe('mfa-profile schedule systemd --install');
    expect(code).toBe(4);
    expect(screen).toContain('systemctl --user daemon-reload failed: no bus');
    expect(existsSync(box.path('.config/systemd/user/mfa-profile.timer'))).toBe(false);
    const older = box.writeFile('.config/systemd/user/mfa-profile.timer', '# an older one\n');
    expect((await recipe('mfa-profile schedule systemd --install')).code).toBe(4);
    expect(readFileSync(older, 'utf8')).toBe('# an older one\n');
  });

  testWith(['python3'], 'launchd: the agent is a property list whose program works', async () => {
    aliceUnattended();
    const launchctl = standIn('launchctl');
    expect(await recipe('mfa-profile schedule launchd --install')).toMatchObject({ code: 0 });
    const file = box.path('Library/LaunchAgents/mfa-profile.refresh.plist');
    expect(launchctl()).toEqual([`bootstrap gui/${process.getuid!()} ${file}`]);
    const script =
      'import json,plistlib,sys; print(json.dumps(plistlib.load(open(sys.argv[1],"rb"))))';
    const agent = JSON.parse((await box.exec('python3', ['-c', script, file])).stdout) as {
      Label: string;
      StartInterval: number;
      StandardErrorPath: string;
      ProgramArguments: string[];
      EnvironmentVariables: Record<string, string>;
    };
    expect(agent).toMatchObject({
      Label: 'mfa-profile.refresh',
      StartInterval: 300,
      StandardErrorPath: box.path('Library/Logs/mfa-profile.log'),
    });
    const variables = Object.entries(agent.EnvironmentVariables).map((pair) => pair.join('='));
    await box.exec('env', ['-i', `HOME=${box.home}`, ...variables, ...agent.ProgramArguments]);
    expect(aliceIsRefreshed()).toBe(true);
  });

  test('windows: one registration, with the log where Windows keeps such', () => {
    box = makeSandbox();
    const text = renderSchedule('windows', SAMPLE.windows);
    expect(text).toContain(`"C:\\Program Files\\nodejs\\node.exe" C:\\Users`);
    expect(text).toMatch(/^Register-ScheduledTask -TaskName 'mfa-profile' /m);
  });

  test.each([
    [['schedule', 'cron', '--install'], 2],
    [['schedule', 'windows', '--uninstall'], 2],
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

  test('a proxy with a password in its address does not go into the text', async () => {
    box = makeSandbox({ env: { HTTPS_PROXY: 'http://me:hush@proxy:3128', NO_PROXY: 'localhost' } });
    const { stdout } = await box.run(['schedule', 'cron']);
    expect(stdout).not.toContain('hush');
    expect(stdout).toContain('NO_PROXY=localhost');
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

describe('a run where nobody sits', () => {
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

  test('--tell-once says it once, until the profile was good', async () => {
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
});
