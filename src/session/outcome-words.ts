/** What is said of a session that was made sure of. */
import { formatDuration } from '../aws/duration.ts';
import type { Session } from '../credentials/keys.ts';
import { formatLocalTime } from '../output/local-time.ts';

export interface Assured {
  readonly sessionName: string;
  readonly session: Session;
  readonly action: 'reused' | 'refreshed';
}

/** One line on what became of it. @param now milliseconds since the epoch */
export function sayOutcome({ sessionName, session, action }: Assured, now: number): string {
  const until = formatLocalTime(session.expiration);
  const left = formatDuration(Math.floor((session.expiration - now) / 1000));
  return action === 'reused'
    ? `${sessionName} is still good until ${until} (${left} left)`
    : `${sessionName} is refreshed and good until ${until}`;
}
