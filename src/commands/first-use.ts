/**
 * How a session is used: said once, after the first one of a profile, and to a person only: a
 * script reads one line of `refresh`.
 */
import type { Reporter } from '../output/reporter.ts';
import type { Outcome } from '../session/context.ts';
import { formatOfCaller } from '../shells/caller.ts';
import { renderChange } from '../shells/formats.ts';
import type { World } from '../world.ts';
import { words } from './words.ts';

/** A name that needs no quotes in a shell. */
const USUAL = /^[A-Za-z0-9_./@-]+$/;

export function sayFirstUse(
  { sessionName, isFirst }: Outcome,
  reporter: Reporter,
  { stderr, platform, env }: Pick<World, 'stderr' | 'platform' | 'env'>,
): void {
  if (!isFirst || !stderr.isTerminal) return;
  const isUsual = USUAL.test(sessionName);
  const format = platform === 'win32' ? formatOfCaller([], platform, env) : 'env';
  const quote = format === 'windows-cmd' ? '"' : "'";
  const set = new Map([['AWS_PROFILE', sessionName]]);
  reporter.say(
    words.useIt(
      isUsual ? sessionName : `${quote}${sessionName}${quote}`,
      isUsual ? renderChange(format, { set, unset: [] }).trimEnd() : undefined,
    ),
  );
}
