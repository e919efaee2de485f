/**
 * The gate: all that AWS, a server, a program or a file says passes here before anybody sees it, on
 * the terminal, in JSON, in a notification or in a log.
 */
import { nameWithoutSecrets, withoutSecrets } from '../credentials/known-secrets.ts';
import { ALL_COMMON, NARROW, WIDE } from './common-letters.ts';

/** What others say is cut at so many characters. */
export const LONGEST = 500;
/**
 * A line of this program's, with the names and paths that it repeats. Nothing after that is looked
 * at.
 */
const LONGEST_LINE = 8 * LONGEST;

/** One line of the program's own, with whatever it repeats in it. */
export function printable(line: string): string {
  const looked = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
  return shownAs(withoutSecrets(looked));
}

/** Words of others, to be put into a line. */
export function quoted(words: string): string {
  const shown = printable(words).trim();
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST - 1)}…` : shown;
}

/** A value with every text in it made fit to be put into a line. */
export function quotedIn<Value>(value: Value): Value {
  if (typeof value === 'string') return quoted(value) as Value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(quotedIn) as Value;
  const fields = Object.entries(value).map(([name, field]) => [name, quotedIn(field as unknown)]);
  return Object.fromEntries(fields) as Value;
}

/** A name in a table. */
export function shownName(name: string): string {
  return shownAs(nameWithoutSecrets(name));
}

/**
 * JSON as it is written: what could not be shown is escaped, so that no reader misses any of it; a
 * secret is not shown here either.
 */
export function toJson(value: unknown): string {
  const hide = (_field: string, each: unknown): unknown =>
    typeof each === 'string' ? nameWithoutSecrets(each) : each;
  return escapeUnseen(`${JSON.stringify(value, hide, 2)}\n`);
}

/** The same for JSON that is a text already: outside of its strings there is nothing to escape. */
export function escapeUnseen(json: string): string {
  if (JSON_OF_COMMON_LETTERS.test(json)) return json;
  return json.replace(/[^\n -~]+/g, (run) =>
    run.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
      [...Array(character.length).keys()]
        .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join(''),
    ),
  );
}

const JSON_OF_COMMON_LETTERS = new RegExp(`^[\n${NARROW}${WIDE}]*$`);

/** Only what could affect the terminal is replaced. */
export function shownAs(text: string): string {
  if (ALL_COMMON.test(text)) return text;
  const blanks = /[\t-\r\u0085\u2028\u2029]+/g;
  // Control characters could move the cursor; those of direction and without width could hide what
  // was said or make two names look the same; half of a pair is no character.
  // So are the letters of Hangul and the sign of Braille that are drawn as nothing.
  const unfit = /[\p{Cc}\p{Cf}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]/gu;
  return text.replace(blanks, ' ').replace(unfit, (character) => {
    const code = character.codePointAt(0)!;
    return code < 0xa0 ? '?' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** Characters that cannot be seen, by their numbers: `prod<U+200B>`. */
export function spellInvisible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]|[^\S ]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16).toUpperCase();
    return `<U+${code.padStart(4, '0')}>`;
  });
}
