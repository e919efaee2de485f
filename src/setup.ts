/** Sets a profile up: its keys, its MFA device and the duration, shown before they are saved. */
import { readAwsFiles } from './aws-files.ts';
import { applyConfigChange, planConfigChange } from './core/config-change.ts';
import { parseDocument, putSection, sectionsNamed } from './core/document.ts';
import type { Document } from './core/document.ts';
import {
  DEFAULT_SESSION_SECONDS,
  LONGEST_SESSION_SECONDS,
  SHORTEST_SESSION_SECONDS,
  formatDuration,
  parseDuration,
} from './core/duration.ts';
import { Failure, isFailure } from './core/errors.ts';
import { isRole, readProfile, resolveSource } from './core/profiles.ts';
import type { AwsFiles, Profile } from './core/profiles.ts';
import type { SessionSettings } from './core/session-options.ts';
import { findDevice, mendSerial } from './device-search.ts';
import type { Reporter } from './reporter.ts';
import { findProfile } from './session.ts';
import { longTermKeys } from './source-keys.ts';
import type { SuppliedKeysCache } from './source-keys.ts';
import type { Terminal, World } from './world.ts';

export interface SetupContext {
  readonly settings: SessionSettings;
  readonly world: World;
  readonly supplied: SuppliedKeysCache;
  /** Undefined where nobody may be asked. */
  readonly terminal: Terminal | undefined;
  /** Progress, for the person at the terminal or for stderr. */
  readonly tell: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** What is known of the profile before anybody is asked. */
export interface Given {
  readonly serialNumber?: string | undefined;
  readonly durationSeconds?: number | undefined;
  readonly sessionProfile?: string | undefined;
}

/** @param terminal undefined where nobody may be asked */
export function startSetup(
  settings: SessionSettings,
  world: World,
  reporter: Reporter,
  terminal: Terminal | undefined,
): SetupContext {
  return {
    settings,
    world,
    supplied: new Map(),
    terminal,
    tell: (line) => {
      if (terminal) terminal.say(line);
      else reporter.say(line);
    },
    warn: (line) => {
      reporter.warn(line);
    },
  };
}

/**
 * Finds and saves what the profile `name` needs.
 * @returns the name of the profile that was set up; undefined where the person did not want it saved
 * @throws Failure
 */
export async function setUpProfile(
  name: string,
  given: Given,
  context: SetupContext,
): Promise<string | undefined> {
  const { settings, world } = context;
  const store = await world.store();
  await store.assertWritable(settings.files.config);
  const profile = await findSourceProfile(name, context);
  const files = await readAwsFiles(settings.files, world);
  const serial = given.serialNumber ?? (await findDevice(profile, files, context));
  const wanted = new Map([
    ['mfa_serial', mendSerial(serial, profile, context)],
    ['duration_seconds', String(await chooseDuration(profile, serial, given, context))],
  ]);
  if (settings.session.mfaProcess) wanted.set('mfa_process', settings.session.mfaProcess);
  const sessionProfile = given.sessionProfile ?? settings.session.sessionProfile;
  if (sessionProfile) wanted.set('session_profile', sessionProfile);
  return (await saveSettings(profile.name, wanted, files, context)) ? profile.name : undefined;
}

/** The profile with the long-term keys: of a role its source, and of one without keys the person's. */
async function findSourceProfile(name: string, context: SetupContext): Promise<Profile> {
  const { settings, world, terminal } = context;
  const files = await readAwsFiles(settings.files, world);
  const source = followRoles(resolveSource(files, name), files, context);
  try {
    const profile = findProfile(files, source);
    await longTermKeys(profile, files, context);
    return profile;
  } catch (error) {
    if (!terminal || !isFailure(error) || !isWithoutKeys(error)) throw error;
    await askForKeys(source, terminal, error, context);
    return findProfile(await readAwsFiles(settings.files, world), source);
  }
}

/** A name that nearly is another's was mistyped: no new profile is made for it. */
function isWithoutKeys({ problem }: Failure): boolean {
  return (
    problem.kind === 'no-long-term-key' ||
    (problem.kind === 'no-such-profile' && problem.similar.length === 0)
  );
}

/** @throws Failure role-loop */
function followRoles(name: string, files: AwsFiles, { tell }: SetupContext): string {
  const path = [name];
  for (let at = name; ;) {
    const profile = readProfile(files, at);
    if (!profile || !isRole(profile)) return at;
    const next = resolveSource(files, profile.settings.get('source_profile')!);
    if (path.includes(next)) throw new Failure({ kind: 'role-loop', profiles: [...path, next] });
    tell(`${at} is a role taken on with ${next}: setting up ${next}`);
    path.push((at = next));
  }
}

/** @throws what it was given, where the person stores the keys by other means */
async function askForKeys(
  name: string,
  terminal: Terminal,
  missing: Failure,
  { settings, world }: SetupContext,
): Promise<void> {
  const file = settings.files.credentials;
  terminal.say(`Profile ${name} has no access key in ${file}.`);
  const answer = await terminal.choose('How shall it get there?', [
    'I type it in here; the secret is not shown',
    `I store it myself with: aws configure --profile ${name}`,
  ]);
  if (answer !== 0) throw missing;
  const store = await world.store();
  await store.assertWritable(file);
  const accessKeyId = await terminal.askText('AWS access key ID', { check: judgeAccessKey });
  const secret = await terminal.askSecret('AWS secret access key');
  const set = new Map([
    ['aws_access_key_id', accessKeyId],
    ['aws_secret_access_key', secret.reveal()],
  ]);
  await store.withLockedUpdate(file, (bytes) => {
    const document = parseDocument(bytes, file);
    refuseDoubled(document, name);
    return putSection(document, name, { set });
  });
  terminal.say(`saved in [${name}] of ${file}`);
}

function judgeAccessKey(text: string): string | undefined {
  if (text.trim().startsWith('ASIA'))
    return 'that is the key of a session; a long-term key is needed';
  return /^[A-Z0-9]{16,128}$/.test(text.trim())
    ? undefined
    : 'an access key ID is of capitals and digits, such as AKIA…';
}

async function chooseDuration(
  profile: Profile,
  serial: string,
  given: Given,
  { settings, terminal }: SetupContext,
): Promise<number> {
  const known = settings.session.durationSeconds ?? given.durationSeconds;
  if (known !== undefined) return known;
  const before = readSeconds(profile.settings.get('duration_seconds') ?? '');
  // AWS gives root users an hour at most.
  const usual = serial.endsWith(':mfa/root-account-mfa-device') ? 3600 : DEFAULT_SESSION_SECONDS;
  const seconds = before ?? usual;
  if (!terminal) return seconds;
  const answer = await terminal.askText('How long shall a session last (15m to 36h)?', {
    usual: spell(seconds),
    check: (text) =>
      readSeconds(text) === undefined
        ? 'a duration from 15m to 36h, such as 12h or 1h30m'
        : undefined,
  });
  return readSeconds(answer)!;
}

function spell(seconds: number): string {
  return seconds % 60 === 0 ? formatDuration(seconds).replace(' ', '') : String(seconds);
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

/** Which of two sections is meant is the user's to say, and no key of either may be lost. */
function refuseDoubled(document: Document, section: string): void {
  const [, second] = sectionsNamed(document, section);
  if (!second) return;
  const reason = `[${section}] is there twice, and the AWS CLI refuses the whole file`;
  throw new Failure({
    kind: 'unparsable-file',
    path: document.path,
    line: second.line,
    reason,
  });
}

/** @returns false where the person declined */
async function saveSettings(
  profile: string,
  wanted: ReadonlyMap<string, string>,
  files: AwsFiles,
  { settings, world, terminal, tell }: SetupContext,
): Promise<boolean> {
  const path = settings.files.config;
  const change = planConfigChange(files.config, profile, wanted);
  if (change.set.size === 0) {
    tell(`${path} holds all of it already`);
    return true;
  }
  refuseDoubled(files.config, change.section);
  tell(`in ${path}:`);
  for (const line of change.lines) tell(`  ${line}`);
  if (terminal && !(await terminal.confirm('Save this?', true))) {
    tell('nothing was changed');
    return false;
  }
  const store = await world.store();
  await store.withLockedUpdate(path, (bytes) => {
    const config = parseDocument(bytes, path);
    refuseDoubled(config, change.section);
    return applyConfigChange(config, planConfigChange(config, profile, wanted));
  });
  tell(`saved; ${profile} is set up`);
  return true;
}
