/** Which profiles a command is about where the command line names none. */
import { isSource, listSources, readProfile, resolveSource } from '../profiles/profiles.ts';
import { chosenProfile, defaultProfile } from '../profiles/names.ts';
import { holdsSession } from '../credentials/keys.ts';
import { readSection } from '../document/index.ts';
import type { AwsFiles } from '../profiles/profiles.ts';
import { readAwsFiles } from '../session/aws-files.ts';
import type { World } from '../world.ts';
import type { Settings } from '../cli/settings.ts';
import { words } from './words.ts';

/**
 * The names given, or the default profile. Where that cannot be used and nobody chose it, the person
 * at the terminal picks one of those that can.
 */
export async function chooseNames(settings: Settings, world: World): Promise<readonly string[]> {
  if (settings.names.length > 0) return settings.names;
  const name = defaultProfile(world.env);
  const files = await readAwsFiles(settings.files, world);
  if (isUsable(files, name)) return [name];
  const sources = listSources(files).map((source) => source.name);
  if (sources.length === 0) return [name];
  const mayAsk = settings.session.mayPrompt && !settings.quiet && !chosenProfile(world.env);
  const terminal = mayAsk ? await world.terminal() : undefined;
  if (!terminal) return [name];
  try {
    return [sources[await terminal.choose(words.whichProfile, sources)]!];
  } finally {
    terminal.close();
  }
}

function isUsable(files: AwsFiles, name: string): boolean {
  const profile = readProfile(files, resolveSource(files, name));
  if (!profile) return false;
  const session = readSection(files.credentials, profile.sessionName);
  return isSource(profile) || (session !== undefined && holdsSession(session));
}
