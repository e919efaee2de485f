/** The long-term key of a profile in the credentials file: where it stands, and its replacement. */
import { readKeys } from '../../credentials/keys.ts';
import type { StoredKeys } from '../../credentials/keys.ts';
import { Secret } from '../../credentials/secret.ts';
import { configProfileName, putSection, readSection, readValues } from '../../document/index.ts';
import type { Document } from '../../document/index.ts';
import { Failure } from '../../problems/problem.ts';
import { readConfigProfile, sourceOf } from '../../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../../profiles/profiles.ts';
import { longTermKeys } from '../../session/source-keys.ts';
import { refuseDoubled } from '../../setup/config-change.ts';
import type { NewAccessKey, SigningKeys, World } from '../../world.ts';

/** A dummy key for the dry run of the write. */
const REHEARSED: NewAccessKey = { accessKeyId: 'AKIA', secretAccessKey: new Secret('x') };

/**
 * The pair that a rotation replaces, once all is checked that can be without AWS.
 * @throws Failure not-rotatable, and what else keeps the file from being changed
 */
export async function findPair(
  profile: Profile,
  files: AwsFiles,
  world: World,
): Promise<SigningKeys> {
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
    if (settings.get('credential_process')) {
      throw new Failure({ kind: 'not-rotatable', profile: name, why: 'process' });
    }
  }
  const pair = await longTermKeys(profile, files, { world, supplied: new Map() });
  withNewPair(files.credentials, name, pair, REHEARSED);
  return pair;
}

function keysIn(credentials: Document, name: string): StoredKeys | undefined {
  return readKeys(readSection(credentials, name) ?? new Map());
}

/** The ID of the key that the file has for a profile; empty if there is none. */
export function keyIdIn(credentials: Document, name: string): string {
  return keysIn(credentials, name)?.accessKeyId ?? '';
}

/**
 * The file with the new pair where the old one is; the file as it is if the new one is there.
 * @throws Failure key-changed if neither is; unparsable-file if the section is there twice
 */
export function withNewPair(
  credentials: Document,
  name: string,
  old: SigningKeys,
  fresh: NewAccessKey,
): Uint8Array | undefined {
  const held = keysIn(credentials, name);
  if (isPair(held, fresh)) return undefined;
  if (!isPair(held, old)) {
    const { path } = credentials;
    const newKeyId = fresh.accessKeyId;
    throw new Failure({ kind: 'key-changed', profile: name, path, newKeyId });
  }
  refuseDoubled(credentials, name);
  const set = new Map([
    ['aws_access_key_id', fresh.accessKeyId],
    ['aws_secret_access_key', fresh.secretAccessKey.reveal()],
  ]);
  return putSection(credentials, name, { set });
}

function isPair(held: StoredKeys | undefined, wanted: SigningKeys): boolean {
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
