/** The program's entry: the real world in, the exit code out. */
import { realWorld } from './adapters/real-world.ts';
import { main } from './main.ts';

void main(process.argv.slice(2), realWorld()).then((exitCode) => {
  process.exitCode = exitCode;
});
