/** Where a profile's key stands in the files, and the lines that were meant to be one. */
import { configProfileName, readProperties, sectionsNamed } from '../document/index.ts';
import type { Document, Section } from '../document/index.ts';
import { decodeUtf8 } from '../document/text.ts';
import { distance } from './names.ts';
import type { AwsFiles } from './profiles.ts';

export interface KeyLine {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A line that names a key as no AWS tool does. */
export interface MisnamedKey extends KeyLine {
  readonly written: string;
  readonly meant: string;
}

/** The sections of a profile, in the order in which they are asked for a key. */
function* sectionsOf(files: AwsFiles, name: string): Iterable<[Document, Section]> {
  for (const section of sectionsNamed(files.credentials, name)) yield [files.credentials, section];
  for (const section of files.config.sections) {
    if (configProfileName(section.name) === name) yield [files.config, section];
  }
}

/** The line of the key with that value; undefined if no line has it. */
export function findKeyLine(
  files: AwsFiles,
  name: string,
  key: string,
  value: string,
): KeyLine | undefined {
  for (const [document, section] of sectionsOf(files, name)) {
    const found = readProperties(document, section).findLast(
      (property) => property.key === key && property.value === value,
    );
    if (found) return { path: document.path, line: found.line };
  }
  return undefined;
}

const MEANT: readonly [form: RegExp, meant: string][] = [
  [/^(?:aws)?accesskey(?:id)?$/, 'aws_access_key_id'],
  [/^(?:aws)?secret(?:access)?key$/, 'aws_secret_access_key'],
];
/** A name of one or two slips, which is no other setting's. */
function misspelt(bare: string): string | undefined {
  const isNear = (name: string) => distance(bare, name.replaceAll('_', '')) <= 2;
  return MEANT.map(([, meant]) => meant).find(isNear);
}

/** What stands in front of a name in a script, in JSON and in YAML. */
const BEFORE = /^[\s\p{Cf}"'“”‘’{,-]*(?:(?:export|setx?|declare -x|env)\s+|\$env:)?/iu;

/** The first line of a profile that names one of its keys in another way. */
export function findMisnamedKey(files: AwsFiles, name: string): MisnamedKey | undefined {
  for (const [document, section] of sectionsOf(files, name)) {
    const lines = decodeUtf8(document.text.slice(section.start, section.end)).split('\n');
    for (const [index, text] of lines.entries()) {
      const [, written = ''] =
        /^(\s*\$env:[^=:]*|[^=:\uff1d\uff1a]*)[=:\uff1d\uff1a]/i.exec(text) ?? [];
      const bare = written
        .normalize('NFKC')
        .replace(BEFORE, '')
        .replace(/[\s\p{Cf}"'“”‘’_-]/gu, '')
        .toLowerCase();
      const meant = MEANT.find(([form]) => form.test(bare))?.[1] ?? misspelt(bare);
      if (meant === undefined || written.trim().toLowerCase() === meant) continue;
      return { path: document.path, line: section.line + index, written: written.trim(), meant };
    }
  }
  return undefined;
}
