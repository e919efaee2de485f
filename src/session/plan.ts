/** The decision: reuse a session, get a new one, or refuse. */
import type { Session } from '../credentials/keys.ts';
import { viewSession } from '../credentials/session-state.ts';
import type { Values } from '../document/values.ts';
import type { SessionState } from '../credentials/session-state.ts';
import type { Origin, OriginChange } from '../credentials/origin.ts';

export type Plan =
  | { kind: 'reuse'; session: Session }
  | {
      kind: 'exchange';
      because: SessionState | 'forced' | 'doubled';
      /** What has changed since a stale session was got. */
      changed?: OriginChange | undefined;
    }
  | { kind: 'refuse' };

export interface Situation {
  readonly values: Values | undefined;
  readonly longTermKeyInTheWay: boolean;
  /** How often the file has the session's section; more than once and no AWS tool reads the file. */
  readonly sections: number;
  readonly now: number;
  readonly minTtlSeconds: number;
  readonly force: boolean;
  /** What the profile would get a session for today. */
  readonly origin?: () => Origin | undefined;
}

/** What to do for a session: use what is there, get a new one, or leave a long-term key alone. */
export function planSession(situation: Situation): Plan {
  const { values, longTermKeyInTheWay, sections, now, minTtlSeconds, force, origin } = situation;
  if (longTermKeyInTheWay) return { kind: 'refuse' };
  if (force) return { kind: 'exchange', because: 'forced' };
  if (sections > 1) return { kind: 'exchange', because: 'doubled' };
  const view = viewSession(values, now, minTtlSeconds, origin);
  return view.state === 'valid' && view.session
    ? { kind: 'reuse', session: view.session }
    : { kind: 'exchange', because: view.state, changed: view.changed };
}
