/** A shared credentials or config file, and where its sections stand. */
import { grouped } from './grouped.ts';
import type { Said } from '../problems/text.ts';
import { words } from './words.ts';
import { decodeUtf8, encodeUtf8, isPlain, lineAt, strip, textStart } from './text.ts';
import { LONGEST_OPENING, foreignForm, isUtf16 } from './foreign.ts';
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
  /** What the section is read from: the file's text, or a part of it. */
  readonly text: string;
  /** Where in the file that begins. */
  readonly offset: number;
  /** What read.ts has read of it: most callers ask more than once. */
  values?: Values | undefined;
  /** Of the first of several sections of one name: what they say together. */
  together?: Values | undefined;
}

export interface Document {
  readonly path: string;
  /** The file's bytes, one character each (latin1), so that no encoding can lose any. */
  readonly text: string;
  readonly sections: readonly Section[];
  /** The same by name: all names in the order of the file. */
  readonly byName: ReadonlyMap<string, readonly Section[]>;
  /** Whether all sections are known, so that nobody need look for one. */
  readonly isListed: boolean;
  /**
   * Every section of that name in file order; more than one makes botocore refuse the whole file.
   */
  named(name: string): readonly Section[];
  /**
   * The sections that these offsets stand in, each once; the others are not looked for.
   * @param offsets in ascending order
   */
  sectionsAt(offsets: readonly number[]): readonly Section[];
  /** The names of the headers in the lines that these offsets stand in; not each line has one. */
  namesIn(offsets: readonly number[]): readonly string[];
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BRACKET = 91;

/**
 * Nothing is parsed yet: sections are found when asked for, for a file may hold ten thousand of
 * them.
 * @throws Failure `foreign-file` for another kind of file; `unparsable-file` for bytes that AWS's
 *   readers split differently: a lone CR, a NUL, UTF-16
 */
export function parseDocument(bytes: Uint8Array, path: string): Document {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const document = new LazyDocument(path, file);
  refuseUneditable(document, file);
  return document;
}

export function sectionsNamed(document: Document, name: string): readonly Section[] {
  return document.named(name);
}

const MOST_SEARCHES = 10;
/** In how many places a name is looked at without the file's text. */
const MOST_EXCERPTS = 10;
/** More bytes than nearly every section has. */
const USUAL_SECTION = 4096;
const NONE: readonly Section[] = [];

class LazyDocument implements Document {
  readonly path: string;
  readonly #file: Buffer;
  #text: string | undefined;
  #sections: readonly Section[] | undefined;
  #byName: ReadonlyMap<string, readonly Section[]> | undefined;
  readonly #found = new Map<string, readonly Section[]>();
  /** By the bytes that were searched for: every section whose name begins with them, and others. */
  readonly #begun = new Map<string, readonly Section[]>();

  constructor(path: string, file: Buffer) {
    this.path = path;
    this.#file = file;
  }

  get text(): string {
    this.#text ??= this.#file.toString('latin1');
    return this.#text;
  }

  get sections(): readonly Section[] {
    this.#sections ??= findHeaders(this.text).filter(({ name }) => name !== '');
    return this.#sections;
  }

  get byName(): ReadonlyMap<string, readonly Section[]> {
    this.#byName ??= grouped(this.sections, ({ name }) => name);
    return this.#byName;
  }

  get isListed(): boolean {
    return this.#sections !== undefined;
  }

  /** One name is found sooner without a list of all; many names are worth an index. */
  named(name: string): readonly Section[] {
    if (!this.isListed && this.#found.size < MOST_SEARCHES) {
      let found = this.#found.get(name);
      if (found === undefined) this.#found.set(name, (found = this.#search(name)));
      return found;
    }
    return this.byName.get(name) ?? NONE;
  }

  #search(name: string): readonly Section[] {
    return this.#mayBe(name).filter((section) => section.name === name);
  }

  /** The name of a profile's session begins with the profile's: one search finds both. */
  #mayBe(name: string): readonly Section[] {
    // What is no UTF-8 is read as U+FFFD: such a name may stand in the file as other bytes.
    if (name === '' || name.includes('\ufffd')) return this.sections;
    const bytes = encodeUtf8(name);
    for (const [beginning, sections] of this.#begun) {
      if (bytes.startsWith(beginning)) return sections;
    }
    const begun = this.#excerpts(bytes) ?? findBegun(this.text, bytes);
    this.#begun.set(bytes, begun);
    return begun;
  }

  /**
   * As {@link findBegun}, without the text of a whole file: that takes longer to make than to search.
   * Undefined if it is made already, or the bytes stand in many places.
   */
  #excerpts(bytes: string): readonly Section[] | undefined {
    if (this.#text !== undefined) return undefined;
    const sections: Section[] = [];
    let at = this.#file.indexOf(bytes, 0, 'latin1');
    for (let places = 0; at !== -1; places += 1) {
      if (places === MOST_EXCERPTS) return undefined;
      const section = this.#excerptAt(at);
      if (section) sections.push(section);
      at = this.#file.indexOf(bytes, section?.bodyStart ?? at + 1, 'latin1');
    }
    return sections;
  }

  /** The section whose header stands in the line around `at`. */
  #excerptAt(at: number): Section | undefined {
    const offset = this.#file.lastIndexOf(LINE_FEED, at) + 1;
    for (let size = USUAL_SECTION; ; size *= 2) {
      const isRest = offset + size >= this.#file.length;
      const part = this.#file.toString('latin1', offset, offset + size);
      // A line that is cut off may be another one than it seems.
      const text = isRest ? part : part.slice(0, part.lastIndexOf('\n') + 1);
      const header = headerInLine(text, offset === 0 ? textStart(text) : 0);
      if (header && (isRest || nextHeader(text, header.bodyStart)))
        return new ExcerptSection(this, text, offset, header);
      if (!header && (isRest || text !== '')) return undefined;
    }
  }

  sectionsAt(offsets: readonly number[]): readonly Section[] {
    const sections: Section[] = [];
    // A section may hold thousands of them: its header is looked for once.
    let end = 0;
    for (const offset of offsets) {
      if (offset < end) continue;
      const header = headerAbove(this.text, offset);
      end = header?.end ?? nextHeader(this.text, 0)?.start ?? this.text.length;
      if (header?.name) sections.push(header);
    }
    return sections;
  }

  namesIn(offsets: readonly number[]): readonly string[] {
    const names: string[] = [];
    for (const offset of offsets) {
      const header = headerInLine(this.text, lineStart(this.text, offset));
      if (header?.name) names.push(header.name);
    }
    return names;
  }
}

function refuseUneditable(document: Document, file: Buffer): void {
  const { path } = document;
  const refuse = (offset: number, reason: Said, hint?: Said): never => {
    const line = lineAt(document.text, offset);
    throw new Failure({ kind: 'unparsable-file', path, line, reason, ...(hint && { hint }) });
  };
  const opening = file.toString('latin1', 0, LONGEST_OPENING);
  const form = foreignForm(opening);
  if (form) throw new Failure({ kind: 'foreign-file', path, form });
  if (isUtf16(opening)) refuse(0, words.utf16, words.saveAsUtf8);
  const nul = file.indexOf(0);
  if (nul !== -1) {
    // No editor helps if there was not even a header before it.
    const isText = file.lastIndexOf(BRACKET, nul) !== -1;
    refuse(nul, isText ? words.nul : words.binary, isText ? undefined : words.otherFile);
  }
  if (!file.includes(CARRIAGE_RETURN)) return;
  const { text } = document;
  for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 2)) {
    if (text.charCodeAt(at + 1) !== LINE_FEED) refuse(at, words.loneCarriageReturn);
  }
}

class FoundSection implements Section {
  readonly name: string;
  readonly start: number;
  readonly bodyStart: number;
  values: Values | undefined = undefined;
  together: Values | undefined = undefined;
  readonly text: string;
  #end: number | undefined;
  #line: number | undefined;

  /**
   * @param name '' for a header that was never closed or names nothing: it ends the section before
   *   it and opens none
   */
  constructor(text: string, name: string, start: number, bodyStart: number) {
    this.text = text;
    this.name = name;
    this.start = start;
    this.bodyStart = bodyStart;
  }

  get offset(): number {
    return 0;
  }

  get end(): number {
    this.#end ??= nextHeader(this.text, this.bodyStart)?.start ?? this.text.length;
    return this.#end;
  }

  set end(offset: number) {
    this.#end = offset;
  }

  /** Counting lines for every header would cost more than finding them all. */
  get line(): number {
    this.#line ??= lineAt(this.text, this.start);
    return this.#line;
  }
}

/** A section in a part of a file: what it is there, moved to where the part stands in the file. */
class ExcerptSection implements Section {
  readonly name: string;
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
  readonly text: string;
  readonly offset: number;
  values: Values | undefined = undefined;
  together: Values | undefined = undefined;
  readonly #document: Document;

  constructor(document: Document, text: string, offset: number, inText: FoundSection) {
    this.name = inText.name;
    this.start = offset + inText.start;
    this.bodyStart = offset + inText.bodyStart;
    this.end = offset + inText.end;
    this.text = text;
    this.offset = offset;
    this.#document = document;
  }

  get line(): number {
    return lineAt(this.#document.text, this.start);
  }
}

/** Every header with the lines below it, also of those that open no section. */
function findHeaders(text: string): FoundSection[] {
  const headers: FoundSection[] = [];
  let last: FoundSection | undefined;
  for (let header = nextHeader(text, 0); header; header = nextHeader(text, header.bodyStart)) {
    if (last) last.end = header.start;
    headers.push((last = header));
  }
  return headers;
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
  const headers = findHeaders(text);
  const before = { name: undefined, start: 0, bodyStart: 0, end: headers[0]?.start ?? text.length };
  const below = headers.map(({ name, start, bodyStart, end }): Stretch => {
    const line = name === '' ? `${text.slice(start, bodyStart)}\n` : name;
    return { name: line, start, bodyStart, end };
  });
  return [before, ...below];
}

/**
 * The sections with these bytes behind a blank or the bracket of their header, as all have whose
 * names begin with them: no other line is looked at.
 */
function findBegun(text: string, bytes: string): readonly Section[] {
  const sections: Section[] = [];
  let at = text.indexOf(bytes);
  while (at !== -1) {
    if (!mayBeginName(text, at)) {
      at = text.indexOf(bytes, at + 1);
      continue;
    }
    const header = headerInLine(text, lineStart(text, at));
    if (header) sections.push(header);
    // A line has one header at most, and may hold the name a thousand times.
    at = text.indexOf(bytes, header?.bodyStart ?? nextLine(text, at));
  }
  return sections;
}

/** In front of a name in a header stands the bracket or a blank of any kind. */
function mayBeginName(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before === BRACKET || !isPlain(before);
}

/** The nearest header in the line around `at` or above it. */
function headerAbove(text: string, at: number): FoundSection | undefined {
  const first = textStart(text);
  for (let start = lineStart(text, at); ; start = lineStart(text, start - 1)) {
    const header = headerInLine(text, start);
    if (header || start <= first) return header;
  }
}

/** Where the line around `at` begins; the first one behind a byte order mark. */
function lineStart(text: string, at: number): number {
  const start = at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  return start === 0 ? textStart(text) : start;
}

/** Where the line after the one around `at` begins. */
function nextLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed === -1 ? text.length : feed + 1;
}

/** A bracket with nothing in front of it that could not be a blank. */
const OPENING = /[\t\v-\r\x1c- \x80-\xff]*\[/y;

/** The header in the line that begins at `start`. */
function headerInLine(text: string, start: number): FoundSection | undefined {
  const first = text.charCodeAt(start);
  if (first !== BRACKET && isPlain(first)) return undefined;
  OPENING.lastIndex = start;
  if (!OPENING.test(text)) return undefined;
  const bracket = OPENING.lastIndex - 1;
  return isBlank(text, start, bracket) ? headerAt(text, start, bracket) : undefined;
}

/** Of a stretch of what ASCII has of blanks, and of bytes beyond ASCII. */
function isBlank(text: string, start: number, end: number): boolean {
  return start === end || strip(decodeUtf8(text.slice(start, end))) === '';
}

/**
 * The next header, found only by its bracket: the text is never split into lines.
 * @param from where a line begins
 */
function nextHeader(text: string, from: number): FoundSection | undefined {
  const first = Math.max(from, textStart(text));
  for (let at = text.indexOf('[', first); at !== -1; at = text.indexOf('[', at + 1)) {
    const start = lineStartBefore(text, at, first);
    const header = start === undefined ? undefined : headerAt(text, start, at);
    if (header) return header;
  }
  return undefined;
}

/** The start of the line, if nothing but blanks stands between it and the bracket. */
function lineStartBefore(text: string, bracket: number, first: number): number | undefined {
  let at = bracket - 1;
  for (; at >= first; at -= 1) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) break;
    if (isPlain(code)) return undefined;
  }
  return isBlank(text, at + 1, bracket) ? at + 1 : undefined;
}

/**
 * A name in visible ASCII with nothing around it: what most headers are, and what is told at once.
 */
const USUAL_HEADER = /\[[!-Z^-~]+(?: [!-Z^-~]+)*\]\r?\n/y;

/**
 * The header of a line whose first sign is a bracket, up to the last `]` as in botocore. Undefined
 * if the line is a property to botocore (`[x = 1`); without a name if it is neither: an edit of the
 * section before must not take the keys below for its own.
 */
function headerAt(text: string, start: number, bracket: number): FoundSection | undefined {
  USUAL_HEADER.lastIndex = bracket;
  if (USUAL_HEADER.test(text)) {
    const name = text.slice(bracket + 1, text.indexOf(']', bracket));
    return new FoundSection(text, name, start, USUAL_HEADER.lastIndex);
  }
  const bodyStart = nextLine(text, bracket);
  const line = text.slice(bracket, bodyStart);
  const name = strip(insideBrackets(line));
  if (name === '' && /[=:]/.test(line)) return undefined;
  return new FoundSection(text, name, start, bodyStart);
}

/** What stands between the brackets of a header, blanks and all. @param line its bytes */
export function insideBrackets(line: string): string {
  return decodeUtf8(line.slice(line.indexOf('[') + 1, Math.max(0, line.lastIndexOf(']'))));
}
