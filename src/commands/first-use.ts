/**
 * How a session is used: said once, after the first one of a profile, and to a person only: a
 * script reads one line of `refresh`.
 */
import type { Reporter } from '../output/reporter.ts';
import type { Outcome } from '../session/context.ts';
import type { World } from '../world.ts';
import { words } from './words.ts';

/** A name that needs no quotes in a shell. */
const USUAL = /^[A-Za-z0-9_./@-]+$/;

export function sayFirstUse(
  { sessionName, isFirst }: Outcome,
  reporter: Reporter,
  { stderr }: Pick<World, 'stderr'>,
): void {
  if (isFirst && stderr.isTerminal)
    reporter.say(words.useIt(sessionName, !USUAL.test(sessionName)));
}
