/** `completion`: prints a completion script, and answers that script's questions. */
import { readAwsFiles } from '../aws-files.ts';
import { COMPLETION_SCRIPTS, COMPLETION_SHELLS } from '../core/completion-scripts.ts';
import type { CompletionShell } from '../core/completion-scripts.ts';
import { isFailure } from '../core/errors.ts';
import type { AwsFiles } from '../core/profiles.ts';
import { listSources } from '../core/profiles.ts';
import { listPlaces } from '../core/status.ts';
import type { World } from '../world.ts';
import { complete } from './completion-words.ts';
import type { ProfileNames } from './completion-words.ts';
import { usage } from './settings.ts';
import type { Settings } from './settings.ts';

export async function run(settings: Settings, world: World): Promise<number> {
  const shell = (settings.choice as CompletionShell | undefined) ?? shellOf(world);
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
          // A name with a line break in it would be two lines, and is nobody's profile.
          .filter(({ word }) => !/[\n\r\t]/.test(word))
          .map(({ word, about }) => `${word}\t${about}`);
  world.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

/** @throws Failure usage where the login shell is none of ours */
function shellOf({ env }: World): CompletionShell {
  const login = env['SHELL']?.replace(/^.*\//, '');
  const known = COMPLETION_SHELLS.find((shell) => shell === login);
  if (known) return known;
  throw usage(
    'which shell? SHELL names none that is known',
    'name one: mfa-profile completion bash',
  );
}

/** Nobody who presses tab wants to hear that a file cannot be read. */
async function readWhatCanBe(settings: Settings, world: World): Promise<AwsFiles | undefined> {
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
