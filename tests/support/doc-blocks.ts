/** The fenced blocks of the pages in docs/, for the tests that run them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The text of a page, by its name. */
export const readPage = (name: string): string =>
  readFileSync(path.join(__dirname, '../../docs', name), 'utf8');

/** The text of each fenced block with that info string. */
export const blocksOf = (page: string, info: string): string[] =>
  [...page.matchAll(/^```(.+)\n([^]*?)^```$/gm)]
    .filter(([, given]) => given === info)
    .map(([, , body]) => body!);
