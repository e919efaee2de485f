/**
 * `keys move`: the key into a store, then the line by which the AWS tools find it there, and only
 * then out of the file. Killed anywhere, the key is in at least one place, and a second run finishes.
 */
import type { Document } from '../../document/index.ts';
import {
  PROCESS_SETTING,
  STORE_SETTING,
  isSamePair,
  openKeyStore,
} from '../../key-stores/index.ts';
import type { KeyPair, KeyStore } from '../../key-stores/index.ts';
import { longTermKeys } from '../../session/source-keys.ts';
import { updateFile } from '../../session/update-file.ts';
import { assertBothWritable, findSubject, ofRole, refusal } from './context.ts';
import type { KeysContext, Subject } from './context.ts';
import { keySections, withProcess, withoutKey } from './files.ts';
import { withKeyGate } from './gate.ts';
import { processLine } from './process-line.ts';
import { words } from './words.ts';

export interface Moved {
  readonly profile: string;
  readonly action: 'moved' | 'updated';
  readonly store: KeyStore;
  readonly accessKeyId: string;
}

/** @throws Failure; all that can be known is known before anything is stored */
export async function moveKey(name: string, to: string, context: KeysContext): Promise<Moved> {
  const { profile } = await findSubject(name, context);
  // What cannot be written has no room for a gate either.
  await assertBothWritable(context);
  return withKeyGate(profile.name, 'move', context, () => moveInGate(profile.name, to, context));
}

async function moveInGate(name: string, to: string, context: KeysContext): Promise<Moved> {
  const { settings, world } = context;
  const subject = await findSubject(name, context);
  const store = openKeyStore(to, subject.profile.name, world);
  const line = await processLine(subject.profile.name, settings, world);
  const wanted = new Map([
    [STORE_SETTING, to],
    [PROCESS_SETTING, line],
  ]);
  const isMoved = refuseElsewhere(subject, store, line);
  const pair = isMoved ? undefined : await keyToMove(subject, context);
  // What the edits refuse is known before anything is stored.
  const { credentials, config } = subject.files;
  withProcess(config, subject.profile.name, wanted, pair);
  if (pair) withoutKey(credentials, subject.profile.name, subject.profile.name, pair);
  await store.assertHere();
  if (!pair) return repin(subject, store, wanted, context);
  await store.put(pair);
  await serve(subject, wanted, pair, context);
  await removeFromFile(subject, pair, context);
  return { profile: subject.profile.name, action: 'moved', store, accessKeyId: pair.accessKeyId };
}

/**
 * @returns true if the key is in that store already, and only the line is to be written anew
 * @throws Failure key-not-moved if the key is somewhere else, or there with that very line
 */
function refuseElsewhere(
  { profile, files, served }: Subject,
  store: KeyStore,
  line: string,
): boolean {
  const { name, keys, settings } = profile;
  if (settings.get('role_arn')) {
    throw keys
      ? refusal(name, 'move', words.isRole)
      : ofRole(profile, files, 'move', (source) => words.moveSource(source, store.name));
  }
  const command = settings.get('credential_process');
  if (!served) {
    if (command) throw refusal(name, 'move', words.ownProcess(command), words.moveByHand);
    return false;
  }
  if (served.name !== store.name) {
    throw refusal(
      name,
      'move',
      keys ? words.underWay(served.place) : words.alreadyIn(served.place),
      keys ? words.finish(name, served.name) : words.restoreFirst(name),
    );
  }
  if (keys) return false;
  if (command === line && keySections(files, name).length === 0) {
    throw refusal(name, 'move', words.alreadyIn(served.place), words.showIt(name));
  }
  return true;
}

/** The one key of the profile. @throws Failure if it has none, or two */
async function keyToMove({ profile, files }: Subject, { world }: KeysContext): Promise<KeyPair> {
  const { accessKeyId, secretAccessKey } = await longTermKeys(profile, files, {
    world,
    supplied: new Map(),
  });
  const pair = { accessKeyId, secretAccessKey };
  const other = keySections(files, profile.name).find((place) => !isSamePair(place.pair, pair));
  if (other) {
    const { section, document } = other;
    throw refusal(profile.name, 'move', words.twoKeys(section, document.path));
  }
  return pair;
}

/** Sets the two settings; a key beside them, in the config file, goes in the same write. */
async function serve(
  { profile }: Subject,
  wanted: ReadonlyMap<string, string>,
  pair: KeyPair | undefined,
  { settings, world, reporter }: KeysContext,
): Promise<void> {
  const { config } = settings.files;
  const edit = (document: Document): Uint8Array =>
    withProcess(document, profile.name, wanted, pair);
  await updateFile(config, edit, world, reporter);
}

async function removeFromFile(
  { profile: { name } }: Subject,
  pair: KeyPair,
  { settings, world, reporter }: KeysContext,
): Promise<void> {
  const { credentials } = settings.files;
  const edit = (document: Document): Uint8Array => withoutKey(document, name, name, pair);
  await updateFile(credentials, edit, world, reporter);
}

/** The key is there already: node or this program has moved since. */
async function repin(
  subject: Subject,
  store: KeyStore,
  wanted: ReadonlyMap<string, string>,
  context: KeysContext,
): Promise<Moved> {
  const key = await store.read();
  if (!key) throw refusal(subject.profile.name, 'move', words.entryGone(store.place));
  await serve(subject, wanted, undefined, context);
  return {
    profile: subject.profile.name,
    action: 'updated',
    store,
    accessKeyId: key.accessKeyId,
  };
}
