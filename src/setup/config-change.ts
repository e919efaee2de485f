/** A change of one profile's settings in the config file: what it is, to be shown, and the edit. */
import {
  configProfileHeader,
  configProfileName,
  putSection,
  readSection,
  sectionsNamed,
  refuseSectionless,
} from '../document/index.ts';
import type { Document } from '../document/index.ts';
import { Failure } from '../problems/problem.ts';
import { words } from './words.ts';

export interface ConfigChange {
  /** The section's name as it stands in the file, or as it is to be written. */
  readonly section: string;
  /** Only what is not so already. */
  readonly set: ReadonlyMap<string, string>;
  /** The change as a person reads it, line by line. */
  readonly lines: readonly string[];
}

/** What must change for the profile to have the `wanted` settings. */
export function planConfigChange(
  config: Document,
  profile: string,
  wanted: ReadonlyMap<string, string>,
): ConfigChange {
  const section = sectionOf(config, profile);
  const now = readSection(config, section);
  const set = new Map([...wanted].filter(([key, value]) => now?.get(key) !== value));
  const lines = [`${now ? '  ' : '+ '}[${section}]`];
  for (const [key, value] of set) {
    const before = now?.get(key);
    if (before !== undefined) lines.push(`- ${key} = ${before}`);
    lines.push(`+ ${key} = ${value}`);
  }
  return { section, set, lines };
}

/** [profile default] wins over [default], and a quoted name is the same profile. */
function sectionOf(config: Document, profile: string): string {
  const names = config.sections
    .map(({ name }) => name)
    .filter((name) => configProfileName(name) === profile);
  return names.find((name) => name !== 'default') ?? names[0] ?? configProfileHeader(profile);
}

/**
 * Which of two sections is meant is the user's to say, and no key of either may be lost.
 * @throws Failure unparsable-file
 */
export function refuseDoubled(document: Document, section: string): void {
  const [, second] = sectionsNamed(document, section);
  if (!second) return;
  const reason = words.doubled(section);
  throw new Failure({
    kind: 'unparsable-file',
    path: document.path,
    line: second.line,
    reason,
  });
}

/**
 * Makes the change on what the file holds now. @throws Failure unparsable-file, bad-session-name,
 * bad-setting
 */
export function applyConfigChange(config: Document, change: ConfigChange): Uint8Array {
  refuseSectionless(config);
  refuseDoubled(config, change.section);
  return putSection(config, change.section, { set: change.set });
}
