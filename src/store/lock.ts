/** Locks between processes: a directory beside the file, as the library proper-lockfile makes it. */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../problems/problem.ts';
import { errorCode, fileFailure } from '../problems/file-failure.ts';
import { STALE_MS, claim, disown, isOwn, lockFileSystem } from './lock-directory.ts';
import { makeFolderOf } from './target.ts';

/** How often a held lock is refreshed, in ms; the library allows no less. */
const UPDATE_MS = 1000;

/** A wait longer than this is worth a word to the user, in ms. */
const NOTICE_MS = 1000;

/** Between two tries, in ms: short at first, and never the same for two contenders. */
const SHORTEST_PAUSE_MS = 5;
const FIRST_PAUSES_MS = 30;
const LONGEST_PAUSE_MS = 200;

/** The longest wait in a queue that moves, in time-outs. */
const LONGEST_QUEUE = 4;

/** What a folder says in which no lock can be made. */
const CLOSED_FOLDER = ['EACCES', 'EPERM', 'EROFS'];

/** What says that the place of the lock is taken, whether by a lock or by something else. */
const TAKEN = ['ELOCKED', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'ENOENT'];

export interface HeldLock {
  /** The lock's directory. */
  readonly path: string;
  /** True once another has taken the lock over, as after a sleep of the machine. */
  isCompromised(): boolean;
  /** Gives the lock back, unless it was taken over. Never rejects. */
  release(): Promise<void>;
}

export interface AcquireOptions {
  /** How long to wait for one other holder, in ms; for all that come before us four times that. */
  readonly timeoutMs: number;
  /** Called once when the wait has passed one second, with the path of the lock's directory. */
  readonly onWait?: ((lockPath: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tries once to lock `file`, which need not exist; its folder is made where it is missing. A holder
 * that died is overcome once it has been silent for five and a half seconds. Links are not followed:
 * resolve them first.
 * @returns undefined while somebody alive holds it, or something that is no lock is in its place
 * @throws Failure unwritable-file where no lock can be made at all
 */
export async function tryLock(file: string): Promise<HeldLock | undefined> {
  return (await attempt(file)).held;
}

/**
 * Waits for the lock of `file`.
 * @throws Failure lock-held, unwritable-file; the signal's reason when it is aborted
 */
export async function acquireLock(file: string, options: AcquireOptions): Promise<HeldLock> {
  const start = performance.now();
  let isTold = false;
  let holder: string | undefined;
  let holderSince = start;
  for (;;) {
    options.signal?.throwIfAborted();
    const { held, directory } = await attempt(file);
    if (held) return held;
    const now = performance.now();
    const waited = now - start;
    const current = identify(directory);
    // A queue that moves is no reason to give up.
    if (current !== holder) holderSince = now;
    holder = current;
    if (now - holderSince >= options.timeoutMs || waited >= options.timeoutMs * LONGEST_QUEUE) {
      throw new Failure({ kind: 'lock-held', lock: directory, seconds: Math.round(waited / 1000) });
    }
    if (!isTold && waited > NOTICE_MS) {
      isTold = true;
      options.onWait?.(directory);
    }
    await pause(randomPause(waited));
  }
}

/** Many waiters must not keep the holder from its work by asking, so the pauses grow. */
function randomPause(waited: number): number {
  const longest = Math.min(FIRST_PAUSES_MS + waited / 10, LONGEST_PAUSE_MS);
  return SHORTEST_PAUSE_MS + Math.random() * longest;
}

/** Tells one holder's directory from the next one's. */
function identify(directory: string): string | undefined {
  const stats = statSync(directory, { throwIfNoEntry: false });
  return stats && `${stats.ino} ${stats.birthtimeMs}`;
}

interface Attempt {
  readonly held: HeldLock | undefined;
  readonly directory: string;
}

async function attempt(file: string): Promise<Attempt> {
  const beside = `${path.resolve(file)}.lock`;
  makeFolder(beside);
  try {
    return { held: await lockAt(beside), directory: beside };
  } catch (error) {
    if (!CLOSED_FOLDER.includes(errorCode(error) ?? '')) {
      throw fileFailure('unwritable-file', beside, error);
    }
  }
  const elsewhere = directoryElsewhere(file);
  try {
    return { held: await lockAt(elsewhere), directory: elsewhere };
  } catch (error) {
    throw fileFailure('unwritable-file', elsewhere, error);
  }
}

function makeFolder(directory: string): void {
  try {
    makeFolderOf(directory);
  } catch (error) {
    throw fileFailure('unwritable-file', directory, error);
  }
}

/** Where a file is writable and its folder is not; the same for every process of one user. */
function directoryElsewhere(file: string): string {
  const name = createHash('sha256').update(path.resolve(file)).digest('hex').slice(0, 16);
  return path.join(os.tmpdir(), `mfa-profile-${name}.lock`);
}

async function lockAt(directory: string): Promise<HeldLock | undefined> {
  const { lock } = await import('proper-lockfile');
  let isLost = false;
  let giveBack: () => Promise<void>;
  try {
    giveBack = await lock(directory, {
      lockfilePath: directory,
      realpath: false,
      stale: STALE_MS,
      update: UPDATE_MS,
      retries: 0,
      fs: lockFileSystem,
      // The default throws from a timer, where nobody can catch it.
      onCompromised: () => {
        isLost = true;
      },
    });
  } catch (error) {
    if (isTaken(directory, errorCode(error) ?? '')) return undefined;
    throw error;
  }
  claim(directory);
  return {
    path: directory,
    isCompromised: () => isLost || !isOwn(directory),
    release: async () => {
      // Lost or taken over, it is not ours to remove; otherwise one that stays grows stale.
      await giveBack().catch(() => undefined);
      disown(directory);
    },
  };
}

/** An old lock that may not be removed gives the same codes as a folder that takes no new one. */
function isTaken(directory: string, code: string): boolean {
  return TAKEN.includes(code) || (CLOSED_FOLDER.includes(code) && existsSync(directory));
}
