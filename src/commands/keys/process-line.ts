/** The `credential_process` line by which the AWS tools get a key out of its store. */
import type { Settings } from '../../cli/settings.ts';
import type { World } from '../../world.ts';
import { lastingLaunch, startOf } from '../lasting-launch.ts';
import { absolutePath } from '../refresh-line.ts';

/**
 * Node and this program, or the one executable, and the files that were named, by whole paths: the
 * tools start it from wherever they are, with whatever PATH.
 * @throws Failure usage for a program that npx has in its cache for a while
 */
export async function processLine(
  profile: string,
  { given }: Pick<Settings, 'given'>,
  world: World,
): Promise<string> {
  const system = await world.system();
  const launch = lastingLaunch(world.launch, (path) => system.realPath(path));
  const files = ['config-file', 'credentials-file'].flatMap((option) => {
    const path = given.get(option);
    return typeof path === 'string' ? [`--${option}=${absolutePath(path, world)}`] : [];
  });
  const name = profile.startsWith('-') ? `--profile=${profile}` : profile;
  const line = [...startOf(launch), 'keys', 'read', ...files, name];
  return line.map((word) => asWord(word, world.platform)).join(' ');
}

/**
 * A word as both a shell and botocore's splitter read it: on Windows by the rules of its C library,
 * elsewhere by those of sh.
 */
export function asWord(word: string, platform: string): string {
  if (platform === 'win32') return /^[^\s"&|<>^]+$/.test(word) ? word : inQuotes(word);
  return /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** By the rules of Windows' C library, in which backslashes mean something only before a quote. */
function inQuotes(word: string): string {
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
}
