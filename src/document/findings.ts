/** What is odd about a file: things that AWS's readers disagree on, for warnings and `doctor`. */
import { LineCursor, readLines, splitLines } from './lines.ts';
import { insideBrackets } from './sections.ts';
import { configProfileName } from './names.ts';
import { NESTED_LINES } from './read.ts';
import { UTF8_CODE_PAGE, isReadIn } from './code-page.ts';
import { BOM, decodeUtf8, isAscii, lineAt, strip, textStart } from './text.ts';
import type { Line } from './lines.ts';
import type { Document, Section } from './sections.ts';

export type FindingKind =
  /** botocore refuses the whole file (`otherLine`: the first of them). */
  | 'doubled-section'
  | 'doubled-key'
  /** botocore refuses the whole file: a line that is neither header, property nor comment. */
  | 'stray-line'
  /** The same, before the first section. */
  | 'before-sections'
  | 'unclosed-header'
  /** The same, in a block of deeper lines under an empty value: each must be `key = value`. */
  | 'nested-junk'
  | 'empty-name'
  /** A section to botocore, and nobody's profile. */
  | 'blank-name'
  | 'not-utf8'
  /** botocore on Windows refuses the whole file: it reads by the system's code page. */
  | 'not-code-page'
  /** It reads the bytes there, and other readers take them for UTF-8. */
  | 'not-utf8-there'
  /** UTF-8 that it reads there as something else, and only by luck at all. */
  | 'not-ascii'
  | 'bom'
  /** botocore and three more take the header for more of the value above (`otherLine`). */
  | 'indented-header'
  /** Text right after `]`, or no comment at all: some readers then miss the section. */
  | 'header-tail'
  /**
   * `[DEFAULT]`, whose keys botocore hands to every profile; `[__proto__]`, with which JavaScript
   * reads nothing.
   */
  | 'reserved-name'
  /** A comment to seven readers, part of the value to botocore. */
  | 'inline-comment'
  /**
   * Two sections to botocore, of which `[x]` is the profile x; half of AWS's readers join them
   * (`otherLine`).
   */
  | 'blank-in-name'
  /** botocore takes the blanks for part of the name, and no profile is called so. */
  | 'blank-around-name'
  /** Quotes are part of the value to nine readers of twelve. */
  | 'quoted-value'
  | 'mixed-line-endings';

export interface Finding {
  readonly kind: FindingKind;
  /** Counted from 1. */
  readonly line: number;
  readonly section?: string;
  readonly key?: string;
  readonly otherLine?: number;
  /** By which botocore reads the file, if that is known. */
  readonly codePage?: number;
}

/**
 * The findings in the order of their lines. Nothing of any value is in them.
 * @param codePage of a Windows system, 0 if it has told none; undefined elsewhere
 */
export function inspectDocument(document: Document, codePage?: number): readonly Finding[] {
  let known = inspected.get(document);
  if (!known) inspected.set(document, (known = new Map<number | undefined, Finding[]>()));
  let findings = known.get(codePage);
  if (!findings) known.set(codePage, (findings = inspectAnew(document, codePage)));
  return findings;
}

/** A run looks at the same file for each of its profiles. By code page. */
const inspected = new WeakMap<Document, Map<number | undefined, readonly Finding[]>>();

function inspectAnew(document: Document, codePage: number | undefined): readonly Finding[] {
  const { text, sections } = document;
  const findings = [...inspectBytes(text), ...inspectEncoding(text, codePage)];
  const add = (found: Iterable<Finding>): void => {
    for (const finding of found) findings.push(finding);
  };
  const firstLines = new Map<string, number>();
  let end = textStart(text);
  let line = 1;
  for (const section of sections) {
    add(inspectGap(text, end, section.start, line));
    line += countLines(text, end, section.start);
    add(inspectSection(document, section, line, firstLines));
    line += countLines(text, section.start, section.end);
    end = section.end;
  }
  add(inspectGap(text, end, text.length, line));
  add(inspectHiddenKeys(document));
  return findings.sort((one, other) => one.line - other.line);
}

function* inspectBytes(text: string): Iterable<Finding> {
  if (text.startsWith(BOM)) yield { kind: 'bom', line: 1 };
  const isCrlf = text[text.indexOf('\n') - 1] === '\r';
  const other = text.search(isCrlf ? /(?<!\r)\n/ : /\r\n/);
  if (other !== -1) yield { kind: 'mixed-line-endings', line: lineAt(text, other) };
}

function isUtf8(text: string): boolean {
  return text === Buffer.from(decodeUtf8(text), 'utf8').toString('latin1');
}

/** One finding at most, at the first line that it is about. */
function* inspectEncoding(text: string, codePage = UTF8_CODE_PAGE): Iterable<Finding> {
  const content = text.slice(textStart(text));
  if (isAscii(content)) return;
  // The line break stays: to a code page it may be the second half of a character.
  const lines = content.split(/(?<=\n)/);
  const firstLine = (isOdd: (line: string) => boolean) => ({ line: lines.findIndex(isOdd) + 1 });
  const isNotUtf8 = (line: string): boolean => !isUtf8(line);
  if (codePage === UTF8_CODE_PAGE) {
    if (!isUtf8(content)) yield { kind: 'not-utf8', ...firstLine(isNotUtf8) };
    return;
  }
  const isRead = (line: string): boolean | undefined => isReadIn(line, codePage);
  const known = isRead(content) === undefined ? {} : { codePage };
  if (isRead(content) === false) {
    yield { kind: 'not-code-page', ...firstLine((line) => isRead(line) === false), codePage };
  } else if (!isUtf8(content)) yield { kind: 'not-utf8-there', ...firstLine(isNotUtf8), ...known };
  else if (isRead(content)) {
    yield { kind: 'not-ascii', ...firstLine((line) => !isAscii(line)), codePage };
  }
}

/** What stands outside every section: before the first, or under a header that names none. */
function* inspectGap(
  text: string,
  start: number,
  end: number,
  firstLine: number,
): Iterable<Finding> {
  let isUnderHeader = false;
  let isUnderBlanks = false;
  for (const [index, { words, depth }] of splitLines(text, start, end).entries()) {
    const line = firstLine + index;
    if (words.startsWith('[') && !/[=:]/.test(words)) {
      isUnderHeader = true;
      const kind = kindOfNameless(words);
      isUnderBlanks = kind === 'blank-name';
      yield { kind, line };
    } else if (isUnderBlanks && depth === 0 && /^[^#;=:]+$/.test(words)) {
      yield { kind: 'stray-line', line };
    } else if (words !== '' && !/^[#;]/.test(words) && !isUnderHeader)
      yield { kind: 'before-sections', line };
  }
}

function kindOfNameless(words: string): FindingKind {
  if (!words.includes(']')) return 'unclosed-header';
  return insideBrackets(words) === '' ? 'empty-name' : 'blank-name';
}

function* inspectSection(
  document: Document,
  section: Section,
  firstLine: number,
  firstLines: Map<string, number>,
): Iterable<Finding> {
  const { name } = section;
  const here = { line: firstLine, section: name };
  const lines = readLines(document, section);
  const exact = insideBrackets(lines[0]?.text ?? '');
  // To botocore `[ x ]` is another section than `[x]`: neither doubles the other.
  const otherLine = firstLines.get(`[${exact}]`);
  const sameElsewhere = firstLines.get(name);
  if (otherLine !== undefined) yield { kind: 'doubled-section', ...here, otherLine };
  else if (sameElsewhere !== undefined)
    yield { kind: 'blank-in-name', ...here, otherLine: sameElsewhere };
  else if (exact !== name) yield { kind: 'blank-around-name', ...here };
  for (const each of [`[${exact}]`, name])
    if (!firstLines.has(each)) firstLines.set(each, firstLine);
  if (name === 'DEFAULT' || configProfileName(name) === '__proto__' || name === '__proto__')
    yield { kind: 'reserved-name', ...here };
  if (!/\]([ \t]+[#;].*|[ \t]*)$/.test(lines[0]?.text ?? ''))
    yield { kind: 'header-tail', ...here };
  yield* inspectLines(lines, name, firstLine);
  const last = lines.findLastIndex((line) => line.kind === 'property');
  const [next] = splitLines(document.text, section.end, document.text.length, 1);
  if (last !== -1 && next !== undefined && next.depth > (lines[last]?.depth ?? 0)) {
    yield { kind: 'indented-header', line: firstLine + lines.length, otherLine: firstLine + last };
    yield* inspectHiddenBlock(document, section, lines[last]!, firstLine + lines.length);
  }
}

function* inspectLines(
  lines: readonly Line[],
  section: string,
  firstLine: number,
): Iterable<Finding> {
  const firstLines = new Map<string, number>();
  for (const [index, { kind, property, words }] of lines.entries()) {
    const line = firstLine + index;
    if (kind === 'stray') yield { kind: 'stray-line', line, section };
    if (kind === 'continuation' && property?.value === '' && holdsNestedJunk(words))
      yield { kind: 'nested-junk', line, section, key: property.key };
    if (kind !== 'property' || property === undefined) continue;
    const { key, value, commentLike } = property;
    const otherLine = firstLines.get(key);
    if (otherLine !== undefined) yield { kind: 'doubled-key', line, section, key, otherLine };
    else firstLines.set(key, line);
    if (commentLike) yield { kind: 'inline-comment', line, section, key };
    if (/^(["']).*\1$/.test(value)) yield { kind: 'quoted-value', line, section, key };
  }
}

/**
 * Keys that stand in two sections to us and in one to botocore, which sees no header in an indented
 * one: each line that is no deeper than the value above it is then a key of the section before.
 */
function* inspectHiddenKeys(document: Document): Iterable<Finding> {
  const isIndented = ({ start }: Section) => document.text[start] !== '[';
  if (!document.sections.some(isIndented)) return;
  let depth = Infinity;
  let firstLines = new Map<string, { line: number; section: Section }>();
  for (const section of document.sections) {
    const [header, ...lines] = readLines(document, section);
    if ((header?.depth ?? 0) <= depth) {
      depth = Infinity;
      firstLines = new Map();
    }
    for (const [index, { kind, property, ...line }] of lines.entries()) {
      if (kind !== 'property' || property === undefined || line.depth > depth) continue;
      depth = line.depth;
      const { key } = property;
      const here = { line: section.line + index + 1, section };
      const first = firstLines.get(key);
      if (first === undefined) firstLines.set(key, here);
      else if (first.section !== section)
        yield { kind: 'doubled-key', ...here, section: section.name, key, otherLine: first.line };
    }
  }
}

/** To botocore an indented header under an empty value, and what is indented below it, is that value's block. */
function* inspectHiddenBlock(
  document: Document,
  section: Section,
  { depth, property }: Line,
  firstLine: number,
): Iterable<Finding> {
  if (property?.value !== '') return;
  const cursor = new LineCursor(document.text, section.end);
  for (let index = 0; cursor.next(); index += 1) {
    const line = cursor.line();
    const isText = line.words !== '' && !/^[#;]/.test(line.words);
    if (isText && line.depth <= depth) return;
    if (isText && holdsNestedJunk(line.words)) {
      yield {
        kind: 'nested-junk',
        line: firstLine + index,
        section: section.name,
        key: property.key,
      };
      return;
    }
  }
}

/** botocore's `_parse_nested` gives up on a line without `=`; it splits lines as Python does. */
function holdsNestedJunk(words: string): boolean {
  return words.split(NESTED_LINES).some((line) => strip(line) !== '' && !line.includes('='));
}

function countLines(text: string, start: number, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1))
    lines += 1;
  return lines;
}
