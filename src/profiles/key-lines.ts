/** Where a profile's key stands in the files, and the lines that were meant to be one. */
import { configProfileName, readProperties, sectionsNamed } from '../document/index.ts';
import type { Document, Section } from '../document/index.ts';
import { decodeUtf8 } from '../document/text.ts';
import { distance } from './names.ts';
import type { SettingLine } from '../problems/problem.ts';
import type { AwsFiles } from './profiles.ts';

export type KeyLine = SettingLine;

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

function* allSections({ credentials, config }: AwsFiles): Iterable<[Document, Section]> {
  for (const section of credentials.sections) yield [credentials, section];
  for (const section of config.sections) yield [config, section];
}

/**
 * The line that a setting of the profile comes from: its own; else its source's, as a role's
 * region; else that of a role which names the device for it.
 */
export function findSettingLine(
  files: AwsFiles,
  name: string,
  setting: string,
  value: string,
): KeyLine | undefined {
  return (
    findKeyLine(files, name, setting, value) ??
    findLine(allSections(files), setting, value) ??
    findNestedLine(files.config, setting, value)
  );
}

/** A setting of a `[services NAME]` section stands below the service's name. */
function findNestedLine(config: Document, setting: string, value: string): KeyLine | undefined {
  for (const section of config.sections) {
    const lines = decodeUtf8(config.text.slice(section.start, section.end)).split('\n');
    const index = lines.findLastIndex((line) => {
      const [key, ...rest] = line.split('=');
      return key!.trim().toLowerCase() === setting && rest.join('=').trim() === value;
    });
    if (index !== -1) return { path: config.path, line: section.line + index };
  }
  return undefined;
}

/** The line of the key with that value; undefined if no line has it. */
export function findKeyLine(
  files: AwsFiles,
  name: string,
  key: string,
  value: string,
): KeyLine | undefined {
  return findLine(sectionsOf(files, name), key, value);
}

function findLine(
  sections: Iterable<[Document, Section]>,
  key: string,
  value: string,
): KeyLine | undefined {
  for (const [document, section] of sections) {
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

/** The same for the settings without which a device or a role is not found. */
const MEANT_SETTINGS: readonly [form: RegExp, meant: string][] = [
  [/^(?:aws)?mfa(?:serial(?:number|no|arn)?|device(?:serial|arn)?|arn)$/, 'mfa_serial'],
  [/^(?:aws)?(?:assume)?role(?:arn)?$/, 'role_arn'],
  [/^(?:aws)?(?:source|src)profile(?:name)?$/, 'source_profile'],
];

const LONG_NAME = 9;

/** A name of one or two slips, which is no other setting's. */
function misspelt(
  bare: string,
  meanings: readonly [form: RegExp, meant: string][],
): string | undefined {
  return meanings
    .map(([, meant]) => meant)
    .find((meant) => {
      const name = meant.replaceAll('_', '');
      return distance(bare, name) <= (name.length < LONG_NAME ? 1 : 2);
    });
}

/** What stands in front of a name in a script, in JSON and in YAML. */
const BEFORE = /^[\s\p{Cf}"'“”‘’{,-]*(?:(?:export|setx?|declare -x|env)\s+|\$env:)?/iu;

/** The first line of a profile that names one of its keys in another way. */
export function findMisnamedKey(files: AwsFiles, name: string): MisnamedKey | undefined {
  const [first] = misnamedLines(files, name, MEANT);
  return first;
}

/** Lines that name one of these settings in another way, where the profile has none of that name. */
export function findMisnamedSettings(
  files: AwsFiles,
  name: string,
  settings: readonly ('mfa_serial' | 'role_arn' | 'source_profile')[],
): MisnamedKey[] {
  const meanings = MEANT_SETTINGS.filter(([, meant]) =>
    settings.some((setting) => setting === meant),
  );
  return [...misnamedLines(files, name, meanings)];
}

function* misnamedLines(
  files: AwsFiles,
  name: string,
  meanings: readonly [form: RegExp, meant: string][],
): Iterable<MisnamedKey> {
  for (const [document, section] of sectionsOf(files, name)) {
    const lines = decodeUtf8(document.text.slice(section.start, section.end)).split('\n');
    for (const [index, text] of lines.entries()) {
      const [, written = ''] =
        /^(\s*\$env:[^=:]*|[^=:\uff1d\uff1a]*)[=:\uff1d\uff1a]/i.exec(text) ?? [];
      const bare = written
        .normalize('NFKC')
        .replace(BEFORE, '')
        .replace(/[\s\p{Cf}\p{Pd}"'“”‘’_]/gu, '')
        .toLowerCase();
      const meant = meanings.find(([form]) => form.test(bare))?.[1] ?? misspelt(bare, meanings);
      if (meant === undefined || written.trim().toLowerCase() === meant) continue;
      yield { path: document.path, line: section.line + index, written: written.trim(), meant };
    }
  }
}
