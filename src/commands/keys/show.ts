/** `keys show`: where a profile's key is, and which it is; never the secret. */
import { formatExpiry } from '../../credentials/expiry.ts';
import type { Said } from '../../problems/text.ts';
import { sourceKeys } from '../../session/source-keys.ts';
import { entryGone, findSubject, ofRole } from './context.ts';
import type { KeysContext } from './context.ts';
import { keySections } from './files.ts';
import { words } from './words.ts';

const DAY_MS = 86_400_000;

/** A row of `--json`. */
export interface KeyRow {
  readonly profile: string;
  /** `file`, `process` for a command of the user's own, or a store's name. */
  readonly store: string;
  /** The file's path, the store's entry, or the command line. */
  readonly entry: string;
  readonly access_key_id: string | null;
  /** When it was put into its store. */
  readonly stored: string | null;
  readonly age_days: number | null;
}

/** @throws Failure if the profile has no key */
export async function showKey(
  name: string,
  context: KeysContext,
): Promise<{ row: KeyRow; said: readonly Said[] }> {
  const { world } = context;
  const { profile, files, served } = await findSubject(name, context);
  const unknown = { profile: profile.name, access_key_id: null, stored: null, age_days: null };
  const [inFile] = keySections(files, profile.name);
  const command = profile.settings.get('credential_process');
  if (inFile) {
    const { accessKeyId } = inFile.pair;
    const { path } = inFile.document;
    const row = { ...unknown, store: 'file', entry: path, access_key_id: accessKeyId };
    const said = [words.inFile(profile.name, accessKeyId, path)];
    if (served) said.push(words.alsoIn(served.place), words.finish(profile.name, served.name));
    else if (!profile.keys?.sessionToken) said.push(words.couldMove(profile.name));
    return { row, said };
  }
  if (served) {
    await served.assertHere();
    const key = await served.read();
    if (!key) throw entryGone(profile, served, 'read');
    const days = key.stored === undefined ? null : Math.floor((world.now() - key.stored) / DAY_MS);
    const row = {
      profile: profile.name,
      store: served.name,
      entry: served.entry,
      access_key_id: key.accessKeyId,
      stored: key.stored === undefined ? null : formatExpiry(key.stored),
      age_days: days,
    };
    return { row, said: [words.inStore(profile.name, key.accessKeyId, served.place, days)] };
  }
  if (!command && profile.isRole) throw ofRole(profile, files, 'read', words.showSource);
  // No key and no command: the failure says what there is instead.
  if (!command) await sourceKeys(profile, files, { world, supplied: new Map() });
  return {
    row: { ...unknown, store: 'process', entry: command ?? '' },
    said: [words.byProcess(profile.name, command ?? '')],
  };
}
