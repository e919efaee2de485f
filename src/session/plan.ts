/** The decision: reuse a session, get a new one, or refuse. */
import type { Session } from '../credentials/keys.ts';
import { readSection, sectionsNamed } from '../document/index.ts';
import { changeSince } from '../profiles/origin.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { isLongTermKeyInTheWay } from '../profiles/session-section.ts';
import { viewSession } from '../credentials/session-state.ts';
import type { Values } from '../document/values.ts';
import type { SessionState } from '../credentials/session-state.ts';
import type { OriginChange } from '../credentials/origin.ts';

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
  /**
   * How often the file has the session's section; more than once and no AWS tool reads the file.
   */
  readonly sections: number;
  readonly now: number;
  readonly minTtlSeconds: number;
  readonly force: boolean;
  /** What has changed in the profile since the session was got. */
  readonly changeSince?: (values: Values) => OriginChange | undefined;
}

/**
 * What to do for a session: use what is there, get a new one, or leave a long-term key as it is.
 */
export function planSession(situation: Situation): Plan {
  const { values, longTermKeyInTheWay, sections, now, minTtlSeconds, force } = situation;
  if (longTermKeyInTheWay) return { kind: 'refuse' };
  if (force) return { kind: 'exchange', because: 'forced' };
  if (sections > 1) return { kind: 'exchange', because: 'doubled' };
  const view = viewSession(values, now, minTtlSeconds, situation.changeSince);
  return view.state === 'valid' && view.session
    ? { kind: 'reuse', session: view.session }
    : { kind: 'exchange', because: view.state, changed: view.changed };
}

/** When a session is looked at, and what is required of it. */
export interface Demand {
  readonly now: number;
  readonly minTtlSeconds: number;
  readonly force: boolean;
  /** The device that the caller names instead of the profile's. */
  readonly serialNumber: string | undefined;
}

/** What to do for a profile's session by what the files say. */
export function planProfile(
  files: AwsFiles,
  profile: Profile,
  sessionName: string,
  { serialNumber, ...demand }: Demand,
): Plan {
  const { credentials } = files;
  return planSession({
    ...demand,
    changeSince: (values) => changeSince(values, files, profile, serialNumber),
    values: readSection(credentials, sessionName),
    longTermKeyInTheWay: isLongTermKeyInTheWay(credentials, sessionName),
    sections: sectionsNamed(credentials, sessionName).length,
  });
}
