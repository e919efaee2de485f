/** Which profiles a command is about if the command line names none. */
import { isSource, listSources, readProfile, resolveSource } from '../profiles/profiles.ts';
import { chosenProfile, defaultProfile, namingVariable } from '../profiles/names.ts';
import { holdsSession } from '../credentials/keys.ts';
import { readSection } from '../document/index.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { readAwsFiles } from '../session/aws-files.ts';
import { signInOf } from '../session/source-keys.ts';
import type { Clock, Files, Machine, World } from '../world.ts';
import type { Settings } from '../cli/settings.ts';
import { words as mistakes } from '../cli/mistakes.ts';
import { Failure } from '../problems/problem.ts';
import { words } from './words.ts';

/**
 * The names given, or the profile that the environment names, or `default`. If that cannot be used,
 * the person at the terminal picks one of those that can.
 * @param isMeant which of those
 */
export async function chooseNames(
  settings: Settings,
  world: World,
  isMeant: (profile: Profile) => boolean = () => true,
): Promise<readonly string[]> {
  if (settings.names.length > 0) {
    if (settings.names.length > 1) await refuseCode(settings, world);
    return settings.names;
  }
  const name = defaultProfile(world.env);
  const files = await readAwsFiles(settings.files, world);
  if (isUsable(files, name)) return [name];
  const sources = listSources(files)
    .filter(isMeant)
    .map((source) => source.name);
  if (sources.length === 0) return [name];
  const mayAsk =
    settings.session.mayPrompt && !settings.quiet && !hasOtherSignIn(files, name, world);
  const terminal = mayAsk ? await world.terminal() : undefined;
  if (!terminal) return [name];
  try {
    const variable = namingVariable(world.env);
    if (variable) terminal.say(words.notUsable(variable, name));
    return [sources[await terminal.choose(words.whichProfile, sources)]!];
  } finally {
    terminal.close();
  }
}

/** Whether what a variable names gets credentials without a key: that is told, and no choice offered. */
function hasOtherSignIn(files: AwsFiles, name: string, { env }: Machine): boolean {
  const profile = chosenProfile(env) && readProfile(files, resolveSource(files, name));
  return Boolean(profile && signInOf(profile.settings));
}

/** A code among the names is found before anything is asked or sent. @throws Failure usage */
async function refuseCode(settings: Settings, world: Files & Clock): Promise<void> {
  const codes = settings.names.filter((name) => /^\d{6}$/.test(name));
  if (codes.length === 0) return;
  const files = await readAwsFiles(settings.files, world);
  if (codes.every((name) => isUsable(files, name))) return;
  throw new Failure({ kind: 'usage', message: mistakes.strayCode, hint: mistakes.codeInLine });
}

function isUsable(files: AwsFiles, name: string): boolean {
  const profile = readProfile(files, resolveSource(files, name));
  if (!profile) return false;
  const session = readSection(files.credentials, profile.sessionName);
  return isSource(profile) || (session !== undefined && holdsSession(session));
}
