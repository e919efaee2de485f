/** The lines that most sections have, read without taking them apart. */
import type { Values } from './keys.ts';

/** `key = value` from the first column on, in visible ASCII, a comment there, or nothing. */
const USUAL_LINE = /([a-z][a-z_]*) ?= ?([!-~]+)(?:\r?\n|$)|(?:[#;][ -~]*)?\r?\n/y;

/**
 * What `readProperties` would say of a section's body, the last of a doubled key.
 * @returns undefined where a line is not usual
 */
export function readUsualLines(text: string): Values | undefined {
  const values = new Map<string, string>();
  USUAL_LINE.lastIndex = 0;
  while (USUAL_LINE.lastIndex < text.length) {
    const line = USUAL_LINE.exec(text);
    if (line === null) return undefined;
    if (line[1] !== undefined) values.set(line[1], line[2]!);
  }
  return values;
}
