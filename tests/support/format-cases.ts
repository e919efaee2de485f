/** The odd files of fixtures/format, what each reader makes of them, and what ours does. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { configProfileName, parseDocument, readProperties } from '../../src/document/index.ts';
import { profilesFrom } from './botocore.ts';
import type { Document } from '../../src/document/index.ts';
import type { Profiles } from './botocore.ts';

const FOLDER = path.join(__dirname, '../../fixtures/format');

export interface FormatCase {
  readonly name: string;
  readonly kind: 'credentials' | 'config';
  readonly bytes: Uint8Array;
}

export const formatCases: readonly FormatCase[] = readdirSync(path.join(FOLDER, 'cases')).map(
  (name) => ({
    name,
    kind: name.endsWith('.config') ? 'config' : 'credentials',
    bytes: readFileSync(path.join(FOLDER, 'cases', name)),
  }),
);

type Groups = { readers: string[]; profiles: Parameters<typeof profilesFrom>[0] | 'error' }[];

const answers = JSON.parse(readFileSync(path.join(FOLDER, 'readers.json'), 'utf8')) as Record<
  string,
  Groups
>;

/** What that reader made of the case when it was measured. */
export function answerOf(reader: string, caseName: string): Profiles | 'error' {
  const group = answers[caseName]?.find(({ readers }) => readers.includes(reader));
  if (group === undefined) throw new Error(`${reader} was not asked about ${caseName}`);
  return group.profiles === 'error' ? 'error' : profilesFrom(group.profiles);
}

/** All profiles as our reader gives them: doubled ones merged, the last value counts. */
export function readProfiles(document: Document, kind: FormatCase['kind']): Profiles {
  const profiles: Profiles = new Map();
  const hasProfileDefault = document.sections.some(
    ({ name }) => name !== 'default' && configProfileName(name) === 'default',
  );
  for (const section of document.sections) {
    if (kind === 'config' && section.name === 'default' && hasProfileDefault) continue;
    const name = kind === 'config' ? configProfileName(section.name) : section.name;
    if (name === undefined) continue;
    const values = profiles.get(name) ?? new Map<string, string | Map<string, string>>();
    for (const { key, value, nested } of readProperties(document, section)) {
      values.set(key, nested.size > 0 ? new Map(nested) : value);
    }
    profiles.set(name, values);
  }
  return profiles;
}

/** The same without a file around it. */
export function documentOf(text: string | Uint8Array): Document {
  return parseDocument(typeof text === 'string' ? Buffer.from(text) : text, 'credentials');
}
