/** What a section says: its properties as botocore reads them. */
import { LineCursor, wordsBetween } from './lines.ts';
import { insideBrackets, sectionsNamed } from './sections.ts';
import { isAscii, strip } from './text.ts';
import type { PropertyHead } from './lines.ts';
import type { Document, Section } from './sections.ts';
import type { Values } from './values.ts';

export interface Property {
  /** In lower case. */
  readonly key: string;
  /** Trimmed; deeper-indented lines under a value belong to it, joined by line feeds. */
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
  /**
   * ` #` or ` ;` in the value: the start of a comment to seven of AWS's readers, part of the value
   * to botocore.
   */
  readonly commentLike: boolean;
  /** Deeper-indented `key = value` lines under an empty value (`s3 =`). */
  readonly nested: ReadonlyMap<string, string>;
}

/** What Python's `splitlines` splits at, which botocore uses inside a nested block. */
export const NESTED_LINES = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/;

/** All properties in file order, doubles included. */
export function readProperties(document: Document, section: Section): readonly Property[] {
  const found: { readonly head: PropertyHead; readonly index: number; value: string }[] = [];
  visitLines(new LineCursor(document.text, section.bodyStart, section.end), {
    add: (lines, index) => {
      const head = lines.propertyHead();
      found.push({ head, index, value: head.value });
    },
    extend: (more) => {
      found.at(-1)!.value += more;
    },
  });
  return found.map(({ head: { key, commentLike }, index, value }) => {
    const isBlock = value.startsWith('\n');
    return {
      key,
      value: isBlock ? '' : value,
      /** Counted when asked for: that takes longer than the reading. */
      get line() {
        return section.line + index;
      },
      commentLike,
      nested: isBlock ? readNested(value) : new Map(),
    };
  });
}

/** What is done with the properties of a section. */
interface Visitor {
  /** @param lines at a property's first line @param index its number in the section */
  add(lines: LineCursor, index: number): void;
  /** @param more what a deeper line adds to the value of the last property */
  extend(more: string): void;
}

/**
 * Goes through the lines of a section's body. Blank lines inside a value count, comments don't, as in
 * Python's configparser.
 */
function visitLines(lines: LineCursor, visitor: Visitor): void {
  let blanks = '';
  for (let index = 1; lines.next(); index += 1) {
    const kind = lines.tellKind();
    if (kind === 'blank') blanks += '\n';
    else if (kind !== 'comment') {
      if (kind === 'property') visitor.add(lines, index);
      else if (kind === 'continuation') visitor.extend(`${blanks}\n${lines.words}`);
      blanks = '';
    }
  }
}

/**
 * Values by key, or undefined without such a section. Of a doubled key the last one counts, and
 * doubled sections are merged in file order: so do most of AWS's readers, where botocore refuses
 * the file.
 */
export function readSection(document: Document, name: string): Values | undefined {
  return readTogether(document, sectionsNamed(document, name));
}

/** The same of all sections of one name. */
export function readTogether(document: Document, named: readonly Section[]): Values | undefined {
  // `[ x ]` is another section than `[x]` to the AWS CLI, and x's only if there is no `[x]`.
  const exact = named.length > 1 ? named.filter((section) => isExact(document, section)) : [];
  const sections = exact.length > 0 ? exact : named;
  const first = sections[0];
  if (first === undefined || sections.length === 1) return first && readValues(document, first);
  first.together ??= new Map(sections.flatMap((section) => [...readValues(document, section)]));
  return first.together;
}

/** No blank stands inside the brackets, next to either of them. */
function isExact(document: Document, { start, bodyStart }: Section): boolean {
  const inside = insideBrackets(document.text.slice(start, bodyStart));
  return strip(inside) === inside;
}

/** Values by key of only this section. */
export function readValues(document: Document, section: Section): Values {
  section.values ??= valuesOf(document, section);
  return section.values;
}

function valuesOf(document: Document, section: Section): Values {
  const { text, offset } = section;
  let reading = readings.get(document);
  if (reading?.text !== text) readings.set(document, (reading = new Reading(text)));
  const { lines, noKeys } = reading;
  const start = section.bodyStart - offset;
  const end = section.end - offset;
  const values = new SectionValues(reading, isAscii(text.slice(start, end)));
  lines.moveTo(start, end);
  lines.likelyKey = noKeys.likelyKey;
  visitLines(lines, values);
  return values;
}

const readings = new WeakMap<Document, Reading>();

/** What the values of all sections of a text have in common. */
class Reading {
  readonly text: string;
  readonly lines: LineCursor;
  readonly noKeys = new KeyList();
  #places = new Int32Array(256);
  #used = 0;

  constructor(text: string) {
    this.text = text;
    this.lines = new LineCursor(text, 0, 0);
  }

  /** Keeps where a value begins and ends. @returns what {@link startOf} and {@link endOf} take */
  keep(start: number, end: number): number {
    const at = this.#used;
    if (at === this.#places.length) {
      const places = new Int32Array(at * 2);
      places.set(this.#places);
      this.#places = places;
    }
    this.#places[at] = start;
    this.#places[at + 1] = end;
    this.#used = at + STEP;
    return at;
  }

  startOf(at: number): number {
    return this.#places[at]!;
  }

  endOf(at: number): number {
    return this.#places[at + 1]!;
  }

  /** Where the next value will be kept. */
  get next(): number {
    return this.#used;
  }
}

/** Numbers that a value takes of a reading's places. */
const STEP = 2;

/** Longer lists are rare, and hardly two of them the same. */
const MOST_SHARED = 100;

/** The keys of a section in their order. Sections of the same keys, as most are, share one list. */
class KeyList {
  readonly #last: string;
  readonly #rest: KeyList | undefined;
  #longer: Map<string, KeyList> | undefined;
  /** Of a list that no other section shares: the keys behind {@link #rest}. */
  #own: string[] | undefined;
  #numbers: Map<string, number> | undefined;
  #length: number;
  /** What came next the last time; undefined if it may be spelled in another way. */
  likelyKey: string | undefined = undefined;
  #likely: KeyList | undefined;

  constructor(rest?: KeyList, last = '') {
    this.#length = rest ? rest.length + 1 : 0;
    this.#last = last;
    this.#rest = rest;
  }

  get length(): number {
    return this.#length;
  }

  /** With one more key. @param lines at the first line of its property */
  with(lines: LineCursor): KeyList {
    if (lines.isLikelyKey) return this.#likely!;
    const { key } = lines;
    if (this.#length >= MOST_SHARED) return this.#withOwn(key);
    this.#longer ??= new Map();
    let longer = this.#longer.get(key);
    if (longer === undefined) this.#longer.set(key, (longer = new KeyList(this, asName(key))));
    if (lines.isPlainKey) {
      this.likelyKey = longer.#last;
      this.#likely = longer;
    }
    return longer;
  }

  #withOwn(key: string): KeyList {
    if (this.#own) {
      this.#own.push(key);
      this.#length += 1;
      return this;
    }
    const list = new KeyList(this);
    list.#own = [key];
    return list;
  }

  /** The number of the last one of that key, counted from 0; undefined if there is none. */
  numberOf(key: string): number | undefined {
    if (this.#own) {
      const at = this.#own.lastIndexOf(key);
      return at === -1 ? this.#rest?.numberOf(key) : this.#length - this.#own.length + at;
    }
    this.#numbers ??= new Map(this.keys().map((each, number) => [each, number]));
    return this.#numbers.get(key);
  }

  /** The keys in the order of the file, doubles included. */
  keys(): string[] {
    if (!this.#rest) return [];
    return this.#rest.keys().concat(this.#own ?? this.#last);
  }
}

/** The same text as V8 keeps names of properties: equal ones are one, and compared at once. */
function asName(text: string): string {
  return Object.keys({ [text]: undefined })[0]!;
}

/** Where the values stand; a text is made of those that are asked for. */
class SectionValues implements Values {
  readonly #reading: Reading;
  readonly #first: number;
  readonly #isAscii: boolean;
  #keys: KeyList;
  /** Values of several lines, by their places. */
  #long: Map<number, string> | undefined;

  constructor(reading: Reading, isAscii: boolean) {
    this.#reading = reading;
    this.#first = reading.next;
    this.#isAscii = isAscii;
    this.#keys = reading.noKeys;
  }

  /** @param lines at the first line of a property */
  add(lines: LineCursor): void {
    this.#reading.keep(lines.valueStart, lines.to);
    this.#keys = this.#keys.with(lines);
    lines.likelyKey = this.#keys.likelyKey;
  }

  /** Adds to the last value; below an empty one stands a nested block, which is none. */
  extend(more: string): void {
    const number = this.#keys.length - 1;
    const value = this.#valueOf(number);
    if (value === '') return;
    this.#long ??= new Map();
    this.#long.set(number, value + more);
  }

  get(key: string): string | undefined {
    const number = this.#keys.numberOf(key);
    return number === undefined ? undefined : this.#valueOf(number);
  }

  has(key: string): boolean {
    return this.#keys.numberOf(key) !== undefined;
  }

  *[Symbol.iterator](): Iterator<[string, string]> {
    const values = new Map<string, string>();
    for (const [number, key] of this.#keys.keys().entries()) values.set(key, this.#valueOf(number));
    yield* values;
  }

  #valueOf(number: number): string {
    const long = this.#long?.get(number);
    if (long !== undefined) return long;
    const reading = this.#reading;
    const at = this.#first + number * STEP;
    const start = reading.startOf(at);
    const end = reading.endOf(at);
    return this.#isAscii ? reading.text.slice(start, end) : wordsBetween(reading.text, start, end);
  }
}

function readNested(block: string): ReadonlyMap<string, string> {
  const nested = new Map<string, string>();
  for (const line of block.split(NESTED_LINES)) {
    const separator = line.indexOf('=');
    if (separator !== -1)
      nested.set(strip(line.slice(0, separator)), strip(line.slice(separator + 1)));
  }
  return nested;
}
