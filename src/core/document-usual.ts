/** Sections of the lines that most have, read without taking them apart. */
import type { Values } from './values.ts';

/** `key = value` from the first column on, in visible ASCII, a comment there, or nothing. */
const USUAL_LINES = /(?:[a-z][a-z_]* ?= ?[!-~]+(?:\r?\n|$)|(?:[#;][ -~]*)?\r?\n)*/y;
const USUAL_LINE = /^([a-z][a-z_]*) ?= ?([!-~]+)/gm;

/** The pattern takes memory by the line. */
const LONGEST = 1_000_000;

/**
 * What `readProperties` would say of a section's body.
 * @param text the body, with the line feed in front of it
 * @returns undefined where a line is not usual
 */
export function readUsualLines(text: string): Values | undefined {
  if (text.length > LONGEST) return undefined;
  USUAL_LINES.lastIndex = 1;
  USUAL_LINES.test(text);
  return USUAL_LINES.lastIndex === text.length ? new UsualValues(text) : undefined;
}

const LINE_FEED = 10;

/** Looks for a key when it is asked for it: of ten thousand sections a few keys each are wanted. */
class UsualValues implements Values {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get(key: string): string | undefined {
    const text = this.#text;
    let value: string | undefined;
    for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + 1)) {
      if (text.charCodeAt(at - 1) !== LINE_FEED) continue;
      let start = at + key.length;
      if (text.charCodeAt(start) === 32) start += 1;
      if (text.charCodeAt(start) !== 61) continue;
      start += text.charCodeAt(start + 1) === 32 ? 2 : 1;
      let end = text.indexOf('\n', start);
      if (end === -1) end = text.length;
      else if (text.charCodeAt(end - 1) === 13) end -= 1;
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
