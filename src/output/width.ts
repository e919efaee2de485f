/** Columns that a text takes on a terminal: Japanese and pictures take two a character. */
import { eastAsianWidth } from 'get-east-asian-width';
import { ALL_COMMON, NARROW, WIDE } from './common-letters.ts';

let clusters: Intl.Segmenter | undefined;

/** What a person sees as one character: a letter with its marks, a picture made of several. */
function* charactersOf(text: string): Generator<string> {
  clusters ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { segment } of clusters.segment(text)) yield segment;
}

function widthOfCharacter(character: string): number {
  // What node draws on its own would be narrow: a flag's letters, and a sign that U+FE0F makes a
  // picture.
  if (/^\p{RI}{2}|\ufe0f/u.test(character)) return 2;
  return /^[\p{Mn}\p{Me}\p{Cf}]/u.test(character) ? 0 : eastAsianWidth(character.codePointAt(0)!);
}

// Node takes longer to make what finds the characters of any text than the rest of a table takes.
const ALL_NARROW = new RegExp(`^[${NARROW}]*$`);
const EACH_WIDE = new RegExp(`[${WIDE}]`, 'g');

/** Columns; without colours and other control characters in it. */
export function widthOf(text: string): number {
  if (ALL_NARROW.test(text)) return text.length;
  if (ALL_COMMON.test(text)) return text.replace(EACH_WIDE, '  ').length;
  let columns = 0;
  for (const character of charactersOf(text)) columns += widthOfCharacter(character);
  return columns;
}

/** The text, or as much of it as fits with `mark` after it. Never half of a wide character. */
export function cut(text: string, columns: number, mark: string): string {
  if (widthOf(text) <= columns) return text;
  const room = columns - widthOf(mark);
  let kept = '';
  let taken = 0;
  for (const character of charactersOf(text)) {
    taken += widthOfCharacter(character);
    if (taken > room) break;
    kept += character;
  }
  return kept + mark;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}
