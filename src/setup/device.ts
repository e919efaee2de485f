/**
 * Finds the MFA device of a profile's user: asks IAM, then the person, and guesses where it may not
 * ask.
 */
import { connectionOf, withProblems } from '../session/aws-call.ts';
import { askCaller } from '../session/identity.ts';
import { Failure, isFailure } from '../problems/problem.ts';
import { partitionOfArn, partitionOfRegion } from '../aws/partition.ts';
import { serialOf } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { judgeSerial } from '../aws/mfa-device.ts';
import type { SetupContext } from './context.ts';
import { longTermKeys } from '../session/source-keys.ts';
import type { CallerIdentity } from '../world.ts';
import { words } from './words.ts';

/**
 * The serial number of the device to use.
 * @throws Failure no-usable-device, several-devices, unconfirmed-device, and what AWS refuses with
 */
export async function findDevice(
  profile: Profile,
  files: AwsFiles,
  context: SetupContext,
): Promise<string> {
  const listed = await listDevices(profile, files, context);
  if (!listed) return guessDevice(profile, files, context);
  const usable = listed.filter((serial) => judgeSerial(serial).kind !== 'bad');
  const unusable = listed.filter((serial) => !usable.includes(serial));
  if (usable.length === 0) {
    throw new Failure({ kind: 'no-usable-device', profile: profile.name, unusable });
  }
  if (unusable.length > 0) {
    context.tell(words.skipped(unusable.join(', ')));
  }
  const [only, ...more] = usable;
  if (more.length === 0) {
    context.tell(words.found(only!));
    return only!;
  }
  return chooseDevice(profile, usable, context);
}

async function chooseDevice(
  profile: Profile,
  serials: string[],
  { terminal }: SetupContext,
): Promise<string> {
  if (terminal) {
    const taken = await terminal.choose(words.whichDevice, serials);
    return serials[taken]!;
  }
  const known = serialOf(profile);
  if (known !== undefined && serials.includes(known)) return known;
  throw new Failure({ kind: 'several-devices', profile: profile.name, serials });
}

/** Undefined if the user may not list them. */
async function listDevices(
  profile: Profile,
  files: AwsFiles,
  context: SetupContext,
): Promise<string[] | undefined> {
  const { world, settings } = context;
  const connection = connectionOf(profile, files, serialOf(profile), { settings, world }, 'iam');
  const iam = await world.iam(connection, await longTermKeys(profile, files, context));
  const call = {
    action: 'ListMFADevices',
    profile: profile.name,
    region: connection.region,
    codeSent: false,
  } as const;
  try {
    return await withProblems(call, iam.listMfaDevices(), world);
  } catch (error) {
    if (isFailure(error) && error.problem.kind === 'access-denied') return undefined;
    throw error;
  } finally {
    iam.close();
  }
}

/** AWS's own sample policies have users name their device after themselves. */
async function guessDevice(
  profile: Profile,
  files: AwsFiles,
  context: SetupContext,
): Promise<string> {
  const { terminal } = context;
  const keys = await longTermKeys(profile, files, context);
  const guess = deviceOfCaller(await askCaller(profile, files, keys, context));
  if (!terminal) throw new Failure({ kind: 'unconfirmed-device', profile: profile.name, guess });
  terminal.say(words.mayNotList(profile.name));
  return terminal.askText(words.device, {
    ...(guess ? { usual: guess } : {}),
    check: (text) => {
      const verdict = judgeSerial(text.trim());
      return verdict.kind === 'good' ? undefined : verdict.reason;
    },
  });
}

function deviceOfCaller({ arn }: CallerIdentity): string | undefined {
  const [, account, user] =
    /^(arn:[a-z-]+:iam::\d{12}):(?:user\/(?:.*\/)?(.+)|root)$/.exec(arn) ?? [];
  return account && `${account}:mfa/${user ?? 'root-account-mfa-device'}`;
}

/**
 * The serial as it is to be saved: a user's ARN is corrected, and what cannot be a device refused.
 * @throws Failure bad-setting
 */
export function correctSerial(serial: string, profile: Profile, context: SetupContext): string {
  const verdict = judgeSerial(serial);
  if (verdict.kind === 'bad') {
    const { reason } = verdict;
    throw new Failure({
      kind: 'bad-setting',
      profile: profile.name,
      setting: 'mfa_serial',
      value: serial,
      reason,
    });
  }
  const corrected = verdict.kind === 'doubtful' ? verdict.suggestion : serial;
  if (corrected !== serial) context.warn(words.userNotDevice(serial, corrected));
  const region = profile.settings.get('region');
  const partition = partitionOfArn(corrected);
  if (region && partition && partitionOfRegion(region) !== partition) {
    context.warn(words.otherPartition(corrected, partition, region, profile.name));
  }
  return corrected;
}
