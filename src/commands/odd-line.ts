/**
 * A line that is not plain, read by yargs. A file of its own, loaded when it is needed: most runs
 * need neither yargs nor the words of the help.
 */
import { parseByYargs } from '../cli/parse-with-yargs.ts';
import type { YargsAnswer, YargsInput } from '../cli/parse-with-yargs.ts';
import type { Language } from '../output/language.ts';
import { HELP_TEXTS } from './help.ts';
import { COMMANDS } from './index.ts';

/** @throws Failure usage */
export async function parseOddLine(
  input: Omit<YargsInput, 'commands' | 'help'>,
  language: Language,
): Promise<YargsAnswer> {
  const help = language === 'ja' ? (await import('./help.ja.ts')).HELP_TEXTS : HELP_TEXTS;
  return parseByYargs({ ...input, commands: COMMANDS, help });
}
