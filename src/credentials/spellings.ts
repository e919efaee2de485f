/**
 * The ways in which servers and programs spell what they repeat: in the escapes of URLs, markup,
 * JSON and shells, in other letters, in parts, and in hex or base64.
 */

/** A text as it reads, and where in the original each of its characters was. */
export interface Reading {
  readonly text: string;
  /** Where the character began. */
  start(index: number): number;
  /** Where it ended. */
  end(index: number): number;
}

/** Nothing in it is escaped, taken apart by markup, or cannot be seen. */
const PLAIN = /^[ !-$'-;>-[\]-~]*$/;
/** Of plain characters all the same: `0x41` and `U+0041`. */
const BY_NUMBER = /0x[0-9a-f]|U\+[0-9a-f]/i;

export function isPlain(text: string): boolean {
  return PLAIN.test(text) && !BY_NUMBER.test(text);
}

/** The signs of a secret by the names that HTML has for them. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  sol: '/',
  plus: '+',
  equals: '=',
};
/** An escaped `%` may be that of another escape. */
const MOST_ROUNDS = 3;

const BY_HEX = [
  ...['%u([0-9a-f]{4})', '%([0-9a-f]{2})', '&#x0*([0-9a-f]{1,6});?'],
  ...['\\\\u0000([0-9a-f]{4})', '\\\\u([0-9a-f]{4})', '\\\\u\\{0*([0-9a-f]{1,6})\\}'],
  ...['\\\\x([0-9a-f]{2})', 'U\\+([0-9a-f]{4,6})', '0x([0-9a-f]{2})(?![0-9a-f])'],
  // Quoted-printable: only its signs, or each character.
  ...['=(2[bf]|3d)', '=([0-9a-f]{2})(?==)', '(?<==[0-9a-f]{2})=([0-9a-f]{2})'],
];
const OTHERS = [
  '&#0*(?<decimal>\\d{1,7});?',
  '\\\\(?<octal>[0-3][0-7]{2})',
  '&(?<name>amp|lt|gt|quot|apos|sol|plus|equals);',
  '\\\\(?<escaped>[/"\'\\\\])',
  '(?<tag>[\\u{e0021}-\\u{e007e}])',
];
const MARKUP = [
  '\\\\[nrt\\n\\r]',
  '<!\\[CDATA\\[',
  // Too short to be a secret in angle brackets.
  '</?[a-z][a-z0-9]{0,5} ?/?>',
  '\\u001b\\[[\\d;]{0,20}[A-Za-z]',
];
const UNSEEN = '(?:(?![\\u001b\\u{e0021}-\\u{e007e}])[\\s\\p{Cc}\\p{Cf}])+|\\u001b';

// Made when they are first needed: V8 works their sets out then, and few runs need them.
const escapes: Partial<Record<Blanks, RegExp>> = {};

type Blanks = 'with blanks' | 'without blanks';

/** The text without its escapes and its markup. @param blanks whether what is not seen stays */
export function decode(source: string, blanks: Blanks): Reading {
  let reading = asItIs(source);
  if (isPlain(source)) {
    return blanks === 'with blanks' ? reading : replaceEach(reading, / +/g, () => '');
  }
  const unseen = blanks === 'without blanks' ? [UNSEEN] : [];
  escapes[blanks] ??= new RegExp([...BY_HEX, ...OTHERS, ...MARKUP, ...unseen].join('|'), 'giu');
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = replaceEach(reading, escapes[blanks], standsFor);
    if (next === reading) break;
    reading = next;
  }
  return reading;
}

/** What an escape stands for; '' for what is only in the way. */
function standsFor(match: RegExpExecArray): string {
  const hex = match.slice(1, 1 + BY_HEX.length).find((digits) => digits !== undefined);
  if (hex !== undefined) return characterAt(parseInt(hex, 16));
  const { decimal, octal, name, escaped, tag } = match.groups ?? {};
  if (decimal !== undefined) return characterAt(Number(decimal));
  if (octal !== undefined) return characterAt(parseInt(octal, 8));
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? '';
  // Unicode's tags: ASCII that nobody sees.
  if (tag !== undefined) return characterAt((tag.codePointAt(0) ?? 0) - 0xe0000);
  return escaped ?? '';
}

function characterAt(code: number): string {
  return code <= 0xffff ? String.fromCharCode(code) : '';
}

function asItIs(text: string): Reading {
  return { text, start: (index) => index, end: (index) => index + 1 };
}

/** @returns the same reading where nothing matches */
function replaceEach(
  of: Reading,
  pattern: RegExp,
  replacement: (match: RegExpExecArray) => string,
): Reading {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let copied = 0;
  const copy = (to: number): void => {
    for (let at = copied; at < to; at++) {
      starts.push(of.start(at));
      ends.push(of.end(at));
    }
    text += of.text.slice(copied, to);
  };
  for (const match of of.text.matchAll(pattern)) {
    copy(match.index);
    copied = match.index + match[0].length;
    const instead = replacement(match);
    for (let each = 0; each < instead.length; each++) {
      starts.push(of.start(match.index));
      ends.push(of.end(copied - 1));
    }
    text += instead;
  }
  if (copied === 0) return of;
  copy(of.text.length);
  return { text, start: (index) => starts[index] ?? index, end: (index) => ends[index] ?? index };
}

/** Without signs and marks, in small letters of ASCII: full-width letters and the like are those. */
export function foldText(text: string): string {
  const plain = /[^\0-\x7f]/.test(text) ? text.normalize('NFKD') : text;
  return plain.replace(/[^A-Za-z0-9]+/g, '').toLowerCase();
}

/** The same of a reading. */
export function fold(of: Reading): Reading {
  return replaceEach(of, /[^a-z0-9]/gu, ([character]) => foldText(character));
}

/** Digits as those of ASCII, character by character. */
export function withPlainDigits(of: Reading): Reading {
  return replaceEach(of, /[^\0-\x7f]/gu, ([character]) => {
    const plain = character.normalize('NFKD');
    return /^\d$/.test(plain) ? plain : '\ufffd'.repeat(character.length);
  });
}

const HEX = /[0-9a-f]{12,}/g;
const DECIMALS = /\d{1,3}(?:[^A-Za-z0-9]{1,3}\d{1,3}){5,}/g;
const BASE64 = /[A-Za-z0-9+/_-]{8,}/g;

/** Whether a text has what {@link packed} would unpack, long enough for a part of a secret. */
export function mayBePacked(text: string): boolean {
  return /[A-Za-z0-9+/_-]{16}|(?:[^A-Za-z0-9]\d{1,3}){5}|(?:[^A-Za-z0-9][0-9A-Fa-f]{2}){8}|(?:[^A-Za-z0-9][0-9A-Fa-f]{4}){4}/.test(
    text,
  );
}

/**
 * What stands in hex, as a list of bytes or in base64, unpacked.
 * @param folded for hex, whose bytes may stand apart
 * @param spaced for lists, whose blanks tell
 */
export function* unpacked(dense: Reading, folded: Reading, spaced: Reading): Generator<Reading> {
  for (const { 0: run, index } of folded.text.matchAll(HEX)) {
    // A word before it may have ended in such a letter.
    for (const from of [0, 1]) {
      const text = Buffer.from(run.slice(from), 'hex').toString('latin1');
      yield inside(folded, text, (at) => index + from + at * 2, 2);
    }
  }
  for (const { 0: run, index } of spaced.text.matchAll(DECIMALS)) {
    const numbers = [...run.matchAll(/\d+/g)];
    const text = String.fromCharCode(...numbers.map(([digits]) => Number(digits)));
    yield {
      text,
      start: (at) => spaced.start(index + (numbers[at]?.index ?? 0)),
      end: (at) =>
        spaced.end(index + (numbers[at]?.index ?? 0) + (numbers[at]?.[0].length ?? 1) - 1),
    };
  }
  for (const { 0: run, index } of dense.text.matchAll(BASE64)) {
    for (const from of [0, 1, 2, 3]) {
      const text = Buffer.from(run.slice(from), 'base64').toString('latin1');
      // Three characters in four: one spans two of them.
      yield inside(dense, text, (at) => index + from + Math.floor((at * 4) / 3), 2);
    }
  }
}

function inside(of: Reading, text: string, place: (at: number) => number, width: number): Reading {
  return {
    text,
    start: (at) => of.start(place(at)),
    end: (at) => of.end(place(at) + width - 1),
  };
}
