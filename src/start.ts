/**
 * The start: a valid session is answered at once, everything else by the whole program.
 */
import { endProcess, nearWorld } from './quick-world.ts';
import { parsePlainLine } from './cli/parse.ts';
import { QUICK_COMMANDS, answerAtOnce } from './quick/answer.ts';
import { sayLine } from './output/reporter.ts';
import { speakIn } from './speech.ts';

const argv = process.argv.slice(2);

// A run that node ends because nothing is left to wait for has not done its work: the exit code
// must say so.
process.exitCode = 1;
// Everything is done and written by then: leaving at once saves the time that node takes to clean
// up.
void run().then(endProcess);

async function run(): Promise<number> {
  if (await isAnswered()) return 0;
  const { runProgram } = await import('./program.ts');
  return runProgram(argv);
}

async function isAnswered(): Promise<boolean> {
  try {
    const line = parsePlainLine(argv, QUICK_COMMANDS);
    const near = nearWorld();
    const answer = line && (await answerAtOnce(line, near));
    if (!answer) return false;
    if (answer.product) near.stdout.write(answer.product);
    if (answer.said.length > 0) {
      const speak = await speakIn(near.language);
      for (const said of answer.said) sayLine(near.stderr, speak(said));
    }
    return true;
  } catch {
    // The whole program meets the same, and has the words for it.
    return false;
  }
}
