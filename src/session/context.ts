/** What the parts of one run share: what is wanted, by which settings, and what came of it. */
import type { Problem } from '../problems/problem.ts';
import type { Session } from '../credentials/keys.ts';
import type { Reporter } from '../output/reporter.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import type { SuppliedKeysCache } from './source-keys.ts';
import type { PromptWay, SessionSettings } from './options.ts';
import type { CodeDesk } from './codes.ts';
import type { HeldLock, World } from '../world.ts';
import type { ConnectionSettings } from '../aws/connection.ts';

export interface Outcome {
  readonly profile: Profile;
  readonly sessionName: string;
  readonly session: Session;
  readonly action: 'reused' | 'refreshed';
  /** Why the session could not be written: it is valid, but not in the file. */
  readonly unstored?: Problem | undefined;
  /**
   * True for a role that was assumed in this run with a long-term key: AWS lets such a session alone
   * into the console for longer than it lasts itself.
   */
  readonly isDirect?: boolean;
  /** True if there was no session in the file before. */
  readonly isFirst?: boolean;
}

/**
 * One session to be made sure of, and the names on the way to it from the one that was asked for.
 */
export interface Wish {
  readonly name: string;
  readonly path: readonly string[];
  readonly force: boolean;
  /** The device of a role that leans on this profile, for a profile that names none itself. */
  readonly borrowedSerial?: string | undefined;
}

export interface RunContext {
  readonly settings: SessionSettings;
  readonly world: World;
  readonly reporter: Reporter;
  /** Where codes come from, one for the whole run. */
  codes(): Promise<CodeDesk>;
  /** Names of the sessions that were renewed in this run. */
  readonly renewed: Set<string>;
  readonly supplied: SuppliedKeysCache;
  /** What is being renewed: the session that was asked for first, then those on the way to it. */
  readonly renewals: Renewal[];
  /**
   * When the present attempt began, in milliseconds since the epoch: with the run, or after its
   * last wait or session.
   */
  since: number;
  /** What this run last made of a credentials file that it had looked through. */
  ownWork?: Uint8Array | undefined;
  ensure(wish: Wish): Promise<Outcome>;
  /**
   * Checks all that can be checked of a session without asking; of a valid one, nothing.
   * @throws Failure
   */
  check(wish: Wish): Promise<void>;
}

/** What is to be renewed, and the files as they were when that was found out. */
export interface Target {
  readonly profile: Profile;
  readonly sessionName: string;
  readonly files: AwsFiles;
}

/** A renewal under way, and what it keeps others from meanwhile. */
export interface Renewal {
  readonly target: Target;
  readonly wish: Wish;
  /** How its person wants to be asked. */
  readonly prompt: PromptWay | undefined;
  /** How it is tried, so that one failure can be told to all who try the same. */
  readonly attempt: Attempt;
  /** Held except while somebody or something is waited for. */
  exchange: HeldLock | undefined;
  /** Held from the first question, or the first run of a command, to the end. */
  readonly waits: { question?: HeldLock | undefined; command?: HeldLock | undefined };
}

/** Two attempts that are the same come to the same end; neither text gives a secret away. */
export interface Attempt {
  /** Stands for the call to AWS: whose keys, which device, which endpoint. */
  readonly call: string;
  /** Stands for where its code comes from; undefined for one that nobody else gets. */
  readonly code: string | undefined;
}

export interface ExchangeTerms {
  readonly profile: Profile;
  readonly connection: ConnectionSettings;
  readonly durationSeconds: number;
  /** The MFA device that the session was got with; undefined for one without MFA. */
  readonly device: string | undefined;
}
