/** The manual pages: one for the program and one a command, in both languages, from the help's own tables. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { GLOBAL_OPTIONS } from '../../src/cli/options.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { HELP_TEXTS as ENGLISH } from '../../src/commands/help.ts';
import { HELP_TEXTS as JAPANESE } from '../../src/commands/help.ja.ts';
import { having } from '../support/needs.ts';

const ROOT = path.join(__dirname, '../..');
const PAGES = path.join(ROOT, 'dist/man');
const NAMES = ['mfa-profile', ...COMMANDS.map(({ name }) => `mfa-profile-${name}`)];
const LANGUAGES = [
  ['man1', ENGLISH],
  ['ja/man1', JAPANESE],
] as const;

/** What a reader sees, without bold and underlined letters (a letter, a backspace, a letter). */
function shown(folder: string, name: string): string {
  const args = ['-T', 'utf8', '-O', 'width=400', path.join(PAGES, folder, `${name}.1`)];
  const { stdout } = spawnSync('mandoc', args, { encoding: 'utf8' });
  return stdout.replace(/.\x08/gu, '').replace(/\s+/g, ' ');
}

describe.each(LANGUAGES)('%s', (folder, texts) => {
  test('has one for the program and one a command', () => {
    const files = readdirSync(path.join(PAGES, folder)).sort();
    expect(files).toEqual(NAMES.map((name) => `${name}.1`).sort());
  });

  having('mandoc').test('has nothing that mandoc complains of', () => {
    const files = NAMES.map((name) => path.join(PAGES, folder, `${name}.1`));
    const { stdout, status } = spawnSync('mandoc', ['-T', 'lint', ...files], { encoding: 'utf8' });
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  });

  having('mandoc').test.each(COMMANDS.map((command) => [command.name, command] as const))(
    'says of %s what the help says',
    (name, { options }) => {
      const page = shown(folder, `mfa-profile-${name}`);
      const { summary, examples, options: own } = texts.commands[name]!;
      const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();
      expect(page).toContain(squeezed(summary));
      for (const [line] of examples) expect(page).toContain(squeezed(line));
      for (const option of [...options, ...GLOBAL_OPTIONS]) {
        const about =
          (own as Record<string, string>)[option.name] ?? texts.options[option.name as 'json'];
        expect(page).toContain(`--${option.name}`);
        expect(page).toContain(squeezed(about));
      }
      expect(shown(folder, 'mfa-profile')).toContain(squeezed(summary));
    },
  );
});

test('the package installs the English ones', () => {
  const { man } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    man: string[];
  };
  expect(man).toEqual(NAMES.map((name) => `./dist/man/man1/${name}.1`));
});
