/** Runs every line that the quick way does not answer: the real world in, the exit code out. */
import { nearWorld } from './quick-world.ts';
import { realWorld } from './real-world.ts';
import { speakIn } from './speech.ts';
import { main } from './main.ts';
import { markCommand } from './cli/parse.ts';
import { COMMANDS } from './commands/index.ts';
import { isDebug } from './output/reporter.ts';

export async function runProgram(argv: readonly string[]): Promise<number> {
  const speak = await speakIn(nearWorld().language);
  const world = realWorld({
    debug: isDebug(markCommand(argv, COMMANDS)),
    ownsSignals: true,
    speak,
    handsOn: argv.includes('exec'),
  });
  const exitCode = await main(argv, world);
  await world.releaseTerminal();
  // 129 is a command of `exec` that ended so, 1 a product that could not be written any more.
  if ([1, 129, 130].includes(exitCode)) world.endIfHungUp();
  return exitCode;
}
