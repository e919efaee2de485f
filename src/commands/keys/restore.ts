/**
 * `keys restore`: the key back into the file, then out of its store, and last the settings that
 * lead there. Killed anywhere, the key is in at least one place, and a second run finishes.
 */
import type { Document } from '../../document/index.ts';
import { isSamePair } from '../../key-stores/index.ts';
import type { KeyPair, KeyStore } from '../../key-stores/index.ts';
import { updateFile } from '../../session/update-file.ts';
import { assertBothWritable, entryGone, findSubject, ofRole, refusal } from './context.ts';
import type { KeysContext } from './context.ts';
import { keySections, withKey, withoutProcess } from './files.ts';
import { withKeyGate } from './gate.ts';
import { words } from './words.ts';

export interface Restored {
  readonly profile: string;
  readonly store: KeyStore;
  readonly accessKeyId: string;
}

/** @throws Failure */
export async function restoreKey(name: string, context: KeysContext): Promise<Restored> {
  const { profile } = await findSubject(name, context);
  await assertBothWritable(context);
  return withKeyGate(profile.name, 'restore', context, () => restoreInGate(profile.name, context));
}

async function restoreInGate(name: string, context: KeysContext): Promise<Restored> {
  const { settings, world, reporter } = context;
  const { profile, files, served } = await findSubject(name, context);
  if (!served) {
    const command = profile.settings.get('credential_process');
    if (!command && profile.isRole) throw ofRole(profile, files, 'restore', words.restoreSource);
    const reason = command ? words.ownProcess(command) : words.notInStore;
    throw refusal(profile.name, 'restore', reason);
  }
  await served.assertHere();
  // In the file still, or again: an earlier run was killed.
  const inFiles = keySections(files, profile.name);
  const stored = await served.read();
  const pair: KeyPair | undefined = stored ?? inFiles[0]?.pair;
  if (!pair) throw entryGone(profile, served, 'restore');
  const { credentials, config } = settings.files;
  // What the edits refuse is known before anything is written.
  withoutProcess(files.config, profile.name);
  const isInConfig = inFiles.some(
    (place) => place.document === files.config && isSamePair(place.pair, pair),
  );
  if (!isInConfig) {
    const edit = (document: Document): Uint8Array => withKey(document, profile.name, pair);
    await updateFile(credentials, edit, world, reporter);
  }
  await served.remove();
  await updateFile(config, (document) => withoutProcess(document, profile.name), world, reporter);
  return { profile: profile.name, store: served, accessKeyId: pair.accessKeyId };
}
