/**
 * The keys of a source profile: from the AWS files, or from the `credential_process` that it names.
 */
import { Failure } from '../problems/problem.ts';
import type { Said } from '../problems/text.ts';
import { isAdoptable } from '../profiles/aws-mfa.ts';
import { listSources, namesOfKeyHolders } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { keyStoreOf } from '../key-stores/index.ts';
import type { KeyStore } from '../key-stores/index.ts';
import { KEY_SETTINGS } from '../credentials/keys.ts';
import { readSuppliedKeys } from '../credentials/process-answer.ts';
import type { Machine, Programs, SigningKeys, World } from '../world.ts';
import { words } from './words.ts';
import { isOfSession, judgeKey } from '../credentials/key-form.ts';
import type { KeyPart } from '../credentials/key-form.ts';
import { findKeyLine, findMisnamedKey } from '../profiles/key-lines.ts';
import type { SignIn } from '../problems/problem.ts';
import type { Values } from '../document/values.ts';

/** What the `credential_process` of each profile gave in this run: it is asked once. */
export type SuppliedKeysCache = Map<string, Promise<SigningKeys>>;

interface Context {
  readonly world: World;
  readonly supplied: SuppliedKeysCache;
}

// A process that asks this program for the same profile's keys would go round forever.
const ASKED_FOR = 'MFA_PROFILE_ASKED_FOR';

/** Keys of any kind, with a session token or without. @throws Failure if there are none */
export async function sourceKeys(
  profile: Profile,
  files: AwsFiles,
  context: Context,
): Promise<SigningKeys> {
  const { name, keys, settings } = profile;
  const command = settings.get('credential_process');
  if (!keys && command) {
    let supplied = context.supplied.get(name);
    if (!supplied) {
      const store = keyStoreOf(profile, context.world);
      supplied = store ? readStore(store, name) : askProcess(name, command, context.world);
      context.supplied.set(name, supplied);
    }
    return supplied;
  }
  if (!keys) throw withoutKeys(profile, files);
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  // It may hold the secret key, which is then missing in its own place.
  refuseOddKey('id', accessKeyId, name, files);
  if (!secretAccessKey) {
    const misnamed = findMisnamedKey(files, name);
    if (misnamed) throw new Failure({ kind: 'misnamed-key', profile: name, ...misnamed });
    throw new Failure({ kind: 'half-a-key', profile: name, missing: KEY_SETTINGS.secret });
  }
  refuseOddKey('secret', secretAccessKey.reveal(), name, files);
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** What keeps a profile from having keys, as far as its settings tell. */
function withoutKeys({ name, settings }: Profile, files: AwsFiles): Failure {
  const misnamed = findMisnamedKey(files, name);
  if (misnamed) return new Failure({ kind: 'misnamed-key', profile: name, ...misnamed });
  const way = signInOf(settings);
  if (way) return new Failure({ kind: 'other-sign-in', profile: name, way });
  return new Failure({
    kind: 'no-long-term-key',
    profile: name,
    credentialsFile: files.credentials.path,
    sources: namesOfKeyHolders(listSources(files)),
    isAdoptable: isAdoptable(files.credentials, name),
  });
}

/** The settings by which the AWS tools get credentials that are no long-term key's. */
export function signInOf(settings: Values): SignIn | undefined {
  const has = (key: string): boolean => Boolean(settings.get(key));
  if (['sso_session', 'sso_start_url', 'sso_account_id'].some(has)) return 'sso';
  if (has('login_session')) return 'login';
  if (has('web_identity_token_file')) return 'web-identity';
  return has('credential_source') ? 'machine' : undefined;
}

/** AWS knows no such key, and what it says of one is misleading. @throws Failure odd-key */
function refuseOddKey(part: KeyPart, value: string, profile: string, files: AwsFiles): void {
  const odd = judgeKey(part, value);
  if (!odd) return;
  const key = KEY_SETTINGS[part];
  const place = findKeyLine(files, profile, key, value) ?? {
    path: files.credentials.path,
    line: 1,
  };
  throw new Failure({ kind: 'odd-key', profile, key, ...place, ...odd });
}

/** Keys that STS gives a session for. @throws Failure also if they belong to a session */
export async function longTermKeys(
  profile: Profile,
  files: AwsFiles,
  context: Context,
): Promise<SigningKeys> {
  const keys = await sourceKeys(profile, files, context);
  if (!keys.sessionToken && !isOfSession(keys)) return keys;
  if (!profile.keys) {
    throw unusable(profile.name, words.givesSession);
  }
  throw new Failure({
    kind: 'source-is-a-session',
    profile: profile.name,
    credentialsFile: files.credentials.path,
    isAdoptable: isAdoptable(files.credentials, profile.name),
  });
}

/** What `credential_process` would print, without starting this program once more. */
async function readStore(store: KeyStore, profile: string): Promise<SigningKeys> {
  const key = await store.read();
  if (key) return key;
  throw new Failure({
    kind: 'key-store-failed',
    profile,
    store: store.place,
    doing: 'read',
    how: words.notInStore,
  });
}

async function askProcess(
  name: string,
  command: string,
  world: Machine & Programs,
): Promise<SigningKeys> {
  const askedFor = world.env[ASKED_FOR]?.split('\n') ?? [];
  if (askedFor.includes(name)) {
    throw unusable(name, words.asksItself);
  }
  const result = await world.runKeyCommand(command, {
    [ASKED_FOR]: [...askedFor, name].join('\n'),
  });
  if ('how' in result) throw unusable(name, result.how);
  const answer = readSuppliedKeys(result.output.reveal());
  if ('reason' in answer) throw unusable(name, answer.reason);
  const { accessKeyId, secretAccessKey, sessionToken } = answer.keys;
  return { accessKeyId, secretAccessKey: secretAccessKey!, sessionToken };
}

function unusable(profile: string, reason: Said): Failure {
  return new Failure({
    kind: 'bad-setting',
    profile,
    setting: 'credential_process',
    reason,
    hint: words.runByHand(profile),
  });
}
