/** `env`: prints a session for a shell to evaluate, or what removes it from the shell. */
import { readAwsFiles } from '../../session/aws-files.ts';
import { credentialProcessJson, sessionTokenJson } from '../../credentials/json.ts';
import { enterSession, leaveSession } from '../../credentials/environment.ts';
import { accountOf, homeOf } from '../../profiles/account.ts';
import { readProfile, resolveSource } from '../../profiles/profiles.ts';
import type { ShellFormat } from '../../shells/names.ts';
import { canUnset, renderChange } from '../../shells/formats.ts';
import { formatOfCaller } from '../../shells/caller.ts';
import type { Clock, Files, Machine, Programs, World } from '../../world.ts';
import { ensureOne } from '../ensure-session.ts';
import { words as shared } from '../words.ts';
import { sameLine } from '../same-line.ts';
import { makeReporter } from '../../output/reporter.ts';
import { usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Own } from './command.ts';
import { words } from './words.ts';

type Format = ShellFormat | 'json' | 'process';

export async function run(settings: Settings<Own>, world: World): Promise<number> {
  const format = await chooseFormat(settings, world);
  if (settings.own.has('unset')) {
    world.stdout.write(await renderUnset(format, settings, world));
    return 0;
  }
  const { profile, session } = await ensureOne(settings, world);
  if (format === 'json') world.stdout.write(sessionTokenJson(session));
  else if (format === 'process') {
    world.stdout.write(credentialProcessJson(session, accountOf(profile.settings)));
  } else {
    const change = enterSession(session, homeOf(profile.settings, world.env));
    world.stdout.write(renderChange(format, change));
    const line = evaluation(format, sameLine(settings, 'env', profile.name));
    if (world.stdout.isTerminal && line) makeReporter(settings, world).say(shared.evalIt(line));
  }
  return 0;
}

/** How a shell evaluates the lines; undefined if it has no short way. */
function evaluation(format: ShellFormat, line: string): string | undefined {
  if (format === 'env') return `eval "$(${line})"`;
  if (format === 'fish') return `${line} | source`;
  return format === 'powershell' ? `${line} | Invoke-Expression` : undefined;
}

async function chooseFormat(
  { own, json }: Settings<Own>,
  world: Machine & Programs,
): Promise<Format> {
  // The command line has checked it against the same names.
  const given = own.get('format') as Format | undefined;
  if (json) {
    if (given !== undefined && given !== 'json') throw usage(words.contradicts(given));
    return 'json';
  }
  return given ?? formatOfCaller(await world.callingPrograms(), world.platform, world.env);
}

/** A profile that is named and has no region set none, so that the user's own stays. */
async function renderUnset(
  format: Format,
  settings: Settings,
  world: Files & Clock,
): Promise<string> {
  if (format === 'json' || format === 'process' || !canUnset(format)) {
    throw usage(words.unsetNeedsShell(format));
  }
  const [name] = settings.names;
  if (name === undefined) return renderChange(format, leaveSession(true));
  const files = await readAwsFiles(settings.files, world);
  const profile = readProfile(files, resolveSource(files, name));
  return renderChange(format, leaveSession(!profile || profile.settings.has('region')));
}
