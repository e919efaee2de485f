/** Carries one writer's changes over to another's version of an AWS file, section by section. */
import { LineCursor } from './lines.ts';
import { stretchesOf } from './sections.ts';

interface Entry {
  /** Lower case; undefined for a comment, a blank line or anything else without a key. */
  readonly key: string | undefined;
  /** With the deeper-indented lines that continue it, and all line endings. */
  text: string;
}

interface Section {
  /** As of {@link Stretch}. */
  readonly name: string | undefined;
  readonly entries: Entry[];
}

/**
 * What was changed from `base` to `late`, done to `current`: added and changed keys, added
 * sections, removed keys and sections. Where both changed the same, `current` stands, so that no
 * key and no section is ever there twice. Comments that changed in `late` are not carried over.
 */
export function mergeLateChanges(
  base: Uint8Array,
  late: Uint8Array,
  current: Uint8Array,
): Uint8Array {
  const before = parse(base);
  const theirs = parse(late);
  const result = parse(current);
  for (const section of theirs) {
    const original = find(before, section.name);
    const mine = find(result, section.name);
    if (mine) mergeSection(original, section, mine);
    else if (!original) append(result, section);
  }
  const kept = result.filter(
    (mine) => !isRemoved(find(before, mine.name), find(theirs, mine.name), mine),
  );
  return Buffer.from(kept.map(textOf).join(''), 'latin1');
}

function parse(bytes: Uint8Array): Section[] {
  const text = Buffer.from(bytes).toString('latin1');
  return stretchesOf(text).map(({ name, start, bodyStart, end }) => {
    const entries: Entry[] = [];
    if (bodyStart > start) entries.push({ key: undefined, text: text.slice(start, bodyStart) });
    const cursor = new LineCursor(text, bodyStart, end);
    let owner = -1;
    while (cursor.next()) {
      const kind = cursor.tellKind();
      const { text: words, ending } = cursor.line();
      if (kind === 'continuation') {
        // Comments and blank lines in between are a part of the value's lines.
        const between = entries.splice(owner + 1).map((entry) => entry.text);
        entries[owner]!.text += between.join('') + words + ending;
        continue;
      }
      if (kind === 'property') owner = entries.length;
      const key = kind === 'property' ? cursor.key : undefined;
      entries.push({ key, text: words + ending });
    }
    return { name, entries };
  });
}

function find(sections: Section[], name: string | undefined): Section | undefined {
  return sections.find((section) => section.name === name);
}

function entryOf(section: Section | undefined, key: string | undefined): Entry | undefined {
  return section?.entries.find((entry) => entry.key !== undefined && entry.key === key);
}

function mergeSection(original: Section | undefined, theirs: Section, mine: Section): void {
  for (const entry of theirs.entries) {
    if (entry.key === undefined) continue;
    const base = entryOf(original, entry.key);
    const own = entryOf(mine, entry.key);
    if (base && sameText(base.text, entry.text)) continue;
    if (!own && !base) insert(mine, entry);
    else if (own && base && sameText(own.text, base.text)) own.text = entry.text;
  }
  for (const base of original?.entries ?? []) {
    const own = entryOf(mine, base.key);
    if (!own || entryOf(theirs, base.key)) continue;
    if (sameText(own.text, base.text)) mine.entries.splice(mine.entries.indexOf(own), 1);
  }
}

/** A last line that gained its line ending is still the same line. */
function sameText(one: string, other: string): boolean {
  return one.trimEnd() === other.trimEnd();
}

/** Puts an entry after the section's last key. */
function insert(section: Section, entry: Entry): void {
  const last = section.entries.findLastIndex(({ key }) => key !== undefined);
  // Without any key: after the header, or at the very top of what precedes the first header.
  const at = last >= 0 ? last : section.name === undefined ? -1 : 0;
  const previous = section.entries[at];
  if (previous) previous.text = ended(previous.text);
  section.entries.splice(at + 1, 0, { key: entry.key, text: ended(entry.text) });
}

function append(sections: Section[], added: Section): void {
  const last = sections.at(-1)?.entries.at(-1);
  if (last) last.text = ended(last.text);
  sections.push(added);
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** True if they removed a section that we did not change. */
function isRemoved(
  original: Section | undefined,
  theirs: Section | undefined,
  mine: Section,
): boolean {
  return original !== undefined && !theirs && sameText(textOf(original), textOf(mine));
}

function textOf(section: Section): string {
  return section.entries.map(({ text }) => text).join('');
}
