/** What a profile's session is got for, by what the files say of the profile now. */
import { ORIGIN_KEY, originChange, originText } from '../credentials/origin.ts';
import type { Origin, OriginChange } from '../credentials/origin.ts';
import type { Values } from '../document/values.ts';
import { MOST_SOURCES, devicesOf, endOfChain, sourceOf } from './profiles.ts';
import type { AwsFiles, Profile } from './profiles.ts';
import { copiedIn } from './session-section.ts';

type Parts = Origin['parts'];

/** The role session name of a profile that sets none. */
export const DEFAULT_ROLE_SESSION_NAME = 'mfa-profile';

/**
 * @param serialNumber the device that the caller names instead of the profile's
 * @returns undefined if the files no longer say whose session it is: no key, no program that
 *   supplies one, or a role whose source is missing
 */
export function originOf(
  files: AwsFiles,
  profile: Profile,
  serialNumber?: string,
): Origin | undefined {
  const parts = profile.settings.get('role_arn')
    ? roleParts(files, profile, [])
    : keyParts(profile);
  if (!parts) return undefined;
  return { parts, devices: serialNumber ? [serialNumber] : devicesOf(files, profile) };
}

/**
 * What has changed in the profile since the session in its section was got. A session that does
 * not say what it was got for is not judged.
 * @param held what the section holds
 * @param serialNumber the device that the caller names instead of the profile's
 */
export function changeSince(
  held: Values,
  files: AwsFiles,
  profile: Profile,
  serialNumber?: string,
): OriginChange | undefined {
  const stored = held.get(ORIGIN_KEY);
  const today = stored ? originOf(files, profile, serialNumber) : undefined;
  if (!stored || !today) return undefined;
  // The account that was copied from the source: the tools build endpoints from it.
  const then = copiedIn(held, 'aws_account_id');
  const now = profile.settings.get('aws_account_id');
  return originChange(stored, today) ?? (then && now && then !== now ? 'account' : undefined);
}

/**
 * Keys that a program supplies are named by its command line, which is not run to find out. A
 * session cannot be a source: its section does not say whose keys it was got with.
 */
function keyParts({ keys, settings }: Profile): Parts | undefined {
  if (keys?.sessionToken) return undefined;
  const name = keys?.accessKeyId ?? settings.get('credential_process');
  return name ? [['access key', originText(name)]] : undefined;
}

function roleParts(files: AwsFiles, role: Profile, path: readonly string[]): Parts | undefined {
  const source = sourceOf(files, role);
  if (!source || path.includes(role.name) || path.length === MOST_SOURCES) return undefined;
  const rest = endOfChain(source)
    ? keyParts(source)
    : roleParts(files, source, [...path, role.name]);
  if (!rest) return undefined;
  const setting = (key: string, usual = ''): string =>
    `${key}=${originText(role.settings.get(key) || usual)}`;
  return [
    ['role', originText(role.settings.get('role_arn')!)],
    ['external ID', setting('external_id')],
    ['role session name', setting('role_session_name', DEFAULT_ROLE_SESSION_NAME)],
    ['source profile', `source_profile=${originText(source.name)}`],
    ...rest,
  ];
}
