/** What a set-up asks a person: the access key of a profile without one, and its region. */
import { keySettings } from '../credentials/keys.ts';
import { refuseDoubled } from './config-change.ts';
import { putSection, readSection, refuseSectionless } from '../document/index.ts';
import type { Document } from '../document/index.ts';
import {
  DEFAULT_SESSION_SECONDS,
  LONGEST_SESSION_SECONDS,
  SHORTEST_SESSION_SECONDS,
  parseDuration,
} from '../aws/duration.ts';
import { Failure } from '../problems/problem.ts';
import { isRegion } from '../aws/partition.ts';
import { readProfile } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import type { Secret } from '../credentials/secret.ts';
import type { Values } from '../document/values.ts';
import { updateFile } from '../session/update-file.ts';
import type { SetupContext } from './context.ts';
import type { Terminal } from '../world.ts';
import type { Said } from '../problems/text.ts';
import { words } from './words.ts';

/** Asks for the access key of a profile that has none, and stores it. @throws Failure */
export async function askForKeys(
  name: string,
  terminal: Terminal,
  context: SetupContext,
): Promise<void> {
  const file = context.settings.files.credentials;
  const store = await context.world.store();
  await store.assertWritable(file);
  terminal.say(words.noKey(name, file));
  const accessKeyId = await terminal.askText(words.keyId, { check: judgeAccessKeyId });
  const secretAccessKey = await terminal.askSecret(words.secretKey);
  await storeKeys(name, { accessKeyId: accessKeyId.trim(), secretAccessKey }, context);
}

/**
 * Puts a long-term key into a profile that has none.
 * @throws Failure key-there if the profile has a whole one by then
 */
export async function storeKeys(
  name: string,
  pair: { accessKeyId: string; secretAccessKey: Secret },
  { settings, world, tell, debug }: SetupContext,
): Promise<void> {
  const file = settings.files.credentials;
  const edit = (document: Document): Uint8Array => {
    refuseSectionless(document);
    refuseDoubled(document, name);
    refuseStoredKey(readSection(document, name), name, file);
    return putSection(document, name, { set: keySettings(pair) });
  };
  await updateFile(file, edit, world, { say: tell, debug });
  tell(words.keySaved(name, file));
}

/** Half a key is no key: it may be completed. @throws Failure key-there */
export function refuseStoredKey(values: Values | undefined, profile: string, file: string): void {
  if (!values?.get('aws_access_key_id') || !values.get('aws_secret_access_key')) return;
  throw new Failure({ kind: 'key-there', profile, file });
}

/** What is wrong with the ID of a long-term key; undefined if nothing is. */
export function judgeAccessKeyId(text: string): Said | undefined {
  if (text.trim().startsWith('ASIA')) return words.sessionKey;
  return /^[A-Z0-9]{16,128}$/.test(text.trim()) ? undefined : words.badKeyId;
}

/** Seconds: what is given, what the profile has, or the usual. */
export function chooseDuration(
  profile: Profile,
  serial: string,
  given: number | undefined,
  { settings }: SetupContext,
): number {
  const known = settings.session.durationSeconds ?? given;
  if (known !== undefined) return known;
  // AWS gives root users an hour at most.
  const usual = serial.endsWith(':mfa/root-account-mfa-device') ? 3600 : DEFAULT_SESSION_SECONDS;
  return readSeconds(profile.settings.get('duration_seconds') ?? '') ?? usual;
}

/**
 * The region for a profile that has none: what is known is offered, and an empty answer leaves it.
 * @returns undefined if nothing is to be saved
 */
export async function chooseRegion(
  profile: Profile,
  files: AwsFiles,
  { settings, world, terminal }: SetupContext,
): Promise<string | undefined> {
  const given = settings.connection.region;
  if (given !== undefined) return given;
  if (profile.settings.get('region') || !terminal) return undefined;
  const { env } = world;
  const known = [
    env['AWS_REGION'],
    env['AWS_DEFAULT_REGION'],
    readProfile(files, 'default')?.settings.get('region'),
  ].find((region) => region && isRegion(region));
  const answer = await terminal.askText(words.region, {
    ...(known ? { usual: known } : {}),
    check: (text) => (text.trim() === '' || isRegion(text.trim()) ? undefined : words.badRegion),
  });
  return answer.trim() || undefined;
}

/** Seconds within AWS's bounds. */
function readSeconds(text: string): number | undefined {
  const seconds = parseDuration(text.trim());
  const isInBounds =
    seconds !== undefined &&
    seconds >= SHORTEST_SESSION_SECONDS &&
    seconds <= LONGEST_SESSION_SECONDS;
  return isInBounds ? seconds : undefined;
}
