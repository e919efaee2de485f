/** A shared credentials or config file, and where its sections stand. */
import { grouped } from './grouped.ts';
import type { Said } from '../problems/text.ts';
import { words } from './words.ts';
import { decodeUtf8, isPlain, lineAt, strip, textStart } from './text.ts';
import { foreignForm, isUtf16 } from './foreign.ts';
import { Failure } from '../problems/problem.ts';
import type { Values } from './values.ts';

/** One header and the lines under it, up to the next header. Offsets count bytes. */
export interface Section {
  /** What stands between the brackets, trimmed: half of AWS's readers take `[ x ]` for x. */
  readonly name: string;
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
  /** Counted from 1, when asked for. */
  readonly line: number;
  /** What read.ts has read of it: who asks once mostly asks again. */
  values?: Values | undefined;
  /** Of the first of several sections of one name: what they say together. */
  together?: Values | undefined;
}

export interface Document {
  readonly path: string;
  /** The file's bytes, one character each (latin1), so that no encoding can lose any. */
  readonly text: string;
  /**
   * The same for a part of it only; a large file need not be decoded as a whole to read one
   * section.
   */
  slice(start: number, end: number): string;
  readonly sections: readonly Section[];
  /**
   * Every section of that name in file order; more than one makes botocore refuse the whole file.
   */
  named(name: string): readonly Section[];
  /** The section that an offset stands in; the others are not looked for. */
  sectionAt(offset: number): Section | undefined;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const OPENING_BRACKET = 0x5b;
const BRACKET = 91;

/**
 * Nothing is parsed yet: sections are found when asked for, for a file may hold ten thousand of
 * them.
 * @throws Failure `foreign-file` for another kind of file; `unparsable-file` for bytes that AWS's
 *   readers split differently: a lone CR, a NUL, UTF-16
 */
export function parseDocument(bytes: Uint8Array, path: string): Document {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  refuseUneditable(buffer, path);
  return new LazyDocument(path, buffer);
}

export function sectionsNamed(document: Document, name: string): readonly Section[] {
  return document.named(name);
}

const MOST_SEARCHES = 10;
const NONE: readonly Section[] = [];

class LazyDocument implements Document {
  readonly path: string;
  readonly #bytes: Buffer;
  #text: string | undefined;
  #sections: readonly Section[] | undefined;
  #index: ReadonlyMap<string, readonly Section[]> | undefined;
  readonly #found = new Map<string, readonly Section[]>();

  constructor(path: string, bytes: Buffer) {
    this.path = path;
    this.#bytes = bytes;
  }

  get text(): string {
    this.#text ??= this.#bytes.toString('latin1');
    return this.#text;
  }

  slice(start: number, end: number): string {
    return this.#text?.slice(start, end) ?? this.#bytes.toString('latin1', start, end);
  }

  get sections(): readonly Section[] {
    this.#sections ??= findSections(this);
    return this.#sections;
  }

  /** One name is found sooner without a list of all; many names are worth an index. */
  named(name: string): readonly Section[] {
    if (this.#sections === undefined && this.#found.size < MOST_SEARCHES) {
      let found = this.#found.get(name);
      if (found === undefined) this.#found.set(name, (found = findNamed(this, this.#bytes, name)));
      return found;
    }
    this.#index ??= grouped(this.sections, ({ name }) => name);
    return this.#index.get(name) ?? NONE;
  }

  sectionAt(offset: number): Section | undefined {
    const header = headerAbove(this, this.#bytes, offset);
    if (header === undefined || header.name === '') return undefined;
    return new FoundSection(this, header, () =>
      nextHeaderStart(this, this.#bytes, header.bodyStart),
    );
  }
}

function refuseUneditable(bytes: Buffer, path: string): void {
  const refuse = (offset: number, reason: Said, hint?: Said): never => {
    const line = lineAt(bytes.toString('latin1'), offset);
    throw new Failure({ kind: 'unparsable-file', path, line, reason, ...(hint && { hint }) });
  };
  const form = foreignForm(bytes);
  if (form) throw new Failure({ kind: 'foreign-file', path, form });
  if (isUtf16(bytes)) refuse(0, words.utf16, words.saveAsUtf8);
  const nul = bytes.indexOf(0);
  if (nul !== -1) {
    // No editor helps where there was not even a header before it.
    const isText = bytes.subarray(0, nul).includes(OPENING_BRACKET);
    refuse(nul, isText ? words.nul : words.binary, isText ? undefined : words.otherFile);
  }
  for (
    let at = bytes.indexOf(CARRIAGE_RETURN);
    at !== -1;
    at = bytes.indexOf(CARRIAGE_RETURN, at + 2)
  ) {
    if (bytes[at + 1] !== LINE_FEED) refuse(at, words.loneCarriageReturn);
  }
}

class FoundSection implements Section {
  readonly name: string;
  readonly start: number;
  readonly bodyStart: number;
  values: Values | undefined = undefined;
  together: Values | undefined = undefined;
  readonly #document: Document;
  #end: number | (() => number);
  #line: number | undefined;

  constructor(document: Document, header: Header, end: number | (() => number)) {
    this.#document = document;
    this.name = header.name;
    this.start = header.start;
    this.bodyStart = header.bodyStart;
    this.#end = end;
  }

  get end(): number {
    if (typeof this.#end !== 'number') this.#end = this.#end();
    return this.#end;
  }

  /** Counting lines for every header would cost more than finding them all. */
  get line(): number {
    this.#line ??= lineAt(this.#document.text, this.start);
    return this.#line;
  }
}

interface Header {
  /**
   * '' for a header that was never closed or names nothing: it ends the section before it and opens
   * none.
   */
  readonly name: string;
  readonly start: number;
  readonly bodyStart: number;
}

function findSections(document: Document): Section[] {
  const { text } = document;
  const sections: Section[] = [];
  let header = nextHeader(text, 0);
  while (header !== undefined) {
    const found: Header = header;
    header = nextHeader(text, found.bodyStart);
    if (found.name !== '')
      sections.push(new FoundSection(document, found, header?.start ?? text.length));
  }
  return sections;
}

/** A section's lines, or those before the first header; together they are the whole text. */
export interface Stretch {
  /**
   * Undefined before the first header. A header that was never closed or names nothing has its own
   * line instead, which no name can be: it holds a bracket and a line feed.
   */
  readonly name: string | undefined;
  readonly start: number;
  /** Where the header's line ends. */
  readonly bodyStart: number;
  readonly end: number;
}

/** Any text taken apart at its headers, also one that {@link parseDocument} refuses. */
export function stretchesOf(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let found: { name: string | undefined; start: number; bodyStart: number } | undefined = {
    ...{ name: undefined, start: 0, bodyStart: 0 },
  };
  while (found !== undefined) {
    const { name, start, bodyStart } = found;
    const next = nextHeader(text, bodyStart);
    const line = `${text.slice(start, bodyStart)}\n`;
    const end = next?.start ?? text.length;
    stretches.push({ name: name === '' ? line : name, start, bodyStart, end });
    found = next;
  }
  return stretches;
}

/**
 * The sections of one name, by a search for the visible ASCII that it opens with: only the lines
 * that hold it are decoded.
 */
function findNamed(document: Document, bytes: Buffer, name: string): readonly Section[] {
  const opening = /^[!-~][ -~]*/.exec(name)?.[0];
  if (opening === undefined) return document.sections.filter((section) => section.name === name);
  const sections: Section[] = [];
  let at = bytes.indexOf(opening, 0, 'latin1');
  while (at !== -1) {
    if (!mayBeginName(bytes, at)) {
      at = bytes.indexOf(opening, at + 1, 'latin1');
      continue;
    }
    const header = headerOfLine(document, bytes, at);
    if (header?.name === name) {
      const end = nextHeaderStart(document, bytes, header.bodyStart);
      sections.push(new FoundSection(document, header, end));
    }
    // A line has one header at most, and may hold the name a thousand times.
    at = bytes.indexOf(opening, header?.bodyStart ?? nextLine(bytes, at), 'latin1');
  }
  return sections;
}

/** In front of a name in a header stands the bracket or a blank of any kind. */
function mayBeginName(bytes: Buffer, at: number): boolean {
  const before = bytes[at - 1];
  return before !== undefined && (before === BRACKET || !isPlain(before));
}

/** The nearest header in the line around `at` or above it. */
function headerAbove(document: Document, bytes: Buffer, at: number): Header | undefined {
  for (let start = lineStart(bytes, at); ; start = lineStart(bytes, start - 1)) {
    let first = start;
    while (bytes[first]! <= 32 && bytes[first] !== LINE_FEED) first += 1;
    // A line that opens with other visible ASCII is no header to anybody.
    const header =
      bytes[first] === BRACKET || bytes[first]! >= 0x80
        ? headerOfLine(document, bytes, first)
        : undefined;
    if (header || start === 0) return header;
  }
}

function lineStart(bytes: Buffer, at: number): number {
  return at === 0 ? 0 : bytes.lastIndexOf(LINE_FEED, at - 1) + 1;
}

/** Where the line after the one around `at` begins. */
function nextLine(bytes: Buffer, at: number): number {
  const feed = bytes.indexOf(LINE_FEED, at);
  return feed === -1 ? bytes.length : feed + 1;
}

/** The header in the line around `at`. */
function headerOfLine(document: Document, bytes: Buffer, at: number): Header | undefined {
  // From the line feed on: only the file's very first line may open with a byte order mark.
  const from = Math.max(0, bytes.lastIndexOf(LINE_FEED, at));
  const header = nextHeader(document.slice(from, nextLine(bytes, at)), 0);
  return header && moved(header, from);
}

const FIRST_STRETCH = 4096;

/** Where the section ends whose lines begin at `from`. */
function nextHeaderStart(document: Document, bytes: Buffer, from: number): number {
  let start = Math.max(0, from - 1);
  for (let size = FIRST_STRETCH; start + 1 < bytes.length; size *= 4) {
    const isLast = start + size >= bytes.length;
    // Whole lines only, for half of a header is none.
    const end = isLast ? bytes.length : bytes.lastIndexOf(LINE_FEED, start + size) + 1;
    if (end <= start + 1) continue;
    const header = nextHeader(document.slice(start, end), 0);
    if (header) return start + header.start;
    if (isLast) break;
    start = end - 1;
  }
  return bytes.length;
}

function moved({ name, start, bodyStart }: Header, by: number): Header {
  return { name, start: start + by, bodyStart: bodyStart + by };
}

/**
 * A name in visible ASCII with nothing around it: what most headers are, and what is told at once.
 */
const USUAL_HEADER = /\[([!-Z^-~]+(?: [!-Z^-~]+)*)\]\r?\n/y;

/** The next header, found by its bracket alone: the text is never split into lines. */
function nextHeader(text: string, from: number): Header | undefined {
  const first = Math.max(from, textStart(text));
  for (let at = text.indexOf('[', first); at !== -1; at = text.indexOf('[', at + 1)) {
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
 * The name in a line that opens with a bracket, up to the last `]` as in botocore. Undefined if the
 * line is a property to botocore (`[x = 1`); '' if it is neither: an edit of the section before
 * must not take the keys below for its own.
 */
function headerName(line: string): string | undefined {
  const name = strip(decodeUtf8(line.slice(1, Math.max(1, line.lastIndexOf(']')))));
  return name === '' && /[=:]/.test(line) ? undefined : name;
}
