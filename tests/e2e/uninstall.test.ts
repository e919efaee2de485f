/** What the README says of uninstalling, played: what is left is what it names. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { testWith } from '../support/needs.ts';
import { readProjectFile } from '../support/project-files.ts';
import { hoursAhead, sessionText, useScene } from '../support/scene.ts';
import type { Sandbox } from '../support/sandbox.ts';

const scene = useScene();

/** The rows of the table of shells that a POSIX shell can run: hook and completion. */
function installLines(page: string): string[] {
  return [
    ...readProjectFile(page).matchAll(/^\| (?:bash|zsh|fish) +\| `([^`]+)` +\| `([^`]+)` +\|$/gm),
  ].flatMap(([, hook, completion]) => [hook!, completion!]);
}

function uninstallBlock(page: string): string {
  const [, block] = /```sh\n(mfa-profile clear --all\n[^]*?)```/.exec(readProjectFile(page))!;
  return block!;
}

const filesOf = (box: Sandbox): string[] =>
  readdirSync(box.home, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => path.relative(box.home, path.join(each.parentPath, each.name)))
    .filter((name) => !/^(?:bin|tmp)\/|\.calls$/.test(name))
    .sort();

testWith(
  ['bash'],
  'after it nothing is left but what is the user’s own, and what the page names',
  async () => {
    const config = `[profile prod]\nregion = eu-west-1\nmfa_serial = ${serialOf(ALICE)}\n`;
    const credentials = credentialsOf({ ...ALICE, userName: 'prod' });
    const box = scene.box({ credentials, config });
    for (const name of ['systemctl', 'loginctl', 'npm']) box.standIn(name);
    const own = "alias ll='ls -l'\n";
    for (const name of ['.bashrc', '.zshrc']) box.writeFile(name, own);
    const before = filesOf(box);

    const lines = installLines('README.md');
    expect(lines).toHaveLength(6);
    expect(installLines('README.ja.md')).toEqual(lines);
    for (const line of lines)
      expect(await box.exec('bash', ['-ec', line])).toMatchObject({ code: 0 });
    expect((await box.run(['schedule', 'systemd', '--install'])).code).toBe(0);
    const scheduled = ['refresh', '--all', '--no-prompt', '--tell-once'];
    expect((await box.run(scheduled)).code).toBe(3);
    const session = { x_security_token_expires: hoursAhead(5), manager: 'mfa-profile' };
    box.writeCredentials(`${credentials}\n${sessionText('prod_token', session)}`);
    const installed = filesOf(box);
    expect(installed.length).toBeGreaterThanOrEqual(before.length + 5);

    // What the first comment of each block says.
    const comments = installed
      .filter((name) => /rc$|\.fish$/.test(name))
      .flatMap((name) => readFileSync(box.path(name), 'utf8').split('\n'))
      .flatMap((line) => /^# (?:Remove: |Or: +)\s*((?:sed|rm) .*)$/.exec(line)?.[1] ?? []);
    expect(uninstallBlock('README.ja.md')).toBe(uninstallBlock('README.md'));
    const block = uninstallBlock('README.md');
    expect(await box.exec('bash', ['-ec', block])).toMatchObject({ code: 0 });
    for (const line of comments) await box.exec('bash', ['-c', line]);
    for (const name of ['.bashrc', '.zshrc']) {
      expect(readFileSync(box.path(name), 'utf8').trimEnd()).toBe(own.trimEnd());
    }
    expect(box.readCredentials()).toBe(credentials);
    expect(box.readConfig()).toBe(config);
    const left = filesOf(box).filter((name) => !before.includes(name) && !name.endsWith('rc.bak'));
    expect(left).toEqual(['.local/state/mfa-profile/told.json']);
    for (const page of ['README.md', 'README.ja.md']) {
      expect(readProjectFile(page)).toContain('`~/.local/state/mfa-profile`');
    }
  },
);
