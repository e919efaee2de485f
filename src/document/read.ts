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
  visitLines(
    document,
    section,
    (lines, index) => {
      const head = lines.propertyHead();
      found.push({ head, index, value: head.value });
    },
    (more) => {
      found.at(-1)!.value += more;
    },
  );
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

/**
 * Goes through the lines of a section's body. Blank lines inside a value count, comments don't, as in
 * Python's configparser.
 * @param onProperty gets a property's first line, and its number in the section
 * @param onMore gets what a deeper line adds to the value of that property
 */
function visitLines(
  { text }: Document,
  { bodyStart, end }: Section,
  onProperty: (lines: LineCursor, index: number) => void,
  onMore: (more: string) => void,
): void {
  const lines = new LineCursor(text, bodyStart, end);
  let blanks = '';
  for (let index = 1; lines.next(); index += 1) {
    const kind = lines.tellKind();
    if (kind === 'blank') blanks += '\n';
    else if (kind !== 'comment') {
      if (kind === 'property') onProperty(lines, index);
      else if (kind === 'continuation') onMore(`${blanks}\n${lines.words}`);
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
  const named = sectionsNamed(document, name);
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
  const values = new SectionValues(document.text, section);
  visitLines(
    document,
    section,
    (lines) => values.add(lines),
    (more) => values.extend(more),
  );
  return values;
}

/** Numbers that a property takes in `places`: where key and value begin and end. */
const STEP = 4;

/** Where the values stand; a text is made of those that are asked for. */
class SectionValues implements Values {
  readonly #text: string;
  readonly #isAscii: boolean;
  readonly #places: number[] = [];
  /** Keys that are spelled otherwise than they are looked for, and values of several lines. */
  #oddKeys: Map<number, string> | undefined;
  #longValues: Map<number, string> | undefined;

  constructor(text: string, { bodyStart, end }: Section) {
    this.#text = text;
    this.#isAscii = isAscii(text.slice(bodyStart, end));
  }

  /** @param lines at the first line of a property */
  add(lines: LineCursor): void {
    const places = this.#places;
    if (!lines.isPlainKey) {
      this.#oddKeys ??= new Map();
      this.#oddKeys.set(places.length, lines.key);
    }
    places.push(lines.from, lines.keyEnd, lines.valueStart, lines.to);
  }

  /** Adds to the last value; below an empty one stands a nested block, which is none. */
  extend(more: string): void {
    const at = this.#places.length - STEP;
    const value = this.#valueAt(at);
    if (value === '') return;
    this.#longValues ??= new Map();
    this.#longValues.set(at, value + more);
  }

  get(key: string): string | undefined {
    const at = this.#find(key);
    return at < 0 ? undefined : this.#valueAt(at);
  }

  has(key: string): boolean {
    return this.#find(key) >= 0;
  }

  *[Symbol.iterator](): Iterator<[string, string]> {
    const values = new Map<string, string>();
    for (let at = 0; at < this.#places.length; at += STEP) {
      const key = this.#text.slice(this.#places[at], this.#places[at + 1]);
      values.set(this.#oddKeys?.get(at) ?? key, this.#valueAt(at));
    }
    yield* values;
  }

  /** The last one of that key; negative if there is none. */
  #find(key: string): number {
    const places = this.#places;
    const text = this.#text;
    const odd = this.#oddKeys;
    let at = places.length - STEP;
    for (; at >= 0; at -= STEP) {
      const start = places[at]!;
      const spelled = odd?.get(at);
      if (spelled === undefined) {
        if (places[at + 1]! - start === key.length && text.startsWith(key, start)) break;
      } else if (spelled === key) break;
    }
    return at;
  }

  #valueAt(at: number): string {
    const long = this.#longValues?.get(at);
    if (long !== undefined) return long;
    const start = this.#places[at + 2]!;
    const end = this.#places[at + 3]!;
    return this.#isAscii ? this.#text.slice(start, end) : wordsBetween(this.#text, start, end);
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
