/** What a section says: its properties as botocore reads them. */
import { LineCursor, insideBrackets } from './lines.ts';
import { sectionsNamed } from './sections.ts';
import { strip } from './text.ts';
import type { PropertyHead } from './lines.ts';
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
  visitProperties(bodyOf(document, section), ({ key, commentLike }, value, index) => {
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
  });
  return properties;
}

function bodyOf(document: Document, { bodyStart, end }: Section): string {
  return document.slice(bodyStart, end);
}

/**
 * Goes through the properties of a section's body. Blank lines inside a value count, comments don't,
 * as in Python's configparser.
 * @param visit is told the line, counted from 1
 */
function visitProperties(
  body: string,
  visit: (head: PropertyHead, value: string, line: number) => void,
): void {
  const lines = new LineCursor(body);
  let open: { readonly head: PropertyHead; readonly line: number; value: string } | undefined;
  let blanks = '';
  for (let line = 1; lines.next(); line += 1) {
    const kind = lines.tellKind();
    if (kind === 'blank') blanks += '\n';
    else if (kind === 'continuation' && open) {
      open.value += `${blanks}\n${lines.words}`;
      blanks = '';
    } else if (kind !== 'comment') {
      if (open) visit(open.head, open.value, open.line);
      const head = kind === 'property' ? lines.property : undefined;
      open = head && { head, line, value: head.value };
      blanks = '';
    }
  }
  if (open) visit(open.head, open.value, open.line);
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
  const first = sections[0];
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
  section.values ??= valuesOf(bodyOf(document, section));
  return section.values;
}

function valuesOf(body: string): Values {
  const values = new Map<string, string>();
  visitProperties(body, ({ key }, value) => {
    values.set(key, value.startsWith('\n') ? '' : value);
  });
  return values;
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
