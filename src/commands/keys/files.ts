/** Where the two AWS files have a profile's key, and the edits that take it out and put it back. */
import {
  encodeText,
  parseDocument,
  putSection,
  readSection,
  refuseSectionless,
  removeSection,
} from '../../document/index.ts';
import type { Document } from '../../document/index.ts';
import { KEY_SETTINGS, keySettings, readKeys } from '../../credentials/keys.ts';
import { PROCESS_SETTING, STORE_SETTING, isSamePair } from '../../key-stores/index.ts';
import type { KeyPair } from '../../key-stores/index.ts';
import { Failure } from '../../problems/problem.ts';
import type { AwsFiles } from '../../profiles/profiles.ts';
import { applyConfigChange, planConfigChange, refuseDoubled } from '../../setup/config-change.ts';
import { words } from './words.ts';

/** The pair in a section, be it a session's; undefined if one half or both are missing. */
function pairIn(document: Document, section: string): KeyPair | undefined {
  const keys = readKeys(readSection(document, section) ?? new Map());
  if (!keys?.secretAccessKey) return undefined;
  const { accessKeyId, secretAccessKey } = keys;
  return { accessKeyId, secretAccessKey };
}

/** The section of the config file that a profile's settings are in, or would be. */
export function configSection(config: Document, profile: string): string {
  return planConfigChange(config, profile, new Map()).section;
}

/** The sections with a key of the profile: `[NAME]`, and perhaps `[profile NAME]`. */
export function keySections(
  { credentials, config }: AwsFiles,
  profile: string,
): { document: Document; section: string; pair: KeyPair }[] {
  const places = [
    { document: credentials, section: profile },
    { document: config, section: configSection(config, profile) },
  ];
  return places.flatMap((place) => {
    const pair = pairIn(place.document, place.section);
    return pair ? [{ ...place, pair }] : [];
  });
}

/**
 * The config file with the two settings that serve the key of a profile, and without that key.
 * @throws Failure key-not-moved if another key is there; unparsable-file, bad-setting
 */
export function withProcess(
  config: Document,
  profile: string,
  wanted: ReadonlyMap<string, string>,
  pair: KeyPair | undefined,
): Uint8Array {
  const change = planConfigChange(config, profile, wanted);
  const served = applyConfigChange(config, change);
  return pair
    ? withoutKey(parseDocument(served, config.path), change.section, profile, pair)
    : served;
}

/**
 * The file without the two lines of a key; comments and all else stay. A section that has no key is
 * left as it is.
 * @throws Failure key-not-moved if another key is there by now; unparsable-file
 */
export function withoutKey(
  document: Document,
  section: string,
  profile: string,
  pair: KeyPair,
): Uint8Array {
  refuseDoubled(document, section);
  const there = pairIn(document, section);
  if (there && !isSamePair(there, pair)) {
    throw new Failure({
      kind: 'key-not-moved',
      profile,
      doing: 'move',
      reason: words.changedMeanwhile(section, document.path),
    });
  }
  if (!there) return encodeText(document.text);
  return putSection(document, section, { set: new Map(), drop: Object.values(KEY_SETTINGS) });
}

/**
 * The credentials file with the key in `[NAME]`.
 * @throws Failure key-not-moved if another key is there; unparsable-file
 */
export function withKey(document: Document, profile: string, pair: KeyPair): Uint8Array {
  refuseSectionless(document);
  refuseDoubled(document, profile);
  const there = readKeys(readSection(document, profile) ?? new Map());
  const isOther = there?.secretAccessKey
    ? !isSamePair({ ...there, secretAccessKey: there.secretAccessKey }, pair)
    : there !== undefined;
  if (isOther || there?.sessionToken) {
    throw new Failure({
      kind: 'key-not-moved',
      profile,
      doing: 'restore',
      reason: words.otherKeyInFile(profile, document.path),
    });
  }
  return putSection(document, profile, { set: keySettings(pair) });
}

/** The config file without the two settings; a section that held nothing else goes, too. */
export function withoutProcess(config: Document, profile: string): Uint8Array {
  const section = configSection(config, profile);
  refuseDoubled(config, section);
  return removeSection(config, section, (key) => [PROCESS_SETTING, STORE_SETTING].includes(key));
}
