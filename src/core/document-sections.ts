/** A shared credentials or config file, and where its sections stand. */
import { decodeUtf8, isPlain, lineAt, strip, textStart } from './document-text.ts';
import { Failure } from './errors.ts';

/** One header and the lines under it, up to the next header. Offsets count bytes. */
export interface Section {
  /** What stands between the brackets, trimmed: half of AWS's readers take `[ x ]` for x. */
  readonly name: string;
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
  /** Counted from 1, when asked for. */
  readonly line: number;
}

export interface Document {
  readonly path: string;
  /** The file's bytes, one character each (latin1), so that no encoding can lose any. */
  readonly text: string;
  readonly sections: readonly Section[];
  /** Every section of that name in file order; more than one makes botocore refuse the whole file. */
  named(name: string): readonly Section[];
}

const LINE_FEED = 10;
const UTF16_MARKS = ['\xff\xfe', '\xfe\xff'];

/**
 * Nothing is parsed yet: sections are found when asked for, for a file may hold ten thousand of them.
 * @throws Failure `unparsable-file` for bytes that AWS's readers split differently: a lone CR, a NUL, UTF-16
 */
export function parseDocument(bytes: Uint8Array, path: string): Document {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  refuseUneditable(text, path);
  return new LazyDocument(path, text);
}

export function sectionsNamed(document: Document, name: string): readonly Section[] {
  return document.named(name);
}

const MOST_SEARCHES = 10;

class LazyDocument implements Document {
  readonly path: string;
  readonly text: string;
  #sections: readonly Section[] | undefined;
  #index: ReadonlyMap<string, readonly Section[]> | undefined;
  readonly #found = new Map<string, readonly Section[]>();

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  get sections(): readonly Section[] {
    this.#sections ??= findSections(this.text);
    return this.#sections;
  }

  /** One name is sooner found without making a list of all; many names are worth an index. */
  named(name: string): readonly Section[] {
    const before = this.#found.get(name);
    if (before) return before;
    if (this.#sections === undefined && this.#found.size < MOST_SEARCHES) {
      const found = findNamed(this.text, name);
      this.#found.set(name, found);
      return found;
    }
    this.#index ??= indexByName(this.sections);
    return this.#index.get(name) ?? [];
  }
}

function indexByName(sections: readonly Section[]): ReadonlyMap<string, readonly Section[]> {
  const index = new Map<string, Section[]>();
  for (const section of sections) {
    const same = index.get(section.name);
    if (same === undefined) index.set(section.name, [section]);
    else same.push(section);
  }
  return index;
}

function refuseUneditable(text: string, path: string): void {
  const refuse = (offset: number, reason: string): never => {
    throw new Failure({ kind: 'unparsable-file', path, line: lineAt(text, offset), reason });
  };
  if (UTF16_MARKS.some((mark) => text.startsWith(mark)))
    refuse(0, 'the file is UTF-16; AWS tools read UTF-8');
  const nul = text.indexOf('\0');
  if (nul !== -1) refuse(nul, 'a NUL byte');
  for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 2)) {
    if (text.charCodeAt(at + 1) !== LINE_FEED) refuse(at, 'a carriage return without a line feed');
  }
}

class FoundSection implements Section {
  readonly name: string;
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
  readonly #text: string;

  constructor(text: string, name: string, start: number, bodyStart: number, end: number) {
    this.#text = text;
    this.name = name;
    this.start = start;
    this.bodyStart = bodyStart;
    this.end = end;
  }

  /** Counting lines for every header would cost more than finding them all. */
  get line(): number {
    return lineAt(this.#text, this.start);
  }
}

interface Header {
  /** '' for a header that was never closed or names nothing: it ends the section before it and opens none. */
  readonly name: string;
  readonly start: number;
  readonly bodyStart: number;
}

function findSections(text: string): Section[] {
  const sections: Section[] = [];
  let header = nextHeader(text, 0);
  while (header !== undefined) {
    const { name, start, bodyStart } = header;
    header = nextHeader(text, bodyStart);
    if (name !== '')
      sections.push(new FoundSection(text, name, start, bodyStart, header?.start ?? text.length));
  }
  return sections;
}

function findNamed(text: string, name: string): Section[] {
  const sections: Section[] = [];
  if (name === '') return sections;
  const opening = /^[ -~]*/.exec(name)?.[0];
  for (
    let header = nextHeader(text, 0, opening);
    header;
    header = nextHeader(text, header.bodyStart, opening)
  ) {
    if (header.name !== name) continue;
    const end = nextHeader(text, header.bodyStart)?.start ?? text.length;
    sections.push(new FoundSection(text, name, header.start, header.bodyStart, end));
  }
  return sections;
}

/** A name in visible ASCII with nothing around it: what most headers are, and what is told at once. */
const USUAL_HEADER = /\[([!-Z^-~]+(?: [!-Z^-~]+)*)\]\r?\n/y;

/**
 * The next header, found by its bracket alone: the text is never split into lines. With `opening`, headers that
 * visibly open with other bytes are passed over.
 */
function nextHeader(text: string, from: number, opening?: string): Header | undefined {
  const first = Math.max(from, textStart(text));
  for (let at = text.indexOf('[', first); at !== -1; at = text.indexOf('[', at + 1)) {
    if (
      opening !== undefined &&
      isPlain(text.charCodeAt(at + 1)) &&
      !text.startsWith(opening, at + 1)
    )
      continue;
    const start = lineStartBefore(text, at, first);
    if (start === undefined) continue;
    USUAL_HEADER.lastIndex = at;
    const usual = USUAL_HEADER.exec(text);
    if (usual) return { name: usual[1]!, start, bodyStart: USUAL_HEADER.lastIndex };
    const feed = text.indexOf('\n', at);
    const bodyStart = feed === -1 ? text.length : feed + 1;
    const name = headerName(text.slice(at, bodyStart));
    if (name !== undefined) return { name, start, bodyStart };
  }
  return undefined;
}

/** The start of the line, if nothing but blanks stands between it and the bracket. */
function lineStartBefore(text: string, bracket: number, first: number): number | undefined {
  let at = bracket - 1;
  let beyondAscii = false;
  for (; at >= first; at -= 1) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) break;
    if (code >= 0x80) beyondAscii = true;
    else if (!(code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31)))
      return undefined;
  }
  const start = at + 1;
  if (beyondAscii && strip(decodeUtf8(text.slice(start, bracket))) !== '') return undefined;
  return start;
}

/**
 * The name in a line that opens with a bracket, up to the last `]` as in botocore. Undefined if the line is a property
 * to botocore (`[x = 1`); '' if it is neither: an edit of the section before must not take the keys below for its own.
 */
function headerName(line: string): string | undefined {
  const name = strip(decodeUtf8(line.slice(1, Math.max(1, line.lastIndexOf(']')))));
  return name === '' && /[=:]/.test(line) ? undefined : name;
}
