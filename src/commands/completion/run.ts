/** `completion`: prints a completion script, and answers that script's questions. */
import { nameWithoutSecrets } from '../../credentials/known-secrets.ts';
import { readAwsFiles } from '../../session/aws-files.ts';
import { COMPLETION_SCRIPTS } from '../../shells/completions.ts';
import { formatOfCaller } from '../../shells/caller.ts';
import { SHELLS } from '../../shells/names.ts';
import type { ShellName } from '../../shells/names.ts';
import { isFailure } from '../../problems/problem.ts';
import type { AwsFiles } from '../../profiles/profiles.ts';
import { listSources } from '../../profiles/profiles.ts';
import { listPlaces } from '../../profiles/sessions.ts';
import type { Clock, Files, Machine, World } from '../../world.ts';
import { complete } from './candidates.ts';
import type { ProfileNames } from './candidates.ts';
import { usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import { words } from './words.ts';

export async function run(settings: Settings, world: World): Promise<number> {
  const shell = (settings.choice as ShellName | undefined) ?? shellOf(world);
  if (!settings.rest) {
    world.stdout.write(COMPLETION_SCRIPTS[shell]);
    return 0;
  }
  const words = [...settings.rest];
  if (shell === 'powershell') words.push(words.pop()?.slice(1) ?? '');
  const files = await readWhatCanBe(settings, world);
  const completion = complete(words, () => namesIn(files));
  const lines =
    typeof completion === 'string'
      ? [`:${completion}`]
      : completion
          // A name with a line break would be two candidates, and no profile has one; what is a
          // secret is shown by nobody who presses tab.
          .filter(({ word }) => !/[\n\r\t]/.test(word) && nameWithoutSecrets(word) === word)
          .map(({ word, about }) => `${word}\t${about}`);
  world.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

/** @throws Failure usage if the login shell is not one of those supported */
function shellOf({ env, platform }: Machine): ShellName {
  // SHELL may be left from a program of Git Bash's.
  const noShell = { ...env, SHELL: undefined };
  if (platform === 'win32' && formatOfCaller([], platform, noShell) === 'powershell') {
    return 'powershell';
  }
  const login = env['SHELL']?.replace(/^.*\//, '');
  const known = SHELLS.find((shell) => shell === login);
  if (known) return known;
  throw usage(words.whichShell, words.nameOne);
}

/** Nobody who presses tab wants to hear that a file cannot be read. */
async function readWhatCanBe(
  settings: Settings,
  world: Files & Clock,
): Promise<AwsFiles | undefined> {
  try {
    return await readAwsFiles(settings.files, world);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}

function namesIn(files: AwsFiles | undefined): ProfileNames {
  if (!files) return { sources: [], sessions: [] };
  return {
    sources: listSources(files).map(({ name }) => name),
    sessions: listPlaces(files).map(({ sessionProfile }) => sessionProfile),
  };
}
