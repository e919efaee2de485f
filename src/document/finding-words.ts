/**
 * The words for what is odd about a file: one place for `doctor` and for the warnings of a refresh.
 */
import { texts } from '../problems/text.ts';
import type { Text } from '../problems/text.ts';
import type { Finding, FindingKind } from './findings.ts';

/** What a finding means to the person whose file it is. */
export interface Meaning {
  /** True if the AWS CLI then reads nothing of the file at all. */
  readonly refusedByCli: boolean;
  readonly status: 'warning' | 'bad';
  readonly words: Text;
  readonly hint: Text;
}

/** Where a finding's words vary. */
interface Place {
  readonly key: string | undefined;
  readonly otherLine: number | undefined;
  readonly codePage: number | undefined;
}

/** Of every kind what is there, and what to do: a kind without them does not compile. */
type FindingWords = {
  readonly [Kind in FindingKind]: (place: Place) => string;
} & { readonly [Kind in FindingKind as `fix ${Kind}`]: string };

const REFUSES = 'the AWS CLI refuses the whole file';
const IN_EDITOR = 'fix it in an editor';
const OWN_LINE = 'move the comment to its own line';

const IN_ASCII = 'write it in ASCII, such as English, or delete it';

const first = ({ otherLine }: Place): string =>
  otherLine === undefined ? '' : ` (first on line ${otherLine})`;

export const english = {
  'doubled-section': (place) => `doubled section${first(place)}: ${REFUSES}`,
  'fix doubled-section': 'merge the two sections, or delete one',
  'doubled-key': (place) => `doubled key ${place.key}${first(place)}: ${REFUSES}`,
  'fix doubled-key': 'delete one of them',
  'stray-line': () => `a line that is neither header, setting nor comment: ${REFUSES}`,
  'fix stray-line': IN_EDITOR,
  'before-sections': () => `a line before the first section: ${REFUSES}`,
  'fix before-sections': "put a [profile's name] above it",
  'unclosed-header': () => `a header without its closing bracket: ${REFUSES}`,
  'fix unclosed-header': IN_EDITOR,
  'nested-junk': ({ key }) => `a line under ${key} that is not "key = value": ${REFUSES}`,
  'fix nested-junk': 'join a wrapped value into one line, or delete the line',
  'blank-in-name': ({ otherLine }) =>
    `blanks inside the brackets: to the AWS CLI this is not the section on line ${otherLine}`,
  'fix blank-in-name': 'remove the blanks, or one of the two sections',
  'blank-around-name': () =>
    'blanks inside the brackets: the AWS CLI does not find the section by its name',
  'fix blank-around-name': 'remove the blanks',
  'empty-name': () => `a header without a name: ${REFUSES}`,
  'fix empty-name': IN_EDITOR,
  'blank-name': () => 'a header of blanks, which no profile is called',
  'fix blank-name': IN_EDITOR,
  'not-utf8': () => `bytes that are not UTF-8: ${REFUSES}`,
  'fix not-utf8': 'save the file as UTF-8',
  'not-code-page': ({ codePage }) =>
    `text that does not fit code page ${codePage}, by which the AWS CLI reads files on this system: ${REFUSES}`,
  'fix not-code-page': IN_ASCII,
  'not-utf8-there': ({ codePage }) =>
    `bytes that are not UTF-8: the AWS CLI reads them by this system's code page${codePage === undefined ? '' : ` (${codePage})`}, other tools do not`,
  'fix not-utf8-there': IN_ASCII,
  'not-ascii': ({ codePage }) =>
    `text beyond ASCII, which the AWS CLI reads by this system's code page (${codePage}): it comes out garbled, and other words would make it refuse the whole file`,
  'fix not-ascii': IN_ASCII,
  bom: () => `a byte order mark: ${REFUSES}`,
  'fix bom': 'save the file as UTF-8 without BOM',
  'indented-header': () =>
    'an indented header, which the AWS CLI reads as part of the value above it',
  'fix indented-header': IN_EDITOR,
  'header-tail': () => 'text after the closing bracket: some AWS SDKs miss the section',
  'fix header-tail': IN_EDITOR,
  'reserved-name': () =>
    'a section name that AWS tools reserve: its keys may reach every profile, or some AWS SDKs read nothing of the file',
  'fix reserved-name': 'rename it',
  'inline-comment': ({ key }) =>
    `a comment after ${key}, which the AWS CLI reads as part of the value`,
  'fix inline-comment': OWN_LINE,
  'quoted-value': ({ key }) =>
    `quotes around ${key}, which most AWS SDKs read as part of the value`,
  'fix quoted-value': 'remove the quotes',
  'mixed-line-endings': () => 'line endings of two kinds (LF and CRLF)',
  'fix mixed-line-endings': 'save the file with one of them',
} as const satisfies FindingWords;
const words = texts('findings', english);

const REFUSED_BY_CLI: ReadonlySet<FindingKind> = new Set([
  ...(['doubled-section', 'doubled-key', 'stray-line', 'before-sections'] as const),
  ...(['unclosed-header', 'nested-junk', 'empty-name', 'not-utf8', 'bom'] as const),
  'not-code-page' as const,
]);

/** The words for a finding; they hold no value of the file. */
export function meaningOf({ kind, key, otherLine, codePage }: Finding): Meaning {
  const refusedByCli = REFUSED_BY_CLI.has(kind);
  const isBad = refusedByCli || (SPOIL_VALUES.has(kind) && isCredential(key));
  return {
    refusedByCli,
    status: isBad ? 'bad' : 'warning',
    words: words[kind]({ key, otherLine, codePage }),
    hint: words[`fix ${kind}`],
  };
}

/** A key with something after it is no key. */
const SPOIL_VALUES: ReadonlySet<FindingKind> = new Set(['inline-comment', 'quoted-value']);

function isCredential(key: string | undefined): boolean {
  return /^aws_(?:access_key_id|secret_access_key|session_token)$/.test(key ?? '');
}
