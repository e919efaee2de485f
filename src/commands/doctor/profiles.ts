/** What `doctor` finds in the profiles: devices, regions, and the places of their sessions. */
import { bad, good, warning } from './check.ts';
import type { Check } from './check.ts';
import { LONGEST_SESSION_SECONDS, SHORTEST_SESSION_SECONDS } from '../../aws/duration.ts';
import { checkSessionSection } from './contents.ts';
import { partitionOfArn, partitionOfRegion } from '../../aws/partition.ts';
import { isRole, listSources, resolveSource, serialOf } from '../../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../../profiles/profiles.ts';
import { judgeSerial } from '../../aws/mfa-device.ts';

/** Of every source, or the named one: its device, its region, and the place of its session. */
export function checkProfiles(files: AwsFiles, names: readonly string[]): Check[] {
  const all = listSources(files);
  const places = new Set(all.map(({ sessionName }) => sessionName));
  // A key in a session's place makes it no source: it is a mistake, and told of as one.
  const sources = all.filter(({ name }) => !places.has(name));
  if (sources.length === 0) {
    return [
      bad(
        'profile',
        'no profile has a long-term key',
        'store yours with: aws configure --profile NAME',
      ),
    ];
  }
  const named = new Set(names.map((name) => resolveSource(files, name)));
  const wanted = named.size === 0 ? sources : sources.filter(({ name }) => named.has(name));
  return wanted.flatMap((profile) => [
    ...checkDevice(profile),
    ...checkSettings(profile),
    ...checkSessionSection(files.credentials, profile.name, profile.sessionName),
  ]);
}

/** Settings that would stop a refresh, or leave its session without what the AWS CLI asks for. */
function checkSettings({ name, settings }: Profile): Check[] {
  const checks: Check[] = [];
  const duration = settings.get('duration_seconds');
  const seconds = Number(duration);
  const isUsable = seconds >= SHORTEST_SESSION_SECONDS && seconds <= LONGEST_SESSION_SECONDS;
  if (duration && !(/^\d+$/.test(duration) && isUsable)) {
    const range = `${SHORTEST_SESSION_SECONDS} to ${LONGEST_SESSION_SECONDS}`;
    checks.push(
      bad(
        'settings',
        `duration_seconds of ${name} is not a whole number from ${range}`,
        'write it in seconds: 12 hours are 43200',
      ),
    );
  }
  if (!settings.get('region')) {
    checks.push(
      warning(
        'region',
        `${name} has no region: the AWS CLI will say "You must specify a region"`,
        `aws configure set region REGION --profile ${name}, then mfa-profile refresh ${name} --force`,
      ),
    );
  }
  return checks;
}

function checkDevice(profile: Profile): Check[] {
  const { name } = profile;
  const serial = serialOf(profile);
  if (serial === undefined) {
    if (isRole(profile)) return [];
    return [
      warning(
        'device',
        `no MFA device is known for ${name}`,
        `if it has one: mfa-profile init ${name}`,
      ),
    ];
  }
  const verdict = judgeSerial(serial);
  if (verdict.kind !== 'good') {
    const hint =
      verdict.kind === 'doubtful'
        ? `you may mean ${verdict.suggestion}`
        : `mfa-profile init ${name} finds the device`;
    return [bad('device', `mfa_serial of ${name}: ${verdict.reason}`, hint)];
  }
  const region = profile.settings.get('region');
  const partition = partitionOfArn(serial);
  if (region && partition && partitionOfRegion(region) !== partition) {
    return [
      warning(
        'region',
        `region ${region} of ${name} is not in ${partition}, where its MFA device is`,
        `set region in [profile ${name}] to one of ${partition}`,
      ),
    ];
  }
  return [good('device', `mfa_serial of ${name}: ${serial}`)];
}
