/** What the pages say of the code is so: paths that they name exist, and the picture is of today. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CHECK_NAMES } from '../../src/commands/doctor/check.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { SHELLS, SHELL_FORMATS } from '../../src/shells/names.ts';
import {
  PAGES,
  ROOT,
  SOURCES,
  readProjectFile as read,
  readSource,
} from '../support/project-files.ts';

describe('every path that a page names exists', () => {
  test.each(PAGES)('%s', (page) => {
    // A placeholder stands for any of its kind; what is fenced is a program's text.
    const text = read(page)
      .replace(/^```[^]*?^```/gm, '')
      .replaceAll('/NAME/', '/clear/')
      .replaceAll('/ROOM/', '/store/');
    const named = [
      ...text.matchAll(/`((?:src|tests|docs|scripts|fixtures|bench)\/[\w./-]*\w\/?)`/g),
    ].map(([, file]) => file!);
    // In a block of code brackets are no link.
    const linked = [
      ...text
        .replace(/^```.*?^```/gms, '')
        .matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g),
    ].map(([, file]) => path.join(path.dirname(page), file!));
    const missing = [...named, ...linked].filter((file) => !existsSync(path.join(ROOT, file)));
    expect(missing).toEqual([]);
  });
});

// The blocks of the English pages are run; those of the Japanese ones are the same.
test.each([
  ['recipes.md', 10],
  ['codes-and-keys.md', 4],
  ['teams.md', 4],
  ['networks.md', 1],
  ['commands.md', 7],
])('docs/ja/%s has the blocks of docs/', (page, least) => {
  const blocksOf = (file: string) => read(file).match(/^```[^]*?^```$/gm);
  const blocks = blocksOf(`docs/ja/${page}`);
  expect(blocks!.length).toBeGreaterThanOrEqual(least);
  expect(blocks).toEqual(blocksOf(`docs/${page}`));
});

test('docs/ja/commands.md has the headings, the lines of usage and the options of docs/', () => {
  const of = (file: string) => {
    const text = read(file).replace(/^```[^]*?^```$/gm, '');
    return {
      levels: [...text.matchAll(/^(#+) /gm)].map(([, level]) => level),
      usage: [...text.matchAll(/^`(mfa-profile [^`]*)`$/gm)].map(([, line]) => line),
      options: [...new Set([...text.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option))].sort(),
    };
  };
  expect(of('docs/ja/commands.md')).toEqual(of('docs/commands.md'));
});

/** Pages of `docs/` that are for those who check or change the program: in English only. */
const ENGLISH_ONLY = [
  ...['alternatives.md', 'architecture.md', 'file-safety.md', 'performance.md'],
  ...['releasing.md', 'tests.md'],
];

test('every other page has its twin in Japanese', () => {
  const pagesIn = (folder: string) =>
    PAGES.filter((page) => path.posix.dirname(page) === folder).map((page) =>
      path.posix.basename(page),
    );
  // setup.md holds what README.ja.md leaves out.
  const japanese = [...pagesIn('docs/ja').filter((name) => name !== 'setup.md'), ...ENGLISH_ONLY];
  expect(japanese.sort()).toEqual(pagesIn('docs').sort());
});

test.each(['configuration.md', 'platforms.md', 'macos.md'])(
  'docs/ja/%s names what docs/ names',
  (page) => {
    const codeIn = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
    // How botocore reads is for those who change the program.
    const [english] = read(`docs/${page}`).split('## Rules of botocore');
    const named = codeIn(english!);
    expect(named.length).toBeGreaterThan(8);
    const japanese = codeIn(read(`docs/ja/${page}`));
    expect(named.filter((code) => !japanese.includes(code))).toEqual([]);
  },
);

test('docs/rooms.svg is drawn from the imports of today', () => {
  const script =
    'import("./scripts/draw-rooms.mjs").then((m) => process.stdout.write(m.drawRooms()))';
  const drawn = execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  expect(read('docs/rooms.svg')).toBe(drawn);
});

const COMMANDS_PAGES = ['docs/commands.md', 'docs/ja/commands.md'];

test.each(COMMANDS_PAGES)('every command has its heading in %s', (file) => {
  const page = read(file);
  for (const { name } of COMMANDS) expect(page).toMatch(new RegExp(`^##+ \`?${name}\\b`, 'm'));
});

test.each(COMMANDS_PAGES)('every check of doctor, and nothing else, has a row in %s', (file) => {
  const [section = ''] = /^## doctor$[^]*?(?=^## |$(?![^]))/m.exec(read(file)) ?? [];
  const rows = [...section.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual([...CHECK_NAMES].sort());
});

test.each(COMMANDS_PAGES)('every shell and every format is in %s', (file) => {
  const page = read(file);
  for (const command of ['hook', 'completion']) {
    const [, shells] =
      new RegExp(`mfa-profile ${command} \\[?([a-z]+(?:[|][a-z]+)+)`).exec(page) ?? [];
    expect(shells).toBe(SHELLS.join('|'));
  }
  for (const format of SHELL_FORMATS) {
    expect(page).toMatch(new RegExp(`^\\| \`${format}\` +\\|`, 'm'));
  }
});

/** The anchors that GitHub makes of headings, and those that are set by hand. */
function anchorsOf(page: string): Set<string> {
  const text = read(page).replace(/^```[^]*?^```/gm, '');
  const anchors = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!));
  for (const [, heading] of text.matchAll(/^#+ (.+)$/gm)) {
    const plain = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-');
    for (let at = 0; ; at++) {
      const name = at === 0 ? slug : `${slug}-${at}`;
      if (anchors.has(name)) continue;
      anchors.add(name);
      break;
    }
  }
  return anchors;
}

test.each(PAGES)('every place on a page that %s points at exists', (page) => {
  const text = read(page).replace(/^```[^]*?^```/gm, '');
  const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)#([^)\s]+)\)/g)];
  const missing = links.filter(([, file, anchor]) => {
    const target = file === '' ? page : path.join(path.dirname(page), file!);
    return !anchorsOf(target).has(decodeURIComponent(anchor!));
  });
  expect(missing.map(([link]) => link)).toEqual([]);
});

test.each(PAGES.filter((page) => /^docs\/(?:ja\/)?[^/]+\.md$/.test(page)))(
  '%s opens with the question that it answers, and is in the index',
  (page) => {
    const [heading, opening] = read(page).split('\n\n');
    expect(heading).toMatch(/^# .+$/);
    expect(opening).toMatch(/\?|か。/);
    if (path.basename(page) === 'README.md') return;
    const index = read(path.join(path.dirname(page), 'README.md'));
    expect(index).toContain(`(${path.basename(page)})`);
  },
);

describe.each(['docs/configuration.md', 'docs/ja/configuration.md'])('%s', (file) => {
  const page = read(file);
  const sources = SOURCES.map(readSource).join('\n');
  const named = (pattern: RegExp): string[] => [
    ...new Set([...sources.matchAll(pattern)].map(([, name]) => name!)),
  ];

  test('names every variable that is read or set', () => {
    // What one run tells another that it started, and no user sets.
    const own = ['MFA_PROFILE_ASKED_FOR', 'MFA_PROFILE_READS_KEY_OF'];
    const variables = named(/'((?:AWS|MFA|XDG|NODE|HTTPS?|NO|FORCE|LC|DBUS)_[A-Z_]+)'/g);
    expect(variables.length).toBeGreaterThan(25);
    expect(
      variables.filter((name) => !own.includes(name) && !page.includes(`\`${name}\``)),
    ).toEqual([]);
  });

  test('names every setting that is read', () => {
    const settings = named(/settings\.get\('([a-z_]+)'\)/g);
    expect(settings.length).toBeGreaterThan(8);
    expect(settings.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

test('what the pages say of code and kind agrees with what --json says', () => {
  // The words: `code` is a number, `kind` a name; of the library's error `code` is the name.
  const commands = read('docs/commands.md');
  expect(commands).toContain('"error": {"code", "kind", "message", "hint"}');
  expect(commands).toMatch(/`code` is the number of the exit code, and `kind` the name/);
  expect(commands).toMatch(
    /`code` the name of the problem in .*\(which is `kind` in `refresh --json`\)/,
  );
  expect(read('docs/troubleshooting.md')).toMatch(/exit code as `code` .* as `kind`/);
  expect(read('docs/ja/troubleshooting.md')).toMatch(/`kind` は見出しの名前、`code` は終了コード/);
});
