/** Every effect that the program may have, as one value: tests hand in a world of their own. */
import type { ConnectionSettings } from './aws/connection.ts';
import type { Environment } from './aws/environment.ts';
import type { SystemProxy } from './aws/system-proxy.ts';
import type { Session } from './credentials/keys.ts';
import type { Secret } from './credentials/secret.ts';
import type { Language } from './output/language.ts';
import type { Said, Speak } from './problems/text.ts';

export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Width in columns; undefined if it is no terminal. */
  readonly columns: number | undefined;
}

/** Long-term or session keys to sign a request with. */
export interface SigningKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret | undefined;
}

export interface SessionTokenInput {
  readonly serialNumber: string;
  readonly tokenCode: Secret;
  readonly durationSeconds: number;
}

export interface AssumeRoleInput {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly externalId?: string | undefined;
  readonly durationSeconds: number;
  /** With the code that its device shows, if the signing keys are a user's own. */
  readonly serialNumber?: string;
  readonly tokenCode?: Secret;
}

export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

/** STS, seen through one set of keys. Each call rejects with an `AwsFault` (problems/faults.ts). */
export interface Sts {
  getSessionToken(input: SessionTokenInput): Promise<Session>;
  assumeRole(input: AssumeRoleInput): Promise<Session>;
  getCallerIdentity(): Promise<CallerIdentity>;
  /** Loads what a call needs, so that one made later is quick. Never rejects. */
  warmUp(): Promise<void>;
  /** Seconds by which this machine's clock is ahead of AWS's, by the last answer's `Date`. */
  clockSkewSeconds(): number | undefined;
  close(): void;
}

export interface SignInInput {
  /** A role's. */
  readonly session: Session;
  /** How long the console is to stay open; as long as the session if undefined. */
  readonly durationSeconds: number | undefined;
}

/** The sign-in to the AWS console. Each call rejects with an `AwsFault`. */
export interface SignIn {
  /** @returns what opens the console, once, within 15 minutes */
  signInToken(input: SignInInput): Promise<Secret>;
  close(): void;
}

/** What IAM lists of a long-term key. */
export interface ListedKey {
  readonly accessKeyId: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly isActive: boolean;
}

/** A long-term key that IAM has just made; nobody else has its secret, nor can it be asked for again. */
export interface NewAccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
}

/** IAM, asked about the user whose keys sign. Each call rejects with an `AwsFault`. */
export interface Iam {
  /** Serial numbers of the user's MFA devices, security keys among them. */
  listMfaDevices(): Promise<string[]>;
  listAccessKeys(): Promise<ListedKey[]>;
  /** Sent once: of an answer that is lost nobody knows whether a key was made. */
  createAccessKey(): Promise<NewAccessKey>;
  /** Milliseconds since the epoch; undefined for a key that was never used. */
  getAccessKeyLastUsed(accessKeyId: string): Promise<number | undefined>;
  deactivateAccessKey(accessKeyId: string): Promise<void>;
  deleteAccessKey(accessKeyId: string): Promise<void>;
  /** As {@link Sts.clockSkewSeconds}. */
  clockSkewSeconds(): number | undefined;
  close(): void;
}

/** A lock that this process holds. */
export interface HeldLock {
  /** True once another has taken it over, as after a sleep of the machine. */
  isCompromised(): boolean;
  release(): Promise<void>;
}

export interface LockOptions {
  /** Called once when the wait for another program's lock has passed a second. */
  readonly onWait?: (lockPath: string, isLock: boolean) => void;
  /** Called once a lock that was waited for is held, with the length of all pauses in ms. */
  readonly onHeld?: (pausedMs: number) => void;
  /** Called if no lock can be made, so that only the comparison guards the file. */
  readonly onNoLock?: (file: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * What one program does at a time: an exchange for a session, the question for its code, the
 * command that prints it, any question on one terminal, the rotation of a profile's key.
 */
export interface Gate {
  readonly kind: 'exchange' | 'question' | 'command' | 'terminal' | 'rotation';
  /** The session, the terminal's device, or the profile. */
  readonly of: string;
}

/** Files that are changed under a lock. */
export interface Store {
  /** @throws Failure lock-held, unwritable-file, unreadable-file, file-keeps-changing */
  withLockedUpdate(
    path: string,
    edit: (bytes: Uint8Array) => Uint8Array | undefined,
    options?: LockOptions,
  ): Promise<boolean>;
  /** Tries all that a write will need. @throws Failure unwritable-file, unreadable-file */
  assertWritable(path: string, options?: { readonly keepsLeftovers?: boolean }): Promise<void>;
  /** Waits until nobody else holds the file's lock. @throws Failure lock-held, unwritable-file */
  assertLockable(path: string, options?: LockOptions): Promise<void>;
  /** One try at a gate beside the file; undefined while somebody else holds it. */
  tryGate(file: string, gate: Gate): Promise<HeldLock | undefined>;
  /** Takes a gate from whoever holds it, dead or alive, as its purpose has been served. */
  openGate(file: string, gate: Gate): void;
  /** What was last left for those who want a session of the file; undefined if there is nothing. */
  readNote(file: string, session: string): Note | undefined;
  /** Leaves it where only this user's programs find it; undefined removes it. Never throws. */
  leaveNote(file: string, session: string, text: string | undefined): void;
  /**
   * Puts a file there that only the user may read, in one step, and on the disk when this resolves.
   * Not for two programs at once. @throws Failure unwritable-file
   */
  keepPrivate(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes it with what a killed run left of it; one that is not there is fine. @throws Failure unwritable-file */
  dropPrivate(path: string): void;
}

/** What one program leaves for others that run at the same time. */
export interface Note {
  readonly text: string;
  /** When it was written, in milliseconds since the epoch. */
  readonly written: number;
}

export interface TextQuestion {
  /** The answer if nothing is typed. */
  readonly usual?: string;
  /** What is wrong with a text; undefined if nothing is. */
  readonly check: (text: string) => Said | undefined;
}

/** The whole terminal, redrawn in place. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  draw(lines: readonly string[]): void;
  /**
   * Waits that long, or until the window's size changes or `q` is typed.
   * @throws Failure interrupted
   */
  wait(milliseconds: number): Promise<'time' | 'resize' | 'quit'>;
  /** Puts the terminal back as it was. */
  close(): void;
}

/** How a program that was run for its effect failed. */
export interface CommandFailure {
  /** Undefined if it could not be started, or was ended by a signal. */
  readonly status: number | undefined;
  /** In words. */
  readonly how: Said;
}

/** The user's system beside the AWS files. */
export interface System {
  /** The number by which the system knows the user; 0 if it has none. */
  readonly userId: number;
  /**
   * Puts a file there in one step, with these permission bits whatever the umask is; folders on the
   * way are made for the user only.
   * @throws Failure unwritable-file
   */
  writeFile(path: string, bytes: Uint8Array, mode: number): Promise<void>;
  /** A file that is not there is fine. @throws Failure unwritable-file */
  removeFile(path: string): Promise<void>;
  /** Where a path leads in the end, as the system sees it; undefined if there is nothing. */
  realPath(path: string): string | undefined;
  /** The file that a command's name means to the shell; undefined if there is none. */
  findProgram(name: string): string | undefined;
  /**
   * Runs a program of the system that asks nothing, by its bare name.
   * @returns undefined if it ended well
   */
  run(command: readonly [string, ...string[]]): Promise<CommandFailure | undefined>;
  /** Shows a notification; does nothing if there is no desktop. */
  notify(title: string, text: string): Promise<void>;
}

/** The person at the terminal. Every question rejects with Failure `interrupted` on Ctrl-C. */
export interface Terminal {
  /** @param until ends the question; it then rejects with the signal's reason */
  askCode(message: Said, serialNumber: string, until?: AbortSignal): Promise<Secret>;
  /** @returns the index of the choice that was taken */
  choose(message: Said, choices: readonly Said[]): Promise<number>;
  confirm(message: Said, usual: boolean): Promise<boolean>;
  askText(message: Said, options: TextQuestion): Promise<string>;
  /** Nothing of what is typed is shown. */
  askSecret(message: Said): Promise<Secret>;
  /** A line for the person only; it goes where the questions go. */
  say(line: Said): void;
  close(): void;
}

/** What a code is needed for. */
export interface WantedCode {
  /** The source profile. */
  readonly profile: string;
  readonly session: string | undefined;
  readonly serialNumber: string;
}

/** A program to be run in this one's place. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Something that a killed program left. */
export interface Leftover {
  readonly path: string;
  /** A `file where a lock belongs` is not this program's: it is named, never removed. */
  readonly kind: 'temporary file' | 'lock' | 'file in the place of a lock';
}

/** What the system says of a file or folder, links followed. */
export interface Ownership {
  readonly kind: 'file' | 'folder' | 'pipe' | 'other';
  /** Permission bits, those of setuid, setgid and the sticky bit among them. */
  readonly mode: number;
  /** The user ID of its owner. */
  readonly owner: number;
  readonly isOwn: boolean;
  /** Without links. */
  readonly realPath: string;
}

/** Whom an access list of Windows lets in beside the user and the system. */
export interface OthersAccess {
  /** The user's own number, `S-1-…`; undefined if it is not known. */
  readonly own: string | undefined;
  /** Nobody if empty. */
  readonly names: readonly string[];
  /** Numbers, as `icacls` takes them behind a `*`. */
  readonly numbers: readonly string[];
  readonly others: 'read' | 'write';
}

/** What `doctor` looks at beyond the files' text. */
export interface Diagnostics {
  readonly nodeVersion: string;
  /** Beside the file. @param now milliseconds since the epoch */
  readonly leftovers: (file: string, now: number) => Leftover[];
  /** @throws the system's error */
  readonly remove: (leftover: Leftover) => void;
  /**
   * Takes the permissions of group and others away from a regular file or an `.aws` folder of the
   * user's own.
   * @throws the system's error, EPERM for anything else
   */
  readonly closeToOthers: (path: string) => void;
  /** By a file's access list; undefined if that cannot be read, or is of another kind than Windows'. */
  readonly othersByList: (path: string) => Promise<OthersAccess | undefined>;
  /** The proxy of the system's own settings; undefined if there is none, or no such settings. */
  readonly systemProxy: () => Promise<SystemProxy | undefined>;
  /** Of Windows: by which its programs read text that names no encoding; undefined if it cannot be told. */
  readonly codePage: () => Promise<number | undefined>;
  /** True if both paths lead to one file, as on a file system that ignores case. */
  readonly isSameFile: (one: string, other: string) => boolean;
}

/** The machine and the user's place on it. */
export interface Machine {
  readonly env: Environment;
  readonly platform: string;
  readonly home: string;
  /** The home folder of a user of this machine; undefined if that is not known. */
  homeOfUser(name: string): string | undefined;
  /** What a person reads here. */
  readonly language: Language;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** When this run began, in milliseconds since the epoch. */
  readonly began: number;
  /** @param until ends it; it then rejects with the signal's reason. @throws Failure interrupted */
  sleep(milliseconds: number, until?: AbortSignal): Promise<void>;
}

/** Files as they lie there; what is written goes through a {@link Store}. */
export interface Files {
  /**
   * The file's bytes; undefined if there is none, or no regular one, which is not even opened.
   * @throws Failure unreadable-file
   */
  readFile(path: string): Uint8Array | undefined;
  /**
   * When the file was last written, in milliseconds since the epoch; undefined if there is none.
   */
  lastWritten(path: string): number | undefined;
  /** Undefined if there is nothing, or no such owners and bits, as on Windows. */
  ownership(path: string): Ownership | undefined;
}

export interface Streams {
  readonly stdout: Output;
  readonly stderr: Output;
  /** @param until ends the wait for it; it then rejects with the signal's reason */
  readStdin(until?: AbortSignal): Promise<string>;
  /** True if a person could use a program on stdin and stdout: both are terminals. */
  readonly isInteractive: boolean;
}

/** Whoever sits in front of it. */
export interface Person {
  /** Puts what is said into the words of the person's language. */
  readonly speak: Speak;
  /** The person's terminal; undefined if there is none. */
  terminal(): Promise<Terminal | undefined>;
  /** Takes the terminal; undefined if stdout is none. */
  screen(): Promise<Screen | undefined>;
  /**
   * Where a code can be asked for in a window.
   * @returns the names that were looked for in vain, none of them if there is no display
   */
  codeWindow(): Promise<CodeWindow | readonly string[]>;
  /** The same for all programs that would ask one person; undefined if nobody can tell. */
  askingPlace(at: 'terminal' | 'window'): Promise<string | undefined>;
}

/** What a program that keeps secrets is asked. */
export interface ProgramQuestion {
  /** Its name or path, and its arguments, none of which is secret. */
  readonly command: readonly [string, ...string[]];
  /** True if the first of them is a command line of the user's, for the shell. */
  readonly isShellLine?: boolean;
  /** What it reads on stdin; nothing unless given. */
  readonly input?: Secret;
  /** Variables on top of this program's own. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** What it answered, or how it failed to, in words that begin with "it". */
export type ProgramAnswer =
  | { readonly status: number; readonly output: Secret; readonly said: string }
  | { readonly how: Said };

/** Asks for a code in a window of the desktop. */
export interface CodeWindow {
  /**
   * @param lines the question, and before it what the person should know
   * @param until closes the window; the call then rejects with the signal's reason
   * @returns the code, or why there is none
   * @throws Failure interrupted if the person closes the window
   */
  ask(
    lines: readonly Said[],
    until?: AbortSignal,
  ): Promise<
    { kind: 'code'; code: Secret } | { kind: 'late' } | { kind: 'failed'; tried: readonly string[] }
  >;
}

/** What shows a page to the person. */
export interface Browser {
  /** @returns undefined if it was started; else how that failed, in words that begin with "it" */
  open(address: Secret): Promise<Said | undefined>;
  /** As a person would call it. */
  readonly name: string;
}

/** This program and others. */
export interface Programs {
  /**
   * The person's browser.
   * @param command a command line for the shell, which is given the address as one more word
   * @returns the names that were looked for in vain, if there is none
   */
  findBrowser(command: string | undefined): Promise<Browser | readonly string[]>;
  /** How this program was started, as absolute paths: for texts that start it again. */
  readonly launch: { readonly node: string; readonly program: string; readonly folder: string };
  /**
   * Names of the programs that this one runs under, nearest first; none if the system does not
   * tell.
   */
  callingPrograms(): Promise<readonly string[]>;
  /**
   * Runs a program on this one's own stdin, stdout and stderr.
   * @returns its exit code, 128 + n where signal n ended it.
   * @throws Failure program-not-found, program-not-runnable
   */
  runProgram(program: Program): Promise<number>;
  /**
   * Runs a command line in the shell and takes the MFA code from its output; it may use the
   * terminal.
   * @param until ends it with all that it has started; the call then rejects with the signal's reason
   * @throws Failure code-command-failed
   */
  runCodeCommand(command: string, wanted: WantedCode, until?: AbortSignal): Promise<Secret>;
  /**
   * Runs a command line in the shell for what it prints, with these variables on top; else how it
   * failed, in words that begin with "it".
   */
  runKeyCommand(
    command: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<{ output: Secret } | { how: Said }>;
  /** Runs a program for what it prints, without a terminal; what it says on stderr is kept apart. */
  askProgram(question: ProgramQuestion): Promise<ProgramAnswer>;
  /** True if there is a program of that name on PATH, or that file. */
  hasProgram(name: string): Promise<boolean>;
}

export interface Aws {
  sts(connection: ConnectionSettings, keys: SigningKeys): Promise<Sts>;
  iam(connection: ConnectionSettings, keys: SigningKeys): Promise<Iam>;
  signIn(connection: ConnectionSettings): Promise<SignIn>;
}

/** The few effects that answering with a valid session needs. */
export interface NearWorld
  extends Machine, Pick<Clock, 'now'>, Pick<Files, 'readFile'>, Pick<Streams, 'stdout' | 'stderr'> {
  /** False for what can be read only once, such as a pipe; true also if there is nothing. */
  canBeReadAgain(path: string): boolean;
  /** As {@link Programs.callingPrograms}; undefined if that takes longer. */
  callers(): readonly string[] | undefined;
}

/** All of it. A function that needs one part asks for that part. */
export interface World extends Machine, Clock, Files, Streams, Person, Programs, Aws {
  /** Aborted with a Failure `interrupted` as its reason when a signal arrives. */
  readonly interrupt: AbortSignal;
  store(): Promise<Store>;
  diagnostics(): Promise<Diagnostics>;
  system(): Promise<System>;
}
