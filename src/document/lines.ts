/** The lines of one section, told apart as botocore tells them. */
import { decodeUtf8, encodeUtf8, indentation, isAsciiBlank, strip } from './text.ts';
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
  const cursor = new LineCursor(document.text, section.start, section.end);
  const lines: Line[] = cursor.next() ? [{ ...cursor.line(), kind: 'header' }] : [];
  let property: PropertyHead | undefined;
  while (cursor.next()) {
    const kind = cursor.tellKind();
    if (kind === 'property') property = cursor.propertyHead();
    const isPart = kind === 'property' || kind === 'continuation';
    lines.push({ ...cursor.line(), kind, property: isPart ? property : undefined });
  }
  return lines;
}

const CARRIAGE_RETURN = 13;
const NUMBER_SIGN = 35;
const COLON = 58;
const SEMICOLON = 59;
const EQUALS = 61;

/**
 * Goes over a text line by line. Nothing is made of a line until it is asked for: of ten thousand
 * sections only a few values are wanted.
 */
export class LineCursor {
  readonly text: string;
  /** Where the line's words begin and end, without the blanks around them. */
  from = 0;
  to = 0;
  /** Of a property's first line: where its key ends, what parts it from its value, and that. */
  keyEnd = 0;
  separator = 0;
  valueStart = 0;
  /** False if the key may be spelled in another way than it is looked for. */
  isPlainKey = true;
  /**
   * A plain key that the next property may have: its letters then need not be looked at one by one.
   */
  likelyKey: string | undefined = undefined;
  /** Whether it has it. */
  isLikelyKey = false;
  #stop: number;
  #start = 0;
  #end = 0;
  #next: number;
  /** Indentation in characters. */
  #depth = 0;
  #isInProperty = false;
  #depthOfProperty = 0;

  constructor(text: string, start = 0, stop = text.length) {
    this.text = text;
    this.#stop = stop;
    this.#next = start;
  }

  /** Goes on as if it were made for this stretch. */
  moveTo(start: number, stop: number): void {
    this.#next = start;
    this.#stop = stop;
    this.#isInProperty = false;
  }

  /** @returns false at the end of the text */
  next(): boolean {
    const { text } = this;
    const start = this.#next;
    if (start >= this.#stop) return false;
    const feed = text.indexOf('\n', start);
    const isEnded = feed !== -1 && feed < this.#stop;
    let end = isEnded ? feed : this.#stop;
    this.#start = start;
    this.#next = isEnded ? feed + 1 : end;
    if (isEnded && end > start && text.charCodeAt(end - 1) === CARRIAGE_RETURN) end -= 1;
    this.#end = end;
    let from = start;
    let to = end;
    while (from < to && isAsciiBlank(text.charCodeAt(from))) from += 1;
    while (to > from && isAsciiBlank(text.charCodeAt(to - 1))) to -= 1;
    this.from = from;
    this.to = to;
    this.#depth = from - start;
    // A blank beyond ASCII may stand there.
    if (from < to && (text.charCodeAt(from) >= 0x80 || text.charCodeAt(to - 1) >= 0x80))
      this.#trim();
    return true;
  }

  #trim(): void {
    const decoded = decodeUtf8(this.text.slice(this.#start, this.#end));
    this.#depth = indentation(decoded);
    this.from = this.#start + encodeUtf8(decoded.slice(0, this.#depth)).length;
    const blanksBehind = decoded.slice(this.#depth + strip(decoded).length);
    this.to = this.#end - encodeUtf8(blanksBehind).length;
  }

  /** What the line is, as a line under a header. To be asked once for each, in turn. */
  tellKind(): Exclude<Line['kind'], 'header'> {
    if (this.from === this.to) return 'blank';
    const first = this.text.charCodeAt(this.from);
    if (first === NUMBER_SIGN || first === SEMICOLON) return 'comment';
    if (this.#isInProperty && this.#depth > this.#depthOfProperty) return 'continuation';
    this.#isInProperty = this.#findSeparator();
    this.#depthOfProperty = this.#depth;
    return this.#isInProperty ? 'property' : 'stray';
  }

  /** @returns false if the line has none, or nothing in front of it */
  #findSeparator(): boolean {
    const { text, from, to } = this;
    let isPlainKey = true;
    let at = this.#findSeparatorOfLikely();
    this.isLikelyKey = at !== -1;
    if (at === -1) {
      for (at = from; at < to; at += 1) {
        const code = text.charCodeAt(at);
        if (code === EQUALS || code === COLON) break;
        if (code >= 0x80 || (code >= 65 && code <= 90)) isPlainKey = false;
      }
      if (at === from || at === to) return false;
    }
    this.isPlainKey = isPlainKey;
    this.separator = this.keyEnd = at;
    while (isAsciiBlank(text.charCodeAt(this.keyEnd - 1))) this.keyEnd -= 1;
    this.valueStart = at + 1;
    while (this.valueStart < to && isAsciiBlank(text.charCodeAt(this.valueStart)))
      this.valueStart += 1;
    return true;
  }

  /** @returns -1 if the line does not begin with the likely key */
  #findSeparatorOfLikely(): number {
    const { text, from, to, likelyKey } = this;
    if (likelyKey === undefined || !text.startsWith(likelyKey, from)) return -1;
    let at = from + likelyKey.length;
    while (at < to && isAsciiBlank(text.charCodeAt(at))) at += 1;
    const code = text.charCodeAt(at);
    return at < to && (code === EQUALS || code === COLON) ? at : -1;
  }

  /** The key of the property whose first line this is. */
  get key(): string {
    return this.#spelledKey().toLowerCase();
  }

  #spelledKey(): string {
    return wordsBetween(this.text, this.from, this.keyEnd);
  }

  /** The property whose first line this is. */
  propertyHead(): PropertyHead {
    const { key } = this;
    return {
      key,
      value: wordsBetween(this.text, this.valueStart, this.to),
      plain: this.#spelledKey() === key && this.text.charCodeAt(this.separator) === EQUALS,
      commentLike: /\s[#;]/.test(decodeUtf8(this.text.slice(this.separator + 1, this.to))),
    };
  }

  /** Decoded and trimmed. */
  get words(): string {
    return decodeUtf8(this.text.slice(this.from, this.to));
  }

  line(): Omit<Line, 'kind'> {
    return {
      text: this.text.slice(this.#start, this.#end),
      ending: this.text.slice(this.#end, this.#next),
      depth: this.#depth,
      words: this.words,
    };
  }
}

/** A stretch of bytes, decoded and trimmed. */
export function wordsBetween(text: string, start: number, end: number): string {
  return strip(decodeUtf8(text.slice(start, end)));
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
