/** The words of `status` in English. */
import type { Help } from '../../cli/help.ts';
import { formatRemaining } from '../../output/local-time.ts';
import type { SessionState } from '../../credentials/session-state.ts';
import { texts } from '../../problems/text.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'list sessions and when they expire',
  options: {
    check: 'print nothing; exit 3 unless every session is valid',
    watch: 'redraw every second, until q or Ctrl-C',
    notify: 'with --watch: show a desktop notification when a session is about to expire',
    'session-profile': 'list the session in this profile',
    'min-ttl': 'show a session with less time left as expiring (default 5m)',
  },
  examples: [
    ['mfa-profile status', 'every profile and session'],
    ['mfa-profile status --check prod', 'for scripts'],
  ],
};

/** What the table says; `now` and times are milliseconds since the epoch. */
export interface TableWords {
  readonly headings: readonly [
    profile: string,
    session: string,
    state: string,
    expires: string,
    left: string,
  ];
  /** Of the session that the shell holds. */
  readonly inThisShell: string;
  readonly states: Readonly<Record<SessionState, string>>;
  readonly left: (until: number, now: number) => string;
  readonly ago: (until: number, now: number) => string;
  /** Of a name that is cut, and of what is full and empty of a bar. */
  readonly signs: { readonly cut: string; readonly full: string; readonly empty: string };
}

export const TABLE: TableWords = {
  headings: ['PROFILE', 'SESSION', 'STATE', 'EXPIRES', 'LEFT'],
  inThisShell: 'in this shell',
  states: {
    valid: 'valid',
    expiring: 'expiring',
    expired: 'expired',
    stale: 'stale',
    missing: 'missing',
    unknown: 'unknown',
  },
  left: (until, now) => formatRemaining(until, now),
  ago: (until, now) => `${formatRemaining(until, now)} ago`,
  signs: { cut: '…', full: '█', empty: '░' },
};

export const english = {
  notBoth: (other: string) => `give --watch or --${other}, not both`,
  notifyNeedsWatch: '--notify goes with --watch',
  nothingToShow: 'no session, and no profile with an MFA device; set one up with: mfa-profile init',
  more: (count: number) => `... and ${count} more`,
  quit: 'q to quit',
  /** Times are milliseconds since the epoch. */
  endsIn: (session: string, until: number, now: number) =>
    `${session} expires in ${formatRemaining(until, now)}`,
  beyondSts: (session: string, seconds: number) =>
    `${session} expires in ${formatRemaining(seconds * 1000, 0)}, and STS gives sessions for 36 hours at most: check the clock of this machine`,
  expired: (session: string) => `${session} has expired`,
};
export const words = texts('status', english);
