/** What the program says on stderr, each line in one of the forms that scripts may look for. */
import type { Problem } from '../problems/problem.ts';
import type { Said } from '../problems/text.ts';
import type { Explanation } from './explain.ts';
import { printable } from './printable.ts';
import { words } from './words.ts';
import type { Output, World } from '../world.ts';

export interface Reporter {
  /** What was done; silent with --quiet. */
  say(line: Said): void;
  warn(line: Said): void;
  /** What is done and why; only with --debug, and always in English. */
  debug(line: string): void;
  /** What went wrong and what to do about it. @returns what was said, and the exit code for it */
  problem(problem: Problem): Promise<Explanation>;
  /** A fault of the program itself. */
  fault(error: unknown): void;
}

/** Whether a command line asks for --debug; after `--` it is another program's. */
export function isDebug(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? argv.length : end).includes('--debug');
}

/** A line as it is shown. */
export const shownLine = (line: string): string => `mfa-profile: ${printable(line)}`;

/** A line that only this program writes. */
export function sayLine(stderr: Output, line: string): void {
  stderr.write(`${shownLine(line)}\n`);
}

export function makeReporter(
  { quiet, debug }: { quiet: boolean; debug: boolean },
  { stderr, speak }: Pick<World, 'stderr' | 'speak'>,
): Reporter {
  let lastHint: string | undefined;
  const write = (kind: string, line: Said): void => sayLine(stderr, kind + speak(line));
  return {
    fault: (error) => {
      const { stack, message } = error instanceof Error ? error : new Error(String(error));
      write('error: ', words.ownFault(message));
      write('hint: ', words.reportIt);
      if (debug && stack)
        for (const line of stack.split('\n')) stderr.write(`${printable(line)}\n`);
    },
    say: (line) => {
      if (!quiet) write('', line);
    },
    warn: (line) => write('warning: ', line),
    debug: (line) => {
      if (debug) write('debug: ', line);
    },
    problem: async (problem) => {
      // The words for all that can go wrong are long, and mostly nothing does.
      const { explain } = await import('./explain.ts');
      const explanation = explain(problem);
      const { message, hint } = explanation.told;
      write('error: ', message);
      // Several profiles that lack the same thing need the same advice, once.
      if (hint && hint.english !== lastHint) write('hint: ', hint);
      lastHint = hint?.english;
      return explanation;
    },
  };
}
