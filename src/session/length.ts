/** How long a session is to last. */
import { parseDuration, SHORTEST_SESSION_SECONDS } from '../aws/duration.ts';
import { Failure } from '../problems/problem.ts';
import type { Profile } from '../profiles/profiles.ts';
import type { ExchangeTerms, Wish, RunContext } from './context.ts';
import { trapIn } from './odd-value.ts';
import { words } from './words.ts';

/** @throws Failure usage for an option, bad-setting for a setting, that is out of bounds */
export function durationOf(
  profile: Profile,
  wish: Wish,
  { settings }: RunContext,
  { usual, longest }: { usual: number; longest: number },
): number {
  const asked = wish.path.length === 0 ? settings.session.durationSeconds : undefined;
  if (asked !== undefined) {
    if (asked <= longest) return asked;
    throw new Failure({
      kind: 'usage',
      message: words.roleTooLong(profile.name, longest),
      ...(settings.session.isDurationOnLine ? {} : { hint: words.durationOfVariable }),
    });
  }
  const setting = profile.settings.get('duration_seconds');
  if (!setting) return usual;
  const seconds = /^\d+$/.test(setting) ? parseDuration(setting) : undefined;
  if (seconds === undefined || seconds < SHORTEST_SESSION_SECONDS || seconds > longest) {
    throw new Failure({
      kind: 'bad-setting',
      profile: profile.name,
      setting: 'duration_seconds',
      value: setting,
      reason: words.outOfBounds(SHORTEST_SESSION_SECONDS, longest),
      hint: trapIn(setting) ?? words.inSeconds,
    });
  }
  return seconds;
}

/**
 * A session that never has as much left as --min-ttl asks for would be renewed at every call.
 * @throws Failure usage
 */
export function checkMinTtl(
  { profile, durationSeconds }: ExchangeTerms,
  wish: Wish,
  { settings }: RunContext,
): void {
  const { minTtlSeconds } = settings.session;
  if (wish.path.length > 0 || minTtlSeconds < durationSeconds) return;
  throw new Failure({
    kind: 'usage',
    message: words.minTtlTooLong(profile.name, minTtlSeconds, durationSeconds),
    hint: words.shortenMinTtl,
  });
}
