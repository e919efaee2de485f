/** The one executable: it does the main job without any node, and names itself where it is named. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { having, whereIs } from '../support/needs.ts';
import { ROOT } from '../support/project-files.ts';
import { configOf, useScene } from '../support/scene.ts';
import type { Sandbox } from '../support/sandbox.ts';

const scene = useScene();
// The newest LTS of tests/support/nodes.ts.
const { describe } = having('node 24');

describe('the one executable', () => {
  let folder: string;
  let program: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mfa-profile-executable-'));
    program = path.join(folder, 'mfa-profile');
    const made = process.env['MFA_PROFILE_TESTS_EXECUTABLE'];
    if (made !== undefined) copyFileSync(made, program);
    else {
      const script = path.join(ROOT, 'scripts/make-executable.mjs');
      execFileSync(process.execPath, [script, '--to', program, '--node', whereIs('node 24')]);
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A home without any node on its PATH. */
  const home = (): Sandbox =>
    scene.box({
      credentials: credentialsOf(ALICE),
      config: configOf(ALICE),
      env: { PATH: `${folder}:/usr/bin-without-node` },
    });

  test('gets a session with a code, reuses it, and hands it over', async () => {
    const box = home();
    const code = scene.sts.code('alice');
    const first = await box.exec(program, ['refresh', 'alice', '--token-code', code]);
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(box.readCredentials()).toMatch(/^\[alice_token\]$/m);
    const again = await box.exec(program, ['refresh', 'alice', '--no-prompt']);
    expect(again.stderr).toMatch(/^mfa-profile: alice_token is still valid/);
    expect(scene.sts.calls).toHaveLength(1);
    const answer = await box.exec(program, ['credential-process', 'alice']);
    expect(JSON.parse(answer.stdout)).toMatchObject({ Version: 1 });
    const inside = await box.exec(program, [
      'exec',
      'alice',
      '--',
      '/bin/sh',
      '-c',
      'echo $AWS_ACCESS_KEY_ID',
    ]);
    expect(inside.stdout).toMatch(/^ASIA/);
  });

  test('says its help, a mistake and Japanese, which are parts of their own', async () => {
    const box = home();
    expect((await box.exec(program, ['--help'])).stdout).toMatch(/^Usage: mfa-profile COMMAND/);
    const mistake = await box.exec(program, ['refresh', '--bogus'], {
      env: { MFA_PROFILE_LANG: 'ja' },
    });
    expect(mistake.code).toBe(2);
    expect(mistake.stderr).toMatch(/--bogus.*オプション|オプション.*--bogus/);
  });

  test.each(['cron', 'systemd', 'launchd', 'windows'])(
    'schedule %s starts it, and no node',
    async (scheduler) => {
      const { stdout, code } = await home().exec(program, ['schedule', scheduler]);
      expect(code).toBe(0);
      const line = stdout
        .split('\n')
        .filter((each) => !each.startsWith('#'))
        .join(' ')
        .replace(/<\/?string>|["']/g, ' ');
      expect(line.replace(/\s+/g, ' ')).toContain(` ${program} refresh --all `);
      expect(stdout).not.toMatch(/node|\.cjs/);
    },
  );

  test('schedule names the link by which it was called, and doctor finds what it names', async () => {
    const box = home();
    const link = path.join(folder, 'called');
    symlinkSync(program, link);
    const env = { XDG_CONFIG_HOME: box.path('.config') };
    const { stdout } = await box.exec('/bin/sh', ['-c', 'called schedule systemd'], { env });
    expect(stdout).toContain(`ExecStart="${link}" "refresh"`);
    const [, unit = ''] = /^(.*service)$/m.exec(stdout.replace(/^# /gm, '')) ?? [];
    box.writeFile(path.relative(box.home, unit), stdout.split(/^# .*timer$/m)[0]!);
    const { stdout: report } = await box.exec(program, ['doctor'], { env });
    expect(report).toContain(`starts ${link}`);
  });

  test.each(['bash', 'zsh', 'fish', 'powershell'])(
    'the hook and the completion of %s call it by its name',
    async (shell) => {
      const box = home();
      for (const command of ['hook', 'completion']) {
        const { stdout, code } = await box.exec(program, [command, shell]);
        expect(code).toBe(0);
        expect(stdout).toMatch(/\bmfa-profile\b/);
        expect(stdout).not.toContain(folder);
      }
    },
  );
});
