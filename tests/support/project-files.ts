/** The files of this project that tests read: sources and pages. Names have forward slashes. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');

/** Everything in a folder of the project and below, by path from the root, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/')))
    .sort();
}

/** The sources of the program, by path in `src/`. */
export const SOURCES = filesIn('src')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice('src/'.length));

/** Every page but the list of changes, by path from the root; no copy of the sources has to have git. */
export const PAGES = [
  ...readdirSync(ROOT).filter((file) => file !== 'CHANGELOG.md'),
  ...filesIn('docs'),
  ...filesIn('.github'),
].filter((file) => file.endsWith('.md'));

export const readProjectFile = (file: string): string =>
  readFileSync(path.join(ROOT, file), 'utf8');
export const readSource = (file: string): string => readProjectFile(`src/${file}`);
