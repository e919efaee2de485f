/** Edits one section of a file and leaves every other byte as it is. */
import { indentOf, readLines, splitLines } from './lines.ts';
import { checkedSettings, checkName } from './refusals.ts';
import { sectionsNamed } from './sections.ts';
import { encodeText, encodeUtf8, strip, textStart } from './text.ts';
import type { Line, PropertyHead } from './lines.ts';
import type { Document, Section } from './sections.ts';

export interface Edit {
  /** Replaced in place where present; the missing ones are added in this order. */
  readonly set: ReadonlyMap<string, string>;
  /** Keys that must go. */
  readonly drop?: readonly string[];
  /** Removes what is neither key nor comment: stray lines, and the rest of a wrapped value. */
  readonly dropJunk?: boolean;
}

/** A line to be written; one without an ending gets its neighbours'. */
type Draft = Pick<Line, 'text' | 'ending'>;

/**
 * The file with the section as the edit says. A missing section is made at the end, after one blank
 * line. Of a doubled one the first is kept; the others' headers and properties go, their comments
 * stay. The name may also be a config header, `profile x`.
 * @throws Failure `bad-session-name`, or `bad-setting` for a value that would not be read back as
 *   it is
 */
export function putSection(document: Document, name: string, edit: Edit): Uint8Array {
  checkName(name);
  const set = checkedSettings(name, edit.set);
  const [kept, ...doubles] = sectionsNamed(document, name);
  if (kept === undefined) return encodeText(withNewSection(document.text, name, set));
  const { text } = document;
  const drop = new Set(edit.drop?.map((key) => key.toLowerCase()));
  const next = lineBehind(document, [kept, ...doubles], edit.dropJunk ?? false);
  let result =
    text.slice(0, kept.start) +
    editedSection(document, kept, next, set, drop, edit.dropJunk ?? false);
  let rest = kept.end;
  for (const double of doubles) {
    const lines = readLines(document, double);
    const junk = edit.dropJunk ? junkOf(lines) : NOTHING;
    const remains = remainingLines(
      lines.filter((line) => !junk.has(line)),
      () => true,
    );
    result +=
      text.slice(rest, double.start) + remains.map((line) => line.text + line.ending).join('');
    rest = double.end;
  }
  return encodeText(result + text.slice(rest));
}

/**
 * The file without what {@link putSection} added. Properties that are not `owned` stay, and then
 * the header too; comments always stay. `previousKey` is the key of the property before, if any.
 * @param keepsHeader told a section's keys, whether its header stays with nothing under it
 */
export function removeSection(
  document: Document,
  name: string,
  owned: (key: string, previousKey: string | undefined) => boolean,
  {
    dropJunk = false,
    keepsHeader = () => false,
  }: Pick<Edit, 'dropJunk'> & { keepsHeader?: (keys: readonly string[]) => boolean } = {},
): Uint8Array {
  const { text } = document;
  let result = '';
  let rest = 0;
  for (const section of sectionsNamed(document, name)) {
    result += text.slice(rest, section.start);
    rest = section.end;
    const all = readLines(document, section);
    const junk = dropJunk ? junkOf(all) : NOTHING;
    const lines = all.filter((line) => !junk.has(line));
    const heads = lines.flatMap((line) =>
      line.kind === 'property' && line.property ? [line.property] : [],
    );
    const going = new Set(heads.filter((head, index) => owned(head.key, heads[index - 1]?.key)));
    const userHasMore =
      going.size < heads.length ||
      lines.some((line) => line.kind === 'stray') ||
      keepsHeader(heads.map(({ key }) => key));
    const kept = remainingLines(lines, (head) => going.has(head), userHasMore);
    const remains = joinLines(kept, '\n', endsOpen(text, section));
    if (!userHasMore) {
      const before = withoutBlankLine(result);
      const endedByUs = before !== result && remains === '' && endsOpen(text, section);
      result = endedByUs ? withoutEnding(before) : before;
    }
    result += remains;
  }
  return encodeText(result + text.slice(rest));
}

/**
 * A file that lacks its last newline gets one, and the new section then goes without: that keeps
 * the style, and tells {@link removeSection} how to restore the file.
 */
function withNewSection(text: string, name: string, set: ReadonlyMap<string, string>): string {
  const ending = lastEnding(text);
  const lines = [header(name), ...Array.from(set, ([key, value]) => setting(key, value))].join(
    ending,
  );
  if (text.length === textStart(text)) return text + lines + ending;
  return text.endsWith('\n') ? text + ending + lines + ending : text + ending + ending + lines;
}

/** The line that will follow the section, once its doubles that come right behind it are gone. */
function lineBehind(
  document: Document,
  [kept, ...doubles]: readonly [Section, ...Section[]],
  dropJunk: boolean,
): LineBehind {
  let { end } = kept;
  for (const double of doubles) {
    if (double.start !== end) break;
    // A stray line that stays loses its indentation.
    const lines = dropJunk ? [] : readLines(document, double);
    if (lines.some(({ kind }) => kind === 'stray')) return undefined;
    ({ end } = double);
  }
  return splitLines(document.text, end, document.text.length, 1)[0];
}

type LineBehind = Omit<Line, 'kind'> | undefined;

function editedSection(
  document: Document,
  section: Section,
  next: LineBehind,
  set: ReadonlyMap<string, string>,
  drop: ReadonlySet<string>,
  dropJunk: boolean,
): string {
  const lines = readLines(document, section);
  const junk = dropJunk ? junkOf(lines) : NOTHING;
  const present = new Set(lines.map((line) => line.property?.key));
  const place = placeForNew(next, lines);
  const added = Array.from(set)
    .filter(([key]) => !present.has(key))
    .map(([key, value]) => ({ text: place.indent + setting(key, value), ending: '' }));
  const written = new Set<string>();
  const edited = lines.map((line): Draft[] => {
    if (line.kind === 'header')
      return [{ text: plainHeader(line, section.name), ending: line.ending }];
    if (junk.has(line)) return [];
    const head = line.property;
    if (head === undefined) return [line];
    const value = set.get(head.key);
    if (value === undefined) return drop.has(head.key) ? [] : [line];
    if (line.kind === 'continuation' || written.has(head.key)) return [];
    written.add(head.key);
    return [
      {
        text: reads(lines, head, value) ? line.text : indentOf(line) + setting(head.key, value),
        ending: line.ending,
      },
    ];
  });
  const drafts = [...edited.slice(0, place.index), added, ...edited.slice(place.index)].flat();
  const ending = lines.findLast((line) => line.ending !== '')?.ending ?? lastEnding(document.text);
  return joinLines(drafts, ending, endsOpen(document.text, section));
}

const NOTHING: ReadonlySet<Line> = new Set();

/**
 * What the edit of a section that holds no keys but known ones may remove: stray lines, and lines
 * of base64 that are what is left of a value wrapped into several (a padded last one reads as a
 * property).
 */
function junkOf(lines: readonly Line[]): ReadonlySet<Line> {
  return new Set(
    lines.filter(
      ({ kind, words }, index) =>
        kind === 'stray' ||
        (kind === 'property' &&
          index > 1 &&
          lines[index + 1]?.kind !== 'continuation' &&
          isPaddedTail(words, lines[index - 1]?.kind === 'stray')),
    ),
  );
}

/** A setting without a value, such as `output=`, may look the same: it stays. */
function isPaddedTail(words: string, followsStray: boolean): boolean {
  const [, digits = '', padding = ''] = /^([A-Za-z0-9+/]+)(={1,2}["']?)$/.exec(words) ?? [];
  if (digits === '') return false;
  return followsStray || padding !== '=' || /[A-Z+/]/.test(digits);
}

/**
 * Every reader takes the property for this value as it stands, so that not even its spacing need
 * change.
 */
function reads(lines: readonly Line[], head: PropertyHead, value: string): boolean {
  const isContinued = lines.some((line) => line.kind === 'continuation' && line.property === head);
  return head.plain && head.value === value && !isContinued;
}

/**
 * Where missing keys go: after the last property and what is indented under it (also comments,
 * which three readers take for part of its value), or else right after the header. To botocore a
 * deeper-indented line continues the value above it, so that in front of an indented header they go
 * first in the section, or are indented as it is.
 */
function placeForNew(next: LineBehind, lines: readonly Line[]): { index: number; indent: string } {
  const last = lines.findLast((line) => line.kind === 'property');
  const depth = last?.depth ?? 0;
  let index = Math.max(1, lines.findLastIndex((line) => line.property !== undefined) + 1);
  while (lines[index]?.kind === 'comment' && (lines[index]?.depth ?? 0) > depth) index += 1;
  if (last === undefined) {
    const follower = lines.slice(index).find((line) => line.kind === 'stray') ?? next;
    return { index, indent: follower ? indentOf(follower) : '' };
  }
  if (next === undefined || next.depth <= depth) return { index, indent: indentOf(last) };
  const first = lines.findIndex((line) => line.kind === 'property');
  return { index: first, indent: indentOf(lines[first] ?? last) };
}

/**
 * What stays of a section: comments (also the header's own), blank and stray lines, and properties
 * that aren't going. Without the header a stray line loses its indentation, or it would continue
 * the value before it.
 */
function remainingLines(
  lines: readonly Line[],
  isGoing: (head: PropertyHead) => boolean,
  keepHeader = false,
): Draft[] {
  return lines.flatMap((line): Draft[] => {
    if (line.kind === 'header' && !keepHeader) {
      const comment = /^[ \t]*([#;].*)/.exec(behindName(line))?.[1];
      return comment === undefined ? [] : [{ text: comment, ending: line.ending }];
    }
    if (line.property !== undefined && isGoing(line.property)) return [];
    const isLoose = line.kind === 'stray' && !keepHeader;
    return [isLoose ? { text: line.text.slice(indentOf(line).length), ending: line.ending } : line];
  });
}

/**
 * `[name]` as all readers take it: at the line's start, no blanks inside, a comment set off by a
 * blank.
 */
function plainHeader(line: Line, name: string): string {
  const behind = behindName(line);
  if (strip(behind) === '' || /^[ \t]+[#;]/.test(behind)) return header(name) + behind;
  return `${header(name)} ${/^[#;]/.test(behind) ? '' : '# '}${behind.replace(/^[ \t]+/, '')}`;
}

function behindName(line: Line): string {
  return line.text.slice(line.text.lastIndexOf(']') + 1);
}

function header(name: string): string {
  return `[${encodeUtf8(name)}]`;
}

function setting(key: string, value: string): string {
  return value === '' ? `${key} =` : `${key} = ${encodeUtf8(value)}`;
}

/** The file stops inside this section, with no newline at its end. */
function endsOpen(text: string, section: Section): boolean {
  return section.end === text.length && !text.endsWith('\n');
}

/** Lines that had no ending get one, the last of an open-ended file loses its own. */
function joinLines(lines: readonly Draft[], ending: string, open: boolean): string {
  const joined = lines.map((line) => line.text + (line.ending || ending)).join('');
  return open ? withoutEnding(joined) : joined;
}

function lastEnding(text: string): string {
  const feed = text.lastIndexOf('\n');
  return feed > 0 && text[feed - 1] === '\r' ? '\r\n' : '\n';
}

function withoutEnding(text: string): string {
  if (!text.endsWith('\n')) return text;
  return text.slice(0, text.endsWith('\r\n') ? -2 : -1);
}

function withoutBlankLine(text: string): string {
  const shorter = withoutEnding(text);
  return shorter.length === textStart(shorter) || shorter.endsWith('\n') ? shorter : text;
}
