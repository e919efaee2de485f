/** The lines of one section, told apart as botocore tells them. */
import { decodeUtf8, encodeUtf8, indentation, strip } from './text.ts';
import type { Document, Section } from './sections.ts';

/** The first line of a property: `key = value` or `key: value`. */
export interface PropertyHead {
  /** In lower case: keys match without regard to case. */
  readonly key: string;
  readonly value: string;
  /** Every AWS reader understands how key and separator are spelled: lower case and `=`. */
  readonly plain: boolean;
  /** Some readers take the end of the value for a comment. */
  readonly commentLike: boolean;
}

export interface Line {
  /**
   * `stray`: neither of the others, and no reader agrees what it means; botocore refuses the file.
   */
  readonly kind: 'header' | 'blank' | 'comment' | 'property' | 'continuation' | 'stray';
  /** The bytes without the ending. */
  readonly text: string;
  readonly ending: string;
  /** Indentation in characters. */
  readonly depth: number;
  /** Decoded and trimmed. */
  readonly words: string;
  /** Of a property's first line, and of the deeper lines that continue it. */
  readonly property?: PropertyHead | undefined;
}

/** The section's lines, its header first. */
export function readLines(document: Document, section: Section): Line[] {
  const cursor = new LineCursor(document.slice(section.start, section.end));
  const lines: Line[] = cursor.next() ? [{ ...cursor.line(), kind: 'header' }] : [];
  while (cursor.next()) {
    const kind = cursor.tellKind();
    const property = kind === 'property' || kind === 'continuation' ? cursor.property : undefined;
    lines.push({ ...cursor.line(), kind, property });
  }
  return lines;
}

const CARRIAGE_RETURN = 13;

/**
 * Goes over a text line by line. Nothing is made of a line until it is asked for: of ten thousand
 * sections only a few values are wanted.
 */
export class LineCursor {
  /** The property whose lines these are. */
  property: PropertyHead | undefined;
  readonly #text: string;
  readonly #stop: number;
  #start: number;
  /** Where the line's ending begins, and the next line. */
  #end = 0;
  #next: number;
  #depth = 0;
  #depthOfProperty = 0;
  /** The line's words stand in `#source` from `#from` to `#to`. */
  #source = '';
  #from = 0;
  #to = 0;

  constructor(text: string, start = 0, stop = text.length) {
    this.#text = text;
    this.#stop = stop;
    this.#start = this.#next = start;
  }

  /** @returns false at the end of the text */
  next(): boolean {
    const text = this.#text;
    if (this.#next >= this.#stop) return false;
    const start = (this.#start = this.#next);
    const feed = text.indexOf('\n', start);
    const isEnded = feed !== -1 && feed < this.#stop;
    this.#next = isEnded ? feed + 1 : this.#stop;
    let end = isEnded ? feed : this.#stop;
    if (isEnded && end > start && text.charCodeAt(end - 1) === CARRIAGE_RETURN) end -= 1;
    this.#end = end;
    let from = start;
    let to = end;
    while (from < to && isAsciiBlank(text.charCodeAt(from))) from += 1;
    while (to > from && isAsciiBlank(text.charCodeAt(to - 1))) to -= 1;
    this.#source = text;
    this.#depth = from - start;
    if (from < to && (text.charCodeAt(from) >= 0x80 || text.charCodeAt(to - 1) >= 0x80)) {
      // It may be a blank beyond ASCII.
      const decoded = decodeUtf8(text.slice(start, end));
      this.#source = encodeUtf8(strip(decoded));
      this.#depth = indentation(decoded);
      from = 0;
      to = this.#source.length;
    }
    this.#from = from;
    this.#to = to;
    return true;
  }

  /** What the line is, as a line under a header. To be asked once for each, in turn. */
  tellKind(): Exclude<Line['kind'], 'header'> {
    if (this.#from === this.#to) return 'blank';
    const first = this.#source.charAt(this.#from);
    if (first === '#' || first === ';') return 'comment';
    if (this.property !== undefined && this.#depth > this.#depthOfProperty) return 'continuation';
    this.property = readPropertyHead(this.#source, this.#from, this.#to);
    this.#depthOfProperty = this.#depth;
    return this.property ? 'property' : 'stray';
  }

  /** Decoded and trimmed. */
  get words(): string {
    return decodeUtf8(this.#source.slice(this.#from, this.#to));
  }

  line(): Omit<Line, 'kind'> {
    return {
      text: this.#text.slice(this.#start, this.#end),
      ending: this.#text.slice(this.#end, this.#next),
      depth: this.#depth,
      words: this.words,
    };
  }
}

/** What of ASCII Python's `str.strip` takes for blank. */
function isAsciiBlank(code: number): boolean {
  return code <= 32 && (code === 32 || (code >= 9 && code <= 13) || code >= 28);
}

/** What stands between the brackets of a header, blanks and all. @param line its bytes */
export function insideBrackets(line: string): string {
  return decodeUtf8(line.slice(line.indexOf('[') + 1, line.lastIndexOf(']')));
}

/** The indentation of a line, as bytes. */
export function indentOf(line: Pick<Line, 'text' | 'depth'>): string {
  return encodeUtf8(decodeUtf8(line.text).slice(0, line.depth));
}

/** Cuts a stretch of text into lines that know their own ending; the first `most` of them. */
export function splitLines(
  text: string,
  start: number,
  end: number,
  most = Infinity,
): Omit<Line, 'kind'>[] {
  const lines: Omit<Line, 'kind'>[] = [];
  const cursor = new LineCursor(text, start, end);
  while (lines.length < most && cursor.next()) lines.push(cursor.line());
  return lines;
}

const COLON = 58;
const EQUALS = 61;

/** @param from where the line's words begin; they end at `to` */
function readPropertyHead(text: string, from: number, to: number): PropertyHead | undefined {
  let separator = from;
  for (; separator < to; separator += 1) {
    const code = text.charCodeAt(separator);
    if (code === EQUALS || code === COLON) break;
  }
  if (separator === from || separator === to) return undefined;
  let keyEnd = separator;
  while (isAsciiBlank(text.charCodeAt(keyEnd - 1))) keyEnd -= 1;
  let valueStart = separator + 1;
  while (valueStart < to && isAsciiBlank(text.charCodeAt(valueStart))) valueStart += 1;
  const spelled = strip(decodeUtf8(text.slice(from, keyEnd)));
  const value = strip(decodeUtf8(text.slice(valueStart, to)));
  return new ReadHead(spelled, value, text, separator, to);
}

class ReadHead implements PropertyHead {
  readonly key: string;
  readonly value: string;
  readonly #spelled: string;
  readonly #text: string;
  readonly #separator: number;
  readonly #end: number;

  constructor(spelled: string, value: string, text: string, separator: number, end: number) {
    this.key = spelled.toLowerCase();
    this.value = value;
    this.#spelled = spelled;
    this.#text = text;
    this.#separator = separator;
    this.#end = end;
  }

  get plain(): boolean {
    return this.#spelled === this.key && this.#text.charCodeAt(this.#separator) === EQUALS;
  }

  get commentLike(): boolean {
    return /\s[#;]/.test(decodeUtf8(this.#text.slice(this.#separator + 1, this.#end)));
  }
}
