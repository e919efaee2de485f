/**
 * One section of a plain file, found in its bytes. This answers for files without anything that a
 * reader could see differently, and says `odd` of all others: document.ts reads those. What both
 * read is the same (tests/good-session.test.ts).
 */
import { readUsualLines } from './document-usual.ts';
import type { Values } from './values.ts';

/** The values of the one section of that name; or there is none; or only document.ts can tell. */
export type PlainSection = Values | 'none' | 'odd';

const LINE_FEED = 10;
const BRACKET = 91;
const PAGE_BYTES = 4096;
const USUAL_HEADER = /^\[[!#-&(-Z^-~]+(?: [!#-&(-Z^-~]+)*\]\n$/;

/**
 * True for a file that can be searched here. A NUL, a carriage return, or a mark in front need a
 * closer look; one that ends with a page may be cut off for the moment.
 */
export function isPlainFile(bytes: Buffer): boolean {
  return (
    bytes.length % PAGE_BYTES !== 0 && bytes[0]! < 0x80 && !bytes.includes(0) && !bytes.includes(13)
  );
}

/**
 * The section `[prefix name]`.
 * @param name without blanks, brackets and quotes
 */
export function findPlainSection(bytes: Buffer, name: string, prefix = ''): PlainSection {
  const header = `[${prefix}${name}]\n`;
  let found: number | undefined;
  for (let at = bytes.indexOf(name); at !== -1; at = bytes.indexOf(name, at + 1)) {
    const start = bytes.lastIndexOf(LINE_FEED, at) + 1;
    const first = bytes[start]!;
    // A line that opens with visible ASCII other than a bracket is no header to anybody.
    if (first > 32 && first < 127 && first !== BRACKET) continue;
    const line = lineAt(bytes, start);
    if (line === header) {
      if (found !== undefined) return 'odd';
      found = start;
    } else if (!USUAL_HEADER.test(line)) return 'odd';
  }
  if (found === undefined) return 'none';
  const bodyStart = found + header.length;
  const next = bytes.indexOf('\n[', bodyStart - 1);
  const end = next === -1 ? bytes.length : next + 1;
  if (next !== -1 && !USUAL_HEADER.test(lineAt(bytes, end))) return 'odd';
  return readUsualLines(bytes.toString('latin1', bodyStart - 1, end)) ?? 'odd';
}

function lineAt(bytes: Buffer, start: number): string {
  const feed = bytes.indexOf(LINE_FEED, start);
  return bytes.toString('latin1', start, feed === -1 ? bytes.length : feed + 1);
}
