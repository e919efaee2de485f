/**
 * A line that is not plain, read by yargs. A file of its own, loaded when it is needed: most runs
 * need neither yargs nor the words of the help.
 */
import { parseByYargs } from '../cli/parse-with-yargs.ts';
import type { YargsAnswer, YargsInput } from '../cli/parse-with-yargs.ts';
import { HELP } from './help.ts';
import { COMMANDS } from './index.ts';

/** @throws Failure usage */
export function parseOddLine(input: Omit<YargsInput, 'commands' | 'help'>): Promise<YargsAnswer> {
  return parseByYargs({ ...input, commands: COMMANDS, help: HELP });
}
