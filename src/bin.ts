/** The program's entry: the real world in, the exit code out. */
import { realWorld } from './adapters/real-world.ts';
import { main } from './main.ts';
import { isDebug } from './reporter.ts';

const argv = process.argv.slice(2);
const world = realWorld({ debug: isDebug(argv), ownsSignals: true });

// Everything is done and written by then: leaving at once saves node's own clearing up.
void main(argv, world).then((exitCode) => process.exit(exitCode));
