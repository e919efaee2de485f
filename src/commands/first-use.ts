/** How a session is used: said once, after the first one of a profile. */
import type { Reporter } from '../output/reporter.ts';
import type { Outcome } from '../session/context.ts';
import { words } from './words.ts';

/** A name that a shell takes for itself without quotes. */
const USUAL = /^[A-Za-z0-9_./@-]+$/;

export function sayFirstUse({ sessionName, isFirst }: Outcome, reporter: Reporter): void {
  if (isFirst) reporter.say(words.useIt(sessionName, !USUAL.test(sessionName)));
}
