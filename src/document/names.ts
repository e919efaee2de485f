/** Which section names may be written, and how the config file spells a profile's name. */
import type { Said } from '../problems/text.ts';
import { words } from './words.ts';

export type NameVerdict =
  /** `portable`: every AWS SDK reads a section of this name. */
  { readonly ok: true; readonly portable: boolean } | { readonly ok: false; readonly reason: Said };

const PORTABLE = /^[A-Za-z0-9_./%@-]+$/;

/**
 * Why a name may never be written as a section of the credentials file; the first that applies is
 * given.
 */
const REFUSALS: readonly (readonly [RegExp, Said])[] = [
  [/^$/, words.emptyName],
  [/[\x00-\x1f\x7f-\x9f\u2028\u2029]/, words.controlInName],
  [/[\ud800-\udfff\ufffd\ufeff]/u, words.nameNotUnicode],
  [/^\s|\s$/, words.blankAroundName],
  [/[#;[\]]/, words.bracketInName],
  [/^DEFAULT$/, words.defaultName],
  [/^__proto__$/, words.protoName],
  [/^(profile|sso-session|services)\s/, words.kindInName],
];

/** Whether a section of this name may be written to the credentials file. */
export function canWriteName(name: string): NameVerdict {
  const portable = PORTABLE.test(name);
  // All other refusals are of characters that such a name does not have.
  if (portable && name !== 'DEFAULT' && name !== '__proto__') return { ok: true, portable };
  const refusal = REFUSALS.find(([pattern]) => pattern.test(name));
  return refusal === undefined ? { ok: true, portable } : { ok: false, reason: refusal[1] };
}

const USUAL = /^profile [^\s"'\\]+$/;

/**
 * The profile that a config section is for: `profile x` is x, `default` is default, any other
 * section is none. If both `default` and `profile default` are there, AWS's tools take the second.
 */
export function configProfileName(sectionName: string): string | undefined {
  if (sectionName === 'default') return sectionName;
  if (USUAL.test(sectionName)) return sectionName.slice('profile '.length);
  const quoted = /^profile "([^"\\]*)"$/.exec(sectionName);
  if (quoted) return quoted[1];
  const words = splitWords(sectionName);
  return words?.length === 2 && words[0] === 'profile' ? words[1] : undefined;
}

/**
 * The section name to write for a profile in the config file, quoted if the AWS CLI needs it.
 */
export function configProfileHeader(name: string): string {
  if (name === 'default') return name;
  if (name !== '' && !/[\s"'\\]/.test(name)) return `profile ${name}`;
  return `profile "${name.replace(/["\\]/g, '\\$&')}"`;
}

/** Splits as Python's `shlex.split`, which botocore uses; undefined if a quote is left open. */
function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  const word = /(?:[^ \t\r\n"'\\]|\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*')+/y;
  const blanks = /[ \t\r\n]*/y;
  for (let at = 0; ; at = word.lastIndex) {
    blanks.lastIndex = at;
    blanks.test(text);
    word.lastIndex = blanks.lastIndex;
    if (word.lastIndex === text.length) return words;
    const found = word.exec(text);
    if (found === null) return undefined;
    words.push(unquote(found[0]));
  }
}

/**
 * A backslash escapes anything outside quotes, only `"` and itself in double ones, nothing in
 * single ones.
 */
function unquote(word: string): string {
  return word.replace(
    /"((?:[^"\\]|\\[^])*)"|'([^']*)'|\\([^])/g,
    (_whole, double?: string, single?: string, bare?: string) =>
      double === undefined ? (single ?? bare ?? '') : double.replace(/\\(["\\])/g, '$1'),
  );
}
