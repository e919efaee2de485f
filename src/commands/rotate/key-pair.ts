/** The long-term key of a profile: where it is kept, and its replacement there. */
import { keySettings, readKeys } from '../../credentials/keys.ts';
import type { StoredKeys } from '../../credentials/keys.ts';
import { Secret } from '../../credentials/secret.ts';
import { configProfileName, putSection, readSection, readValues } from '../../document/index.ts';
import type { Document } from '../../document/index.ts';
import { isSamePair, keyStoreOf } from '../../key-stores/index.ts';
import type { KeyStore } from '../../key-stores/index.ts';
import type { Reporter } from '../../output/reporter.ts';
import { Failure } from '../../problems/problem.ts';
import { readConfigProfile, sourceOf } from '../../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../../profiles/profiles.ts';
import { updateFile } from '../../session/update-file.ts';
import { longTermKeys } from '../../session/source-keys.ts';
import { refuseDoubled } from '../../setup/config-change.ts';
import type { NewAccessKey, SigningKeys, Store, World } from '../../world.ts';
import { words } from './words.ts';

/** A dummy key for the dry run of the write. */
const REHEARSED: NewAccessKey = { accessKeyId: 'AKIA', secretAccessKey: new Secret('x') };

/** Where a key is kept: the credentials file, or a store of `keys move`. */
export interface KeyPlace {
  /** The pair that is there, or that {@link putBack} puts there. */
  readonly pair: SigningKeys;
  /** True for a store: a session's origin then names that, and stays the same with another key. */
  readonly isStore: boolean;
  /** Tries what a replacement needs. @throws Failure */
  assertWritable(): Promise<void>;
  /**
   * Replaces {@link pair}; the same new one once more is fine.
   * @throws Failure key-changed if neither is there
   */
  replace(fresh: NewAccessKey): Promise<void>;
  /**
   * Puts the new key there that a write has lost or spoilt: only the journal has it by now, and the
   * old one's secret is nowhere. Undefined if that has not happened. @throws Failure
   */
  readonly putBack?: () => Promise<void>;
}

interface Host {
  readonly world: World;
  readonly store: Store;
  readonly reporter: Reporter;
  /** What an interrupted rotation has created, and has perhaps not stored. */
  readonly unstored: NewAccessKey | undefined;
  /** The path of the journal, which has it. */
  readonly journal: string;
}

/**
 * Where the pair is that a rotation replaces, once all is checked that can be without AWS.
 * @throws Failure not-rotatable, and what else keeps it from being changed
 */
export async function findKey(profile: Profile, files: AwsFiles, host: Host): Promise<KeyPlace> {
  const { world, unstored } = host;
  const { name, settings } = profile;
  if (settings.get('role_arn')) {
    const source = sourceOf(files, profile)?.name;
    throw new Failure({ kind: 'not-rotatable', profile: name, why: 'role', source });
  }
  if (!keysIn(files.credentials, name)) {
    if (readKeys(readConfigProfile(files.config, name) ?? new Map())) {
      const file = files.config.path;
      throw new Failure({ kind: 'not-rotatable', profile: name, why: 'config-file', file });
    }
    const keyStore = keyStoreOf(profile, world);
    if (keyStore) {
      const isLost = unstored !== undefined && isSpoilt(await keyStore.readIfWhole(), unstored);
      const pair = isLost
        ? unstored
        : await longTermKeys(profile, files, { world, supplied: new Map() });
      return withPutBack(inStore(keyStore, name, pair, host), isLost ? unstored : undefined);
    }
    if (settings.get('credential_process')) {
      throw new Failure({ kind: 'not-rotatable', profile: name, why: 'process' });
    }
  }
  const held = keysIn(files.credentials, name);
  if (unstored && held && isSpoilt(held, unstored)) {
    return withPutBack(inFile(files.credentials.path, name, unstored, host), unstored);
  }
  const pair = await longTermKeys(profile, files, { world, supplied: new Map() });
  withNewPair(files.credentials, name, pair, REHEARSED);
  return inFile(files.credentials.path, name, pair, host);
}

/** Nothing, or the new key's ID without its secret. */
function isSpoilt(held: MaybeKeys | undefined, unstored: NewAccessKey): boolean {
  if (held === undefined) return true;
  return held.accessKeyId === unstored.accessKeyId && !isPair(held, unstored);
}

function withPutBack(place: KeyPlace, unstored: NewAccessKey | undefined): KeyPlace {
  return unstored ? { ...place, putBack: () => place.replace(unstored) } : place;
}

function inStore(
  keyStore: KeyStore,
  name: string,
  pair: SigningKeys,
  { reporter, journal }: Host,
): KeyPlace {
  return {
    ...{ pair, isStore: true },
    assertWritable: () => keyStore.assertHere(),
    replace: async (fresh) => {
      const there = await keyStore.readIfWhole();
      if (there && isSamePair(there, fresh)) return;
      const isOther = there && !isSamePair(there, pair) && !isSpoilt(there, fresh);
      if (isOther) throw changed(name, keyStore.entry, fresh);
      try {
        await keyStore.replace(fresh);
      } catch (error) {
        reporter.warn(words.keptIn(fresh.accessKeyId, journal));
        throw error;
      }
    },
  };
}

function inFile(
  path: string,
  name: string,
  pair: SigningKeys,
  { world, store, reporter }: Host,
): KeyPlace {
  return {
    ...{ pair, isStore: false },
    assertWritable: () => store.assertWritable(path),
    replace: async (fresh) => {
      const edit = (document: Document) => withNewPair(document, name, pair, fresh);
      await updateFile(path, edit, world, reporter);
    },
  };
}

function changed(profile: string, path: string, { accessKeyId }: NewAccessKey): Failure {
  return new Failure({ kind: 'key-changed', profile, path, newKeyId: accessKeyId });
}

function keysIn(credentials: Document, name: string): StoredKeys | undefined {
  return readKeys(readSection(credentials, name) ?? new Map());
}

/**
 * The file with the new pair where the old one is, or a part of the new one; the file as it is if the
 * new one is there.
 * @throws Failure key-changed if neither is; unparsable-file if the section is there twice
 */
function withNewPair(
  credentials: Document,
  name: string,
  old: SigningKeys,
  fresh: NewAccessKey,
): Uint8Array | undefined {
  const held = keysIn(credentials, name);
  if (isPair(held, fresh)) return undefined;
  if (!held || (!isPair(held, old) && !isSpoilt(held, fresh))) {
    throw changed(name, credentials.path, fresh);
  }
  refuseDoubled(credentials, name);
  return putSection(credentials, name, { set: keySettings(fresh) });
}

type MaybeKeys = Pick<StoredKeys, 'accessKeyId'> & Partial<StoredKeys>;

function isPair(held: MaybeKeys | undefined, wanted: SigningKeys): boolean {
  return (
    held !== undefined &&
    held.sessionToken === undefined &&
    held.accessKeyId === wanted.accessKeyId &&
    held.secretAccessKey?.reveal() === wanted.secretAccessKey.reveal()
  );
}

/** Other sections of the two files that hold the key, by their headers. */
export function othersWith(keyId: string, name: string, files: AwsFiles): string[] {
  const { credentials, config } = files;
  const holders = [credentials, config].flatMap((document) =>
    document.sections
      .filter((section) => readValues(document, section).get('aws_access_key_id') === keyId)
      .filter((section) => document !== credentials || section.name !== name)
      .filter((section) => document !== config || configProfileName(section.name) !== undefined)
      .map((section) => section.name),
  );
  return [...new Set(holders)];
}
