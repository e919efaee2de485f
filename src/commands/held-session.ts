/** The session that the shell holds in its environment, as `env` and `exec` put it there. */
import { Secret } from '../credentials/secret.ts';
import { listPlaces } from '../profiles/sessions.ts';
import { chosenProfile } from '../profiles/names.ts';
import { readProfile, resolveSource } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { readSection } from '../document/index.ts';
import type { SigningKeys } from '../world.ts';
import type { Environment } from '../aws/environment.ts';

export interface HeldSession {
  readonly keys: SigningKeys;
  /** Whose session it is; only its name if the files do not say more. */
  readonly profile: Profile;
  /** Null for a session that is no longer in the file. */
  readonly sessionProfile: string | null;
}

/**
 * @returns undefined in a shell without a session's keys, or if a variable names a profile: that
 *   wins for AWS's newer tools
 */
export function findHeldSession(files: AwsFiles, env: Environment): HeldSession | undefined {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secret = env['AWS_SECRET_ACCESS_KEY'];
  const token = env['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secret || !token || chosenProfile(env)) return undefined;
  const place = listPlaces(files).find(
    ({ sessionProfile }) => keyIdOf(files, sessionProfile) === accessKeyId,
  );
  const name = place?.profile ?? env['MFA_PROFILE'] ?? '';
  return {
    keys: { accessKeyId, secretAccessKey: new Secret(secret), sessionToken: new Secret(token) },
    profile: (name && readProfile(files, resolveSource(files, name))) || nobody(name),
    sessionProfile: place?.sessionProfile ?? null,
  };
}

/** The access key ID of the session in a section. */
function keyIdOf(files: AwsFiles, sessionProfile: string): string | undefined {
  return readSection(files.credentials, sessionProfile)?.get('aws_access_key_id') || undefined;
}

function nobody(name: string): Profile {
  const shown = name || 'this shell';
  return { name: shown, sessionName: shown, keys: undefined, isRole: false, settings: new Map() };
}
