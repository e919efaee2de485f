/** What `doctor` finds in the profiles: devices, regions, and the places of their sessions. */
import { bad, good, ofProblem, warning } from './check.ts';
import type { Check } from './check.ts';
import { LONGEST_SESSION_SECONDS, SHORTEST_SESSION_SECONDS } from '../../aws/duration.ts';
import { checkSessionSection } from './contents.ts';
import { partitionOfArn, partitionOfRegion } from '../../aws/partition.ts';
import { parsePlainLine } from '../../cli/parse.ts';
import { COMMANDS } from '../index.ts';
import { listSources, readProfile, resolveSource, serialOf } from '../../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../../profiles/profiles.ts';
import type { Said } from '../../problems/text.ts';
import { quoted, spellInvisible } from '../../output/printable.ts';
import { isReportable } from '../../problems/problem.ts';
import { withLine } from '../../session/bad-setting.ts';
import { promptOf } from '../../session/with-code.ts';
import { findMisnamedSettings, findSettingLine } from '../../profiles/key-lines.ts';
import { judgeSerial } from '../../aws/mfa-device.ts';
import { isBeyondSts } from '../../profiles/session-row.ts';
import { describeSession, placeOf } from '../../profiles/sessions.ts';
import type { World } from '../../world.ts';
import { words } from './report-words.ts';

/** Every source that is a user, no role; or those of them that are named. */
export function usersAmong(files: AwsFiles, names: readonly string[]): Profile[] {
  const named = names.map((name) => resolveSource(files, name));
  return listSources(files).filter(
    ({ name, isRole }) => !isRole && (named.length === 0 || named.includes(name)),
  );
}

/** A line of `credential_process` that asks this program, as docs/recipes.md has it. */
const ASKS_US = /(?:^|[\s"'\\/])mfa-profile(?:\.cmd|\.exe|\.cjs)?["']?\s+(credential-process\b.*)$/;

/** The profile whose session this program hands out for this one; undefined for any other. */
export function servedFrom({ keys, settings }: Profile): string | undefined {
  return keys ? undefined : askedFor(settings.get('credential_process'));
}

function askedFor(commandLine: string | undefined): string | undefined {
  const [, line] = ASKS_US.exec(commandLine ?? '') ?? [];
  if (line === undefined) return undefined;
  const argv = line
    .match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)!
    .map((word) => word.replace(/["']/g, ''));
  const parsed = parsePlainLine(argv, COMMANDS);
  const profile = parsed?.options.get('profile');
  return parsed?.names[0] ?? (typeof profile === 'string' ? profile : 'default');
}

/** A profile that is served by this program, or that would be if it had no key of its own. */
function checkServed(profile: Profile, files: AwsFiles): Check | undefined {
  const { name, keys, settings } = profile;
  const source = askedFor(settings.get('credential_process'));
  if (source === undefined) return undefined;
  if (keys) return warning('profile', words.keyBesideProcess(name), words.ownProfile);
  return readProfile(files, resolveSource(files, source))
    ? good('profile', words.servedFrom(name, source))
    : bad('profile', words.servedFromNobody(name, source), words.nameASource);
}

/** The name by which a line starts its program, as botocore splits it on Windows. */
const PROGRAM = /^\s*(?:"([^"]*)"|([^\s"]+))/;

/**
 * On Windows the AWS CLI and Python start the command without a shell, which finds `NAME.exe` and no
 * batch file, as npm installs (CreateProcessW).
 */
export async function checkProcesses(
  files: AwsFiles,
  world: Pick<World, 'platform' | 'system'>,
): Promise<Check[]> {
  const lines = listSources(files).flatMap(({ name, settings }) => {
    const [, quotedName, bareName] = PROGRAM.exec(settings.get('credential_process') ?? '') ?? [];
    const program = quotedName ?? bareName;
    return program === undefined ? [] : [{ name, program }];
  });
  if (world.platform !== 'win32' || lines.length === 0) return [];
  const system = await world.system();
  return lines.flatMap(({ name, program }) => {
    const found = system.findProgram(program);
    const ending = /\.[^.\\/]+$/.exec(found ?? '')?.[0] ?? '';
    const isWhole = program.toLowerCase().endsWith(ending.toLowerCase());
    if (found === undefined || isWhole || system.findProgram(`${program}.exe`) !== undefined)
      return [];
    const whole = program + ending.toLowerCase();
    return [warning('profile', words.batchProcess(name, program, whole), words.wholeName(whole))];
  });
}

/**
 * Of every source, or the named one: its device, its region, and the place of its session; of a
 * named or an only one also whether that session is valid.
 * @param now milliseconds since the epoch
 */
export function checkProfiles(files: AwsFiles, names: readonly string[], now: number): Check[] {
  const all = listSources(files);
  const places = new Set(all.map(({ sessionName }) => sessionName));
  // A long-term key where a session belongs does not make it a source: it is a mistake, and reported
  // as one.
  const sources = all.filter(({ name }) => !places.has(name));
  if (sources.length === 0) {
    return [bad('profile', words.noSources, words.storeYours)];
  }
  const named = new Set(names.map((name) => resolveSource(files, name)));
  const wanted = named.size === 0 ? sources : sources.filter(({ name }) => named.has(name));
  return wanted.flatMap((profile) => {
    const served = checkServed(profile, files);
    if (served && !profile.keys) return [served];
    return [
      ...(served ? [served] : []),
      ...checkDevice(profile, files),
      ...checkSettings(profile, files),
      ...checkSessionSection(files.credentials, profile.name, profile.sessionName),
      ...(wanted.length === 1 ? checkSession(files, profile, now) : []),
    ];
  });
}

/** An unused session may have expired; the one that is asked for is what a denied call was made with. */
function checkSession(files: AwsFiles, profile: Profile, now: number): Check[] {
  const { name, sessionName } = profile;
  const row = describeSession(files, placeOf(profile), { now, minTtlSeconds: 0 });
  if (row.state === 'missing') return [];
  if (isBeyondSts(row)) {
    return [
      warning(
        'session',
        words.beyondSts(sessionName, row.remainingSeconds!),
        words.checkClock(name),
      ),
    ];
  }
  return row.state === 'valid'
    ? [good('session', words.sessionValid(sessionName, row.expiration!))]
    : [warning('session', words.sessionNotValid(sessionName, row.state), words.refreshIt(name))];
}

/** Settings that would stop a refresh, or leave its session without what the AWS CLI asks for. */
function checkSettings(profile: Profile, files: AwsFiles): Check[] {
  const { name, settings } = profile;
  const checks: Check[] = [];
  const duration = settings.get('duration_seconds');
  const seconds = Number(duration);
  const isUsable = seconds >= SHORTEST_SESSION_SECONDS && seconds <= LONGEST_SESSION_SECONDS;
  if (duration && !(/^\d+$/.test(duration) && isUsable)) {
    checks.push(
      bad(
        'settings',
        words.badDuration(
          name,
          SHORTEST_SESSION_SECONDS,
          LONGEST_SESSION_SECONDS,
          lineOf(files, name, 'duration_seconds', duration),
        ),
        words.inSeconds,
      ),
    );
  }
  checks.push(...refusalOf(files, () => promptOf([profile])));
  const account = settings.get('aws_account_id');
  if (account && !/^\d{12}$/.test(account)) {
    checks.push(
      warning(
        'settings',
        words.badAccount(name, lineOf(files, name, 'aws_account_id', account)),
        words.correctAccount,
      ),
    );
  }
  if (!settings.get('region')) {
    checks.push(warning('region', words.noRegion(name), words.setRegion(name)));
  }
  return checks;
}

/** What a command would say of a setting before it asks anybody. */
function refusalOf(files: AwsFiles, read: () => unknown): Check[] {
  try {
    read();
    return [];
  } catch (error) {
    const failure = withLine(files, error);
    if (!isReportable(failure)) throw error;
    return [ofProblem('settings', failure.problem)];
  }
}

/** What a setting says, and where. */
function lineOf(files: AwsFiles, name: string, setting: string, value: string): Said {
  const at = findSettingLine(files, name, setting, value);
  return words.settingLine({ setting, value: quoted(value), at });
}

function checkDevice(profile: Profile, files: AwsFiles): Check[] {
  const { name } = profile;
  const serial = serialOf(profile);
  if (serial === undefined) {
    if (profile.isRole) return [];
    const [misnamed] = findMisnamedSettings(files, name, ['mfa_serial']);
    if (misnamed) {
      const { path, line, written, meant } = misnamed;
      const message = words.misnamed(name, path, line, spellInvisible(written));
      return [warning('device', message, words.writeInstead(meant))];
    }
    return [warning('device', words.noDevice(name), words.initIfAny(name))];
  }
  const verdict = judgeSerial(serial);
  if (verdict.kind !== 'good') {
    const line = lineOf(files, name, 'mfa_serial', serial);
    return [bad('device', words.badSerial(name, verdict.reason, line), words.findDevice(name))];
  }
  const region = profile.settings.get('region');
  const partition = partitionOfArn(serial);
  if (region && partition && partitionOfRegion(region) !== partition) {
    return [
      warning(
        'region',
        words.otherPartition(region, name, partition),
        words.setPartition(name, partition),
      ),
    ];
  }
  return [good('device', words.serial(name, serial))];
}
