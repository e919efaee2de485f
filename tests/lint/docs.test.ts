/** What the pages say of the code is so: paths that they name exist, and the picture is of today. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS } from '../../src/commands/index.ts';

const ROOT = path.join(__dirname, '../..');
// What git lists, but a copy of the sources may have no git.
const PAGES = ['.', 'docs', '.github']
  .flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: folder !== '.' }).map((file) =>
      path.join(folder, file as string),
    ),
  )
  .filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

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

test('docs/rooms.svg is drawn from the imports of today', () => {
  const script =
    'import("./scripts/draw-rooms.mjs").then((m) => process.stdout.write(m.drawRooms()))';
  const drawn = execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  expect(read('docs/rooms.svg')).toBe(drawn);
});

test('every command has its heading in docs/commands.md', () => {
  const page = read('docs/commands.md');
  for (const { name } of COMMANDS) expect(page).toMatch(new RegExp(`^##+ \`?${name}\\b`, 'm'));
});
