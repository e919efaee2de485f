/** From argv to an exit code: the short parser or yargs, the command, and the one catch. */
import { markCommand, parsePlainLine, separateValues } from './cli/parse.ts';
import type { ParsedLine } from './cli/line.ts';
import { COMMANDS } from './commands/index.ts';
import { findRun } from './commands/runs.ts';
import { readSettings } from './cli/settings.ts';
import { isFailure } from './problems/problem.ts';
import { isDebug, makeReporter } from './output/reporter.ts';
import type { Machine, Streams, World } from './world.ts';
import { words } from './output/words.ts';

declare const PROGRAM_VERSION: string;

/** Runs a command line. @returns the exit code; never rejects */
export async function main(given: readonly string[], world: World): Promise<number> {
  const argv = separateValues(markCommand(given, COMMANDS), COMMANDS);
  const plain = { quiet: false, debug: isDebug(argv) };
  try {
    const line = parsePlainLine(argv, COMMANDS) ?? (await askYargs(argv, world));
    if (typeof line === 'number') return line;
    const command = COMMANDS.find(({ name }) => name === line.command)!;
    const settings = readSettings(line, command, world);
    if (!settings.connection.verifyCertificates) {
      makeReporter(settings, world).warn(words.noVerify);
    }
    const run = await findRun(line.command);
    return await run(settings, world);
  } catch (error) {
    const reporter = makeReporter(plain, world);
    if (isFailure(error)) return (await reporter.problem(error.problem)).exitCode;
    reporter.fault(error);
    return 1;
  }
}

const USAGE = 2;

/** yargs' answer to a line that is not plain; an exit code if only a text was wanted. */
async function askYargs(
  argv: readonly string[],
  world: Machine & Streams,
): Promise<ParsedLine | number> {
  const { parseOddLine } = await import('./commands/odd-line.ts');
  const columns = (argv.length === 0 ? world.stderr : world.stdout).columns || 80;
  const input = { argv, version: PROGRAM_VERSION, columns };
  const answer = await parseOddLine(input, world.language);
  if (answer.kind === 'line') return answer.line;
  if (answer.isBare) {
    // Nothing was asked for: the help is no product here.
    world.stderr.write(answer.text);
    return USAGE;
  }
  world.stdout.write(answer.text);
  return 0;
}
