/** Files that are no INI files at all, told by how they open: nothing may be appended to them. */

import type { Problem } from '../problems/problem.ts';

/** Other kinds of file that are found in that place. */
export type ForeignForm = Extract<Problem, { kind: 'foreign-file' }>['form'];

/**
 * How such files open, as bytes (latin1). Sources: git-crypt's doc/multiple_keys and commands.cpp
 * (`\0GITCRYPT\0`); Ansible's vault format 1.1; the age format, age-encryption.org/v1, with its PEM
 * form; RFC 9580, 6.2.
 */
const OPENINGS: readonly (readonly [ForeignForm, RegExp])[] = [
  ['git-crypt', /^\0GITCRYPT\0/],
  ['ansible-vault', /^\$ANSIBLE_VAULT;/],
  ['age', /^(?:age-encryption\.org\/|-----BEGIN AGE ENCRYPTED FILE-----)/],
  ['openpgp', /^-----BEGIN PGP MESSAGE-----/],
  // What follows tells a brace of JSON from a stray one in front of a header.
  ['json', /^(?:\xef\xbb\xbf)?\s*(?:\{\s*"[^"\r\n]*"\s*:|\[\s*(?:\{\s*"|"[^"\r\n]*"\s*,))/],
  ['markup', /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|head|body)\b/i],
];

/** How much of a file tells which kind it is. */
export const LONGEST_OPENING = 256;

/** How packed data begins: gzip, zip, and what OpenSSL encrypts. */
const BINARY = /^(?:\x1f\x8b|PK\x03\x04|Salted__)/;

/** A header or a comment: as nearly every file of AWS's opens, and none of those. */
const USUAL_OPENING = /^(?:\xef\xbb\xbf)?\s*(?:\[[^\s{"\0]|[#;][^\0])/;

/** @param text the file's bytes @returns undefined for what may be an INI file */
export function foreignForm(text: string): ForeignForm | undefined {
  const opening = text.slice(0, LONGEST_OPENING);
  if (USUAL_OPENING.test(opening)) return undefined;
  const known = OPENINGS.find(([, pattern]) => pattern.test(opening))?.[0];
  return known ?? (BINARY.test(opening) ? 'binary' : undefined);
}

/** True for UTF-16, told by its mark or by the NUL in every second byte of ASCII text. */
export function isUtf16(text: string): boolean {
  const opening = text.slice(0, LONGEST_OPENING);
  if (USUAL_OPENING.test(opening)) return false;
  return (
    /^(?:\xff\xfe|\xfe\xff)/.test(opening) || /^(?:(?:[^\0]\0){4}|(?:\0[^\0]){4})/.test(opening)
  );
}
