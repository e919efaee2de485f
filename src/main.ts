/** From argv to an exit code: the short parser or yargs, the command, and the one catch. */
import { markCommand, parsePlainLine } from './cli/parse.ts';
import type { ParsedLine } from './cli/line.ts';
import { COMMANDS } from './commands/index.ts';
import { findRun } from './commands/runs.ts';
import { readSettings } from './cli/settings.ts';
import { isFailure } from './problems/problem.ts';
import { isDebug, makeReporter } from './output/reporter.ts';
import type { World } from './world.ts';

declare const PROGRAM_VERSION: string;

/** Runs a command line. @returns the exit code; never rejects */
export async function main(given: readonly string[], world: World): Promise<number> {
  const argv = markCommand(given, COMMANDS);
  const plain = { quiet: false, debug: isDebug(argv) };
  try {
    const line = parsePlainLine(argv, COMMANDS) ?? (await askYargs(argv, world));
    if (line === undefined) return 0;
    const settings = readSettings(line, world);
    if (!settings.connection.verifyCertificates) {
      makeReporter(settings, world).warn(
        '--no-verify-ssl: anybody on the way can read and change what is sent',
      );
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

/** yargs' answer to a line that is not plain; undefined where a text was all that was wanted. */
async function askYargs(argv: readonly string[], world: World): Promise<ParsedLine | undefined> {
  const { parseOddLine } = await import('./commands/odd-line.ts');
  const answer = await parseOddLine({
    argv,
    version: PROGRAM_VERSION,
    columns: world.stdout.columns ?? 80,
  });
  if (answer.kind === 'line') return answer.line;
  world.stdout.write(answer.text);
  return undefined;
}
