/**
 * What is said of a session that is valid. A file of its own, since the quick way says it, too: it
 * loads no more words than these.
 */
import type { Session } from '../credentials/keys.ts';
import { formatLocalTime, formatRemaining } from '../output/local-time.ts';
import { texts } from '../problems/text.ts';
import type { Text } from '../problems/text.ts';

export interface Assured {
  readonly sessionName: string;
  readonly session: Session;
  readonly action: 'reused' | 'refreshed';
}

/** Times are milliseconds since the epoch. */
export const english = {
  reused: (session: string, until: number, now: number) =>
    `${session} is still valid until ${formatLocalTime(until)} (${formatRemaining(until, now)} left)`,
  refreshed: (session: string, until: number) =>
    `${session} refreshed, valid until ${formatLocalTime(until)}`,
};
const words = texts('outcome', english);

/** One line on what became of it. @param now milliseconds since the epoch */
export function sayOutcome({ sessionName, session, action }: Assured, now: number): Text {
  return action === 'reused'
    ? words.reused(sessionName, session.expiration, now)
    : words.refreshed(sessionName, session.expiration);
}
