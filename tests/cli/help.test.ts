/** The help of each command in a window of 80 columns: as short as its options allow, in both languages. */
import { GLOBAL_OPTIONS, SESSION_OPTIONS } from '../../src/cli/options.ts';
import { renderCommandHelp } from '../../src/cli/render-help.ts';
import { HELP_TEXTS as ENGLISH } from '../../src/commands/help.ts';
import { HELP_TEXTS as JAPANESE } from '../../src/commands/help.ja.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { widthOf } from '../../src/output/width.ts';

const COLUMNS = 80;
/** Of a window that is opened today; one of 24 holds no option of its own for each of them. */
const ROWS = 48;

describe.each([
  ['English', ENGLISH],
  ['Japanese', JAPANESE],
])('%s', (_language, texts) => {
  test.each(COMMANDS.map((command) => [command.name, command] as const))('%s', (_, command) => {
    const lines = renderCommandHelp(command, texts, COLUMNS).trimEnd().split('\n');
    expect(lines.length).toBeLessThan(ROWS);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(COLUMNS);
    const shown = lines.flatMap((line) => /^ {2}(?:-\w, | {4})--([a-z-]+)/.exec(line)?.[1] ?? []);
    const shared: readonly string[] = SESSION_OPTIONS.map(({ name }) => name);
    const own = command.options.map(({ name }) => name);
    expect(shown).toEqual([
      ...own.filter((name) => !shared.includes(name)),
      ...own.filter((name) => shared.includes(name)),
      ...GLOBAL_OPTIONS.map(({ name }) => name),
      'help',
      'version',
    ]);
    // None of the global options is so long that it wraps.
    const global = lines.slice(lines.indexOf(texts.frame.globalOptions) + 1, -2);
    expect(global).toHaveLength(GLOBAL_OPTIONS.length + 2);
  });
});

test('a word of Japanese is not broken', () => {
  const rotate = COMMANDS.find(({ name }) => name === 'rotate')!;
  const help = renderCommandHelp(rotate, JAPANESE, COLUMNS);
  expect(help.match(/\p{sc=Han}\n +\p{sc=Han}/gu)).toBeNull();
});
