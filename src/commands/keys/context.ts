/** What the parts of one run of `keys` share, and the profile that it is about. */
import type { Settings } from '../../cli/settings.ts';
import { openKeyStore, isServedKey } from '../../key-stores/index.ts';
import type { KeyStore } from '../../key-stores/index.ts';
import type { Reporter } from '../../output/reporter.ts';
import { Failure } from '../../problems/problem.ts';
import type { Said } from '../../problems/text.ts';
import { sourceOf } from '../../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../../profiles/profiles.ts';
import { readAwsFiles } from '../../session/aws-files.ts';
import { findProfile } from '../../session/lookup.ts';
import type { World } from '../../world.ts';
import type { Own } from './command.ts';
import { words } from './words.ts';

export interface KeysContext {
  readonly settings: Settings<Own>;
  readonly world: World;
  readonly reporter: Reporter;
}

export interface Subject {
  readonly profile: Profile;
  readonly files: AwsFiles;
  /** The store that the config file names for its key, also while the key is in a file still. */
  readonly served: KeyStore | undefined;
}

/** @throws Failure no-such-profile, unreadable-file, unparsable-file */
export async function findSubject(
  name: string,
  { settings, world }: KeysContext,
): Promise<Subject> {
  const files = await readAwsFiles(settings.files, world);
  const profile = findProfile(files, name);
  const store = profile.settings.get('key_store');
  const served =
    store && isServedKey(profile.settings) ? openKeyStore(store, profile.name, world) : undefined;
  return { profile, files, served };
}

/** @throws Failure unwritable-file, unreadable-file */
export async function assertBothWritable({ settings, world }: KeysContext): Promise<void> {
  const store = await world.store();
  await store.assertWritable(settings.files.config);
  await store.assertWritable(settings.files.credentials);
}

/** The failure for an entry that its store no longer has. */
export function entryGone(
  { name }: Profile,
  { place }: KeyStore,
  doing: 'restore' | 'read',
): Failure {
  return refusal(name, doing, words.entryGone(place), words.storeAnew(name));
}

/** The failure for a role without keys; the hint names the profile that it is assumed with. */
export function ofRole(
  role: Profile,
  files: AwsFiles,
  doing: 'move' | 'restore' | 'read',
  hint: (source: string) => Said,
): Failure {
  const source = sourceOf(files, role)?.name;
  const at = source === undefined ? undefined : hint(source);
  return refusal(role.name, doing, words.hasNoKey, at);
}

export function refusal(
  profile: string,
  doing: 'move' | 'restore' | 'read',
  reason: Said,
  hint?: Said,
): Failure {
  return new Failure({ kind: 'key-not-moved', profile, doing, reason, ...(hint && { hint }) });
}
