/** The whole program, for all that the short way leaves: the real world in, the exit code out. */
import { realWorld } from './real-world.ts';
import { main } from './main.ts';
import { isDebug } from './output/reporter.ts';

export function runProgram(argv: readonly string[]): Promise<number> {
  return main(argv, realWorld({ debug: isDebug(argv), ownsSignals: true }));
}
