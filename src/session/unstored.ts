/**
 * Sessions that AWS gave and that could not be written. A code was spent on each: whoever needs it
 * now gets it, with a warning; whoever wanted it written gets the failure.
 */
import { Failure, isFailure } from '../problems/problem.ts';
import type { Problem } from '../problems/problem.ts';
import type { Reporter } from '../output/reporter.ts';
import type { Outcome } from './context.ts';
import { words } from './words.ts';

const NOT_WRITTEN = ['lock-held', 'unwritable-file', 'unreadable-file', 'file-keeps-changing'];

/** @returns why the file could not be written; what else went wrong is thrown on */
export function whyUnstored(error: unknown): Problem {
  if (isFailure(error) && NOT_WRITTEN.includes(error.problem.kind)) return error.problem;
  throw error;
}

/** The outcome for a caller that wants the session in the file. @throws Failure if it is not */
export function requireStored(outcome: Outcome): Outcome {
  if (outcome.unstored) throw new Failure(outcome.unstored);
  return outcome;
}

/** Warns of a session that serves only this run. */
export async function warnOfUnstored(
  { sessionName, unstored }: Outcome,
  reporter: Reporter,
): Promise<void> {
  if (!unstored) return;
  const { explain } = await import('../output/explain.ts');
  reporter.warn(words.unstored(sessionName, explain(unstored).told.message));
}
