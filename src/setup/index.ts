/** Sets a profile up: its keys, its MFA device and the duration, shown before they are saved. */
import { readAwsFiles } from '../session/aws-files.ts';
import { applyConfigChange, planConfigChange, refuseDoubled } from './config-change.ts';
import { readSection } from '../document/index.ts';
import type { Document } from '../document/index.ts';
import { Failure, isFailure } from '../problems/problem.ts';
import type { Problem } from '../problems/problem.ts';
import { readProfile, resolveSource } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { findDevice, correctSerial } from './device.ts';
import { updateFile } from '../session/update-file.ts';
import { findProfile } from '../session/lookup.ts';
import { longTermKeys } from '../session/source-keys.ts';
import type { SetupContext } from './context.ts';
import { askForKeys, chooseDuration, chooseRegion } from './questions.ts';
import { words } from './words.ts';

/** What is known of the profile before anybody is asked. */
export interface Given {
  readonly serialNumber?: string | undefined;
  readonly durationSeconds?: number | undefined;
  readonly sessionProfile?: string | undefined;
  /** True if the person has agreed to the set-up already. */
  readonly isAgreed?: boolean;
}

/**
 * Finds and saves what the profile `name` needs.
 * @returns the name of the profile that was set up; undefined if the person did not want it saved
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
    ['mfa_serial', correctSerial(serial, profile, context)],
    ['duration_seconds', String(chooseDuration(profile, serial, given.durationSeconds, context))],
  ]);
  const region = await chooseRegion(profile, files, context);
  if (region) wanted.set('region', region);
  if (settings.session.mfaProcess) wanted.set('mfa_process', settings.session.mfaProcess);
  const sessionProfile = given.sessionProfile ?? settings.session.sessionProfile;
  if (sessionProfile) wanted.set('session_profile', sessionProfile);
  const isAgreed = given.isAgreed ?? false;
  if (!(await saveSettings(profile.name, wanted, files, context, isAgreed))) return undefined;
  warnOfShadowed(profile.name, wanted, files, context);
  if (!region && !profile.settings.get('region')) {
    context.tell(words.noRegion(profile.name));
  }
  return profile.name;
}

/**
 * The profile with the long-term keys: of a role its source, and of one without keys the person's.
 */
async function findSourceProfile(name: string, context: SetupContext): Promise<Profile> {
  const { settings, world, terminal } = context;
  const files = await readAwsFiles(settings.files, world);
  const source = followRoles(resolveSource(files, name), files, context);
  try {
    const profile = findProfile(files, source);
    await longTermKeys(profile, files, context);
    return profile;
  } catch (error) {
    if (!isFailure(error) || !isWithoutKeys(error.problem)) throw error;
    if (!terminal) throw new Failure({ ...error.problem, toSetUp: true });
    await askForKeys(source, terminal, context);
    return findProfile(await readAwsFiles(settings.files, world), source);
  }
}

type KeylessKind = 'no-long-term-key' | 'half-a-key' | 'no-such-profile';

/** A name close to a known one is a typo: no new profile is made for it. */
function isWithoutKeys(problem: Problem): problem is Problem & { kind: KeylessKind } {
  return (
    problem.kind === 'no-long-term-key' ||
    problem.kind === 'half-a-key' ||
    (problem.kind === 'no-such-profile' && problem.similar.length === 0)
  );
}

/** @throws Failure role-loop */
function followRoles(name: string, files: AwsFiles, { tell }: SetupContext): string {
  const path = [name];
  for (let at = name; ;) {
    const profile = readProfile(files, at);
    if (!profile?.isRole) return at;
    const next = resolveSource(files, profile.settings.get('source_profile')!);
    if (path.includes(next)) throw new Failure({ kind: 'role-loop', profiles: [...path, next] });
    tell(words.role(at, next));
    path.push((at = next));
  }
}

/** The AWS tools take a key from the credentials file where both files have it. */
function warnOfShadowed(
  profile: string,
  wanted: ReadonlyMap<string, string>,
  { credentials, config }: AwsFiles,
  { warn }: SetupContext,
): void {
  const there = readSection(credentials, profile);
  for (const [key, value] of wanted) {
    const other = there?.get(key);
    if (other && other !== value) {
      warn(words.shadowed(key, profile, credentials.path, config.path));
    }
  }
}

/** @returns false if the person declined */
async function saveSettings(
  profile: string,
  wanted: ReadonlyMap<string, string>,
  files: AwsFiles,
  { settings, world, terminal, tell, debug }: SetupContext,
  isAgreed: boolean,
): Promise<boolean> {
  const path = settings.files.config;
  const change = planConfigChange(files.config, profile, wanted);
  if (change.set.size === 0) {
    tell(words.savedAlready(path));
    return true;
  }
  refuseDoubled(files.config, change.section);
  tell(words.willSave(path));
  for (const line of change.lines) tell(`  ${line}`);
  if (terminal && !isAgreed && !(await terminal.confirm(words.save, true))) {
    tell(words.notSaved);
    return false;
  }
  const edit = (config: Document): Uint8Array =>
    applyConfigChange(config, planConfigChange(config, profile, wanted));
  await updateFile(path, edit, world, { say: tell, debug });
  tell(words.saved(profile));
  return true;
}
