/** The whole program, for all that the short way leaves: the real world in, the exit code out. */
import { nearWorld } from './quick-world.ts';
import { realWorld } from './real-world.ts';
import { speakIn } from './speech.ts';
import { main } from './main.ts';
import { isDebug } from './output/reporter.ts';

export async function runProgram(argv: readonly string[]): Promise<number> {
  const speak = await speakIn(nearWorld().language);
  return main(argv, realWorld({ debug: isDebug(argv), ownsSignals: true, speak }));
}
