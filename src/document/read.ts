/** What a section says: its properties as botocore reads them. */
import { insideBrackets, readLines } from './lines.ts';
import { sectionsNamed } from './sections.ts';
import { readUsualLines } from './plain-lines.ts';
import { strip, stripEnd } from './text.ts';
import type { Line } from './lines.ts';
import type { Document, Section } from './sections.ts';
import type { Values } from './values.ts';

export interface Property {
  /** In lower case. */
  readonly key: string;
  /** Trimmed; deeper-indented lines under a value belong to it, joined by line feeds. */
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
  /**
   * ` #` or ` ;` in the value: the start of a comment to seven of AWS's readers, part of the value
   * to botocore.
   */
  readonly commentLike: boolean;
  /** Deeper-indented `key = value` lines under an empty value (`s3 =`). */
  readonly nested: ReadonlyMap<string, string>;
}

/** What Python's `splitlines` splits at, which botocore uses inside a nested block. */
export const NESTED_LINES = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/;

/** All properties in file order, doubles included. */
export function readProperties(document: Document, section: Section): readonly Property[] {
  const properties: Property[] = [];
  const lines = readLines(document, section);
  for (const [index, line] of lines.entries()) {
    if (line.kind !== 'property' || line.property === undefined) continue;
    const { key, commentLike } = line.property;
    const value = wholeValue(lines, index);
    const isBlock = value.startsWith('\n');
    properties.push({
      key,
      value: isBlock ? '' : value,
      /** Counted when asked for: that takes longer than the reading. */
      get line() {
        return section.line + index;
      },
      commentLike,
      nested: isBlock ? readNested(value) : new Map(),
    });
  }
  return properties;
}

/**
 * Values by key, or undefined without such a section. Of a doubled key the last one counts, and
 * doubled sections are merged in file order: so do most of AWS's readers, where botocore refuses
 * the file.
 */
export function readSection(document: Document, name: string): Values | undefined {
  const named = sectionsNamed(document, name);
  // `[ x ]` is another section than `[x]` to the AWS CLI, and x's only where there is no `[x]`.
  const exact = named.length > 1 ? named.filter((section) => isExact(document, section)) : [];
  const sections = exact.length > 0 ? exact : named;
  const [first] = sections;
  if (first === undefined || sections.length === 1) return first && readValues(document, first);
  first.together ??= new Map(sections.flatMap((section) => [...readValues(document, section)]));
  return first.together;
}

/** No blank stands inside the brackets, next to either of them. */
function isExact(document: Document, { start, bodyStart }: Section): boolean {
  const inside = insideBrackets(document.slice(start, bodyStart));
  return strip(inside) === inside;
}

/** Values by key of only this section. */
export function readValues(document: Document, section: Section): Values {
  section.values ??=
    readUsualLines(document.slice(section.bodyStart - 1, section.end)) ??
    new Map(readProperties(document, section).map(({ key, value }) => [key, value]));
  return section.values;
}

/** Blank lines inside a value count, comments don't, as in Python's configparser. */
function wholeValue(lines: readonly Line[], index: number): string {
  const parts = [lines[index]?.property?.value ?? ''];
  for (let at = index + 1; at < lines.length; at += 1) {
    const { kind, words } = lines[at]!;
    if (kind === 'property' || kind === 'stray') break;
    if (kind !== 'comment') parts.push(words);
  }
  return stripEnd(parts.join('\n'));
}

function readNested(block: string): ReadonlyMap<string, string> {
  const nested = new Map<string, string>();
  for (const line of block.split(NESTED_LINES)) {
    const separator = line.indexOf('=');
    if (separator !== -1)
      nested.set(strip(line.slice(0, separator)), strip(line.slice(separator + 1)));
  }
  return nested;
}
