/** Everything that can go wrong, as a closed union; output/words/ has the words for it. */
import type { Said } from './text.ts';

/** Ways to credentials that are none of this program's. */
export type SignIn = 'sso' | 'login' | 'web-identity' | 'machine';

/** A line of one of the two AWS files. */
export interface SettingLine {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * What went wrong, as data. No field may ever hold a secret key, a session token or an MFA code.
 */
export type Problem = OwnProblem & {
  /** The profiles from the role that was asked for down to the one that this is about. */
  readonly via?: readonly string[];
};

type OwnProblem =
  | { kind: 'usage'; message: Said; hint?: Said }
  // 3: a code was needed and could not be had
  /** `tried` are the programs of `no-window` that are not here, or could not open one. */
  | {
      kind: 'no-code';
      session: string;
      why:
        | ('no-prompt' | 'mfa-prompt' | 'no-terminal' | 'no-console')
        | ('no-display' | 'no-window' | 'no-answer');
      tried?: string[];
    }
  /** `at` is the line of `mfa_process`, if a profile has it. */
  | { kind: 'code-command-failed'; session: string; how: Said; at?: SettingLine | undefined }
  | {
      kind: 'still-asked';
      session: string;
      seconds: number;
      /** What the other program is at: its question, the command for codes, the call to AWS. */
      at: 'question' | 'command' | 'exchange';
    }
  // 4: the profile or a file is not usable
  | {
      kind: 'no-such-profile';
      profile: string;
      credentialsFile: string;
      configFile: string;
      similar: string[];
      /** The line for which AWS's tools read nothing of the credentials file. */
      refusedLine?: number;
      /** True if `init --from aws-mfa` would take it over. */
      isAdoptable?: boolean;
      /** Profiles that a session can be got for, if none was named. */
      sources?: string[];
      /** True if it is the set-up itself that found no key and nobody to type one. */
      toSetUp?: boolean;
    }
  | {
      kind: 'no-long-term-key';
      profile: string;
      credentialsFile: string;
      sources?: string[];
      /** The line for which AWS's tools read nothing of the file. */
      refusedLine?: number;
      isAdoptable?: boolean;
      toSetUp?: boolean;
    }
  | {
      kind: 'odd-key';
      profile: string;
      key: string;
      path: string;
      line: number;
      /** Undefined if each of them could be a key's. */
      character: Said | undefined;
      cause: Said;
    }
  | {
      kind: 'misnamed-key';
      profile: string;
      path: string;
      line: number;
      written: string;
      meant: string;
    }
  | { kind: 'other-sign-in'; profile: string; way: SignIn }
  | { kind: 'half-a-key'; profile: string; missing: string; toSetUp?: boolean }
  | {
      kind: 'source-is-a-session';
      profile: string;
      credentialsFile: string;
      isAdoptable?: boolean;
    }
  /** `isDeclined` where a person did not want it to be looked up. */
  | { kind: 'no-device'; profile: string; isDeclined?: boolean }
  | { kind: 'role-loop'; profiles: string[] }
  | {
      kind: 'bad-setting';
      profile: string;
      setting: string;
      /** What the setting says; undefined if that could be secret. */
      value?: string | undefined;
      /** Where it says so; undefined for a variable and an option. */
      at?: SettingLine | undefined;
      reason: Said;
      hint?: Said;
    }
  | { kind: 'long-term-key-in-the-way'; session: string; credentialsFile: string }
  /** `at` is the line of `session_profile`, if that is where the name comes from. */
  | { kind: 'bad-session-name'; session: string; reason: Said; at?: SettingLine | undefined }
  | { kind: 'unquotable-value'; variable: string; format: string }
  | { kind: 'unparsable-file'; path: string; line: number; reason: Said; hint?: Said }
  /** Not an INI file but what its first bytes say: {@link ForeignForm} in document/foreign.ts. */
  | {
      kind: 'foreign-file';
      path: string;
      form: 'git-crypt' | 'ansible-vault' | 'age' | 'openpgp' | 'json' | 'markup' | 'binary';
    }
  /** `at` is the line of `ca_bundle`, if a profile names the file. */
  | { kind: 'unreadable-file'; path: string; code: string; at?: SettingLine | undefined }
  // 4, from `rotate`
  | {
      kind: 'not-rotatable';
      profile: string;
      why: 'role' | 'process' | 'config-file';
      /** Of a role, the profile that holds the key. */
      source?: string | undefined;
      file?: string;
    }
  /** `isListed` is false for a key that IAM does not list for the user. */
  | { kind: 'key-not-active'; profile: string; accessKeyId: string; isListed: boolean }
  | {
      kind: 'two-keys';
      profile: string;
      accessKeyId: string;
      /** Milliseconds since the epoch, as its last use is. */
      created: number;
      lastUsed: number | 'never' | 'unknown';
      way: 'active' | 'inactive' | 'retired' | 'unfinished';
    }
  | { kind: 'key-changed'; profile: string; path: string; newKeyId: string }
  | { kind: 'too-late-to-abandon'; profile: string; newKeyId: string }
  // 4, from `schedule`
  | { kind: 'scheduler-failed'; command: string; how: Said }
  // 4, from `console`
  /**
   * `roles` are profiles of roles that lean on it; `isSession` if its section holds a session,
   * perhaps of another tool's.
   */
  | { kind: 'console-of-user'; profile: string; roles: string[]; isSession: boolean }
  | { kind: 'no-sign-in'; partition: string }
  /** `tried` are programs; `how` one of them failed. `line` does without. */
  | { kind: 'no-browser'; tried: string[]; how?: Said; line: string }
  // 4, from `init`
  | { kind: 'no-usable-device'; profile: string; unusable: string[] }
  | { kind: 'several-devices'; profile: string; serials: string[] }
  | { kind: 'unconfirmed-device'; profile: string; guess: string | undefined }
  | { kind: 'key-there'; profile: string; file: string }
  | { kind: 'cannot-adopt'; from: string; reason: Said }
  // 4: a key that is kept outside of the files
  /** `store` is a name that `keys move --to` takes. */
  | { kind: 'no-store-program'; store: string; program: string }
  | {
      kind: 'key-store-failed';
      profile: string;
      store: Said;
      doing: 'read' | 'write' | 'remove';
      how: Said;
    }
  | {
      kind: 'key-not-moved';
      profile: string;
      doing: 'move' | 'restore' | 'read';
      reason: Said;
      hint?: Said;
    }
  // 5: AWS refused
  | { kind: 'wrong-code'; profile: string }
  | { kind: 'wrong-serial'; profile: string; serial: string }
  | { kind: 'session-keys-as-source'; profile: string }
  // `length` is that of the ID or the secret, if AWS's own have another one
  | {
      kind: 'unknown-key';
      profile: string;
      region: string;
      session?: string | undefined;
      length?: number | undefined;
    }
  | { kind: 'wrong-secret'; profile: string; length?: number | undefined }
  | { kind: 'clock'; skewSeconds: number | undefined }
  | {
      kind: 'duration-refused';
      profile: string;
      seconds: number;
      said: string;
      codeSent?: boolean;
    }
  | { kind: 'region-disabled'; region: string }
  | { kind: 'session-over'; profile: string }
  // `deviceless` is the profile whose keys asked, if they came without an MFA code
  // `policy` is one that allows all that the command needs
  | {
      kind: 'access-denied';
      action: string;
      said: string;
      deviceless?: string;
      policy?: string;
    }
  | { kind: 'refused'; action: string; name: string; said: string }
  // 6: AWS could not be reached, or did not answer sensibly
  | { kind: 'bad-proxy'; variable: string }
  | { kind: 'proxy-failed'; proxy: string; variable: string; code: string; schemes?: string }
  // `systemProxy` is what only the system's own settings name
  | { kind: 'unreachable'; endpoint: string; code: string; systemProxy?: string }
  | { kind: 'untrusted-certificate'; endpoint: string; code: string }
  | {
      kind: 'timed-out';
      endpoint: string;
      phase: 'connect' | 'read';
      codeSent: boolean;
      systemProxy?: string;
    }
  | { kind: 'answer-lost'; endpoint: string; code: string; codeSent: boolean }
  | { kind: 'throttled'; endpoint: string; tries: number; waitSeconds?: number | undefined }
  | { kind: 'bad-answer'; endpoint: string; what: Said; codeSent: boolean; of?: 'sign-in' }
  // 6, from `rotate`
  | { kind: 'key-maybe-made'; profile: string }
  | { kind: 'key-not-ready'; profile: string; newKeyId: string; seconds: number }
  // 7, from `rotate`
  | { kind: 'still-rotating'; profile: string; seconds: number }
  // 7: the file could not be locked or written
  // `isLock` is false if a file is where the lock should be
  | { kind: 'lock-held'; lock: string; seconds: number; isLock?: false }
  // `owner` is the user ID of somebody else, if that is why
  | { kind: 'unwritable-file'; path: string; code: string; owner?: number }
  | { kind: 'file-keeps-changing'; path: string }
  // 126, 127: the program that exec was to run
  | { kind: 'program-not-runnable'; program: string; code: string }
  | { kind: 'program-not-found'; program: string; isShell?: boolean; isWindows?: boolean }
  | { kind: 'output-failed'; code: string }
  | { kind: 'interrupted'; signal: string };

export type ProblemKind = Problem['kind'];

/** An expected failure: thrown anywhere, and worded where it ends a run or the work on one name. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** True for a {@link Failure}, also one from another bundle of this program (no `instanceof`). */
export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && error.name === 'Failure' && 'problem' in error;
}

/** True for a Failure to report before the next thing is tried: after Ctrl-C nothing is tried. */
export function isReportable(error: unknown): error is Failure {
  return isFailure(error) && error.problem.kind !== 'interrupted';
}
