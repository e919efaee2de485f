/**
 * One section of a plain file, found in its bytes. This answers for files without anything that a
 * reader could see differently, and says `odd` of all others: document.ts reads those. What both
 * read is the same (tests/quick/answer.test.ts).
 */
import { readUsualLines } from '../document/plain-lines.ts';
import type { Values } from '../document/values.ts';

/** The values of the one section of that name; undefined where there is none. */
export type PlainSection = Values | undefined;

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
 * Several sections whose names have a part in common, found in one search for that part.
 * @param part without blanks, brackets and quotes
 * @param names of the sections; each holds the part
 * @returns `odd` where only document.ts can tell
 */
export function findPlainSections(
  bytes: Buffer,
  part: string,
  names: readonly string[],
): readonly PlainSection[] | 'odd' {
  const headers = names.map((name) => `[${name}]\n`);
  const bodies: (number | undefined)[] = headers.map(() => undefined);
  for (let at = bytes.indexOf(part); at !== -1; at = bytes.indexOf(part, at + 1)) {
    const start = bytes.lastIndexOf(LINE_FEED, at) + 1;
    const first = bytes[start]!;
    // A line that opens with visible ASCII other than a bracket is no header to anybody.
    if (first > 32 && first < 127 && first !== BRACKET) continue;
    const line = lineAt(bytes, start);
    const index = headers.indexOf(line);
    if (index === -1 ? !USUAL_HEADER.test(line) : bodies[index] !== undefined) return 'odd';
    if (index !== -1) bodies[index] = start + line.length;
    // The part may stand in one line twice.
    at = start + line.length - 1;
  }
  const sections: PlainSection[] = [];
  for (const body of bodies) {
    const section = body === undefined ? undefined : readBody(bytes, body);
    if (section === 'odd') return 'odd';
    sections.push(section);
  }
  return sections;
}

function readBody(bytes: Buffer, start: number): Values | 'odd' {
  const next = bytes.indexOf('\n[', start - 1);
  const end = next === -1 ? bytes.length : next + 1;
  if (next !== -1 && !USUAL_HEADER.test(lineAt(bytes, end))) return 'odd';
  return readUsualLines(bytes.toString('latin1', start - 1, end)) ?? 'odd';
}

function lineAt(bytes: Buffer, start: number): string {
  const feed = bytes.indexOf(LINE_FEED, start);
  return bytes.toString('latin1', start, feed === -1 ? bytes.length : feed + 1);
}
