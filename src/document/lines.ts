/** The lines of one section, told apart as botocore tells them. */
import { decodeUtf8, encodeUtf8, indentation, strip } from './text.ts';
import type { Document, Section } from './sections.ts';

/** The first line of a property: `key = value` or `key: value`. */
export interface PropertyHead {
  /** In lower case: keys match without regard to case. */
  readonly key: string;
  readonly value: string;
  /** Every AWS reader understands how key and separator are spelled: lower case and `=`. */
  readonly plain: boolean;
  /** Some readers take the end of the value for a comment. */
  readonly commentLike: boolean;
}

export interface Line {
  /**
   * `stray`: neither of the others, and no reader agrees what it means; botocore refuses the file.
   */
  readonly kind: 'header' | 'blank' | 'comment' | 'property' | 'continuation' | 'stray';
  /** The bytes without the ending. */
  readonly text: string;
  readonly ending: string;
  /** Indentation in characters. */
  readonly depth: number;
  /** Decoded and trimmed. */
  readonly words: string;
  /** Of a property's first line, and of the deeper lines that continue it. */
  readonly property?: PropertyHead | undefined;
}

/** The section's lines, its header first. */
export function readLines(document: Document, section: Section): Line[] {
  const [header, ...body] = splitLines(document.text, section.start, section.end);
  const lines: Line[] = header === undefined ? [] : [{ ...header, kind: 'header' }];
  let property: PropertyHead | undefined;
  let depth = 0;
  for (const line of body) {
    if (line.words === '') lines.push({ ...line, kind: 'blank' });
    else if (/^[#;]/.test(line.words)) lines.push({ ...line, kind: 'comment' });
    else if (property !== undefined && line.depth > depth)
      lines.push({ ...line, kind: 'continuation', property });
    else {
      property = readPropertyHead(line.words);
      depth = line.depth;
      lines.push(property ? { ...line, kind: 'property', property } : { ...line, kind: 'stray' });
    }
  }
  return lines;
}

/** What stands between the brackets of a header, blanks and all. @param line its bytes */
export function insideBrackets(line: string): string {
  return decodeUtf8(line.slice(line.indexOf('[') + 1, line.lastIndexOf(']')));
}

/** The indentation of a line, as bytes. */
export function indentOf(line: Pick<Line, 'text' | 'depth'>): string {
  return encodeUtf8(decodeUtf8(line.text).slice(0, line.depth));
}

/** Cuts a stretch of text into lines that know their own ending; the first `most` of them. */
export function splitLines(
  text: string,
  start: number,
  end: number,
  most = Infinity,
): Omit<Line, 'kind'>[] {
  const lines: Omit<Line, 'kind'>[] = [];
  for (let at = start; at < end && lines.length < most;) {
    const feed = text.indexOf('\n', at);
    const next = feed === -1 || feed >= end ? end : feed + 1;
    const whole = text.slice(at, next);
    const ending = whole.endsWith('\r\n') ? '\r\n' : whole.endsWith('\n') ? '\n' : '';
    const bytes = whole.slice(0, whole.length - ending.length);
    const decoded = decodeUtf8(bytes);
    lines.push({ text: bytes, ending, depth: indentation(decoded), words: strip(decoded) });
    at = next;
  }
  return lines;
}

function readPropertyHead(words: string): PropertyHead | undefined {
  const separator = words.search(/[=:]/);
  if (separator < 1) return undefined;
  const spelled = strip(words.slice(0, separator));
  const key = spelled.toLowerCase();
  const behind = words.slice(separator + 1);
  return {
    key,
    value: strip(behind),
    plain: spelled === key && words[separator] === '=',
    commentLike: /\s[#;]/.test(behind),
  };
}
