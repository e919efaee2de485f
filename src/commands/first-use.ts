/**
 * How a session is used: said once, after the first one of a profile, and to a person only: a
 * script reads one line of `refresh`.
 */
import { shownLine } from '../output/reporter.ts';
import type { Reporter } from '../output/reporter.ts';
import { widthOf } from '../output/width.ts';
import type { Outcome } from '../session/context.ts';
import { formatOfCaller } from '../shells/caller.ts';
import { canExpress, renderChange } from '../shells/formats.ts';
import type { World } from '../world.ts';
import { words } from './words.ts';

export function sayFirstUse(
  { sessionName, isFirst }: Outcome,
  reporter: Reporter,
  { stderr, platform, env, speak }: Pick<World, 'stderr' | 'platform' | 'env' | 'speak'>,
): void {
  if (!isFirst || !stderr.isTerminal) return;
  const format = platform === 'win32' ? formatOfCaller([], platform, env) : 'env';
  const set = new Map([['AWS_PROFILE', sessionName]]);
  const assignment = canExpress(format, sessionName)
    ? renderChange(format, { set, unset: [] }).trimEnd()
    : undefined;
  const both = words.useIt(sessionName, assignment);
  // A line that wraps is hard to copy; the first way is enough.
  const fits = widthOf(shownLine(speak(both))) <= (stderr.columns ?? Infinity);
  reporter.say(fits ? both : words.useIt(sessionName, undefined));
}
