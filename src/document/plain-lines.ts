/** Sections of the lines that most have, read without taking them apart. */
import type { Values } from './values.ts';

/**
 * `key = value` from the first column on, in visible ASCII, a comment there, or nothing. So many
 * lines at a time, for the pattern takes memory by the line.
 */
const USUAL_LINES = /(?:[a-z][a-z_]* ?= ?[!-~]+(?:\r?\n|$)|(?:[#;][ -~]*)?\r?\n){0,1000}/y;
const USUAL_LINE = /^([a-z][a-z_]*) ?= ?([!-~]+)/gm;

/**
 * What `readProperties` would say of a section's body.
 * @param text the body, with the line feed before it
 * @returns undefined if a line is not usual
 */
export function readUsualLines(text: string): Values | undefined {
  let end = 1;
  for (let start = 0; end > start && end < text.length; end = USUAL_LINES.lastIndex) {
    start = USUAL_LINES.lastIndex = end;
    USUAL_LINES.test(text);
  }
  return end === text.length ? new UsualValues(text) : undefined;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BLANK = 32;
const EQUALS = 61;

/**
 * In text of usual lines: where the value of the property with its key at `at` begins.
 * @returns -1 if there is no key, or only the beginning of one
 */
function valueStart(text: string, key: string, at: number): number {
  const sign = at + key.length + (text.charCodeAt(at + key.length) === BLANK ? 1 : 0);
  if (text.charCodeAt(at - 1) !== LINE_FEED || text.charCodeAt(sign) !== EQUALS) return -1;
  return sign + (text.charCodeAt(sign + 1) === BLANK ? 2 : 1);
}

/** Looks for a key when it is asked for it: of ten thousand sections a few keys each are wanted. */
class UsualValues implements Values {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get(key: string): string | undefined {
    const text = this.#text;
    let value: string | undefined;
    if (key === '') return undefined;
    for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + 1)) {
      const start = valueStart(text, key, at);
      if (start === -1) continue;
      let end = text.indexOf('\n', start);
      if (end === -1) end = text.length;
      else if (text.charCodeAt(end - 1) === CARRIAGE_RETURN) end -= 1;
      // Of a doubled key the last one counts.
      value = text.slice(start, end);
    }
    return value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  *[Symbol.iterator](): Iterator<[string, string]> {
    for (const [, key, value] of this.#text.matchAll(USUAL_LINE)) yield [key!, value!];
  }
}
