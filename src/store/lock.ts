/**
 * Locks between processes: a directory beside the file, as the library proper-lockfile makes it.
 */
import type * as properLockfile from 'proper-lockfile';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../problems/problem.ts';
import { errorCode, fileFailure } from '../problems/file-failure.ts';
import { isClosedFolder, keepsWhatIsMade, makeFolderOf, privateFolder } from './folder.ts';
import { lockName } from './leftovers.ts';
import { listenWhileHeld, loadQuietly } from './library-listeners.ts';
import { STALE_MS, disown, isNoLock, isOwn, lockFileSystem } from './lock-directory.ts';

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

/** What says that the place of the lock is occupied, whether by a lock or by something else. */
const TAKEN = ['ELOCKED', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'];

export interface HeldLock {
  /** The lock's directory; undefined if none could be made: then only the comparison guards. */
  readonly path: string | undefined;
  /** True once another has taken the lock over, as after a sleep of the machine. */
  isCompromised(): boolean;
  /** Gives the lock back, unless it was taken over. Never rejects. */
  release(): Promise<void>;
}

export interface AcquireOptions {
  /** How long to wait for one other holder, in ms; for all that come before us four times that. */
  readonly timeoutMs: number;
  /**
   * Called once when the wait has passed one second, with the path of the lock's directory.
   * `isLock` is false if something else is in its place.
   */
  readonly onWait?: ((lockPath: string, isLock: boolean) => void) | undefined;
  /** Called once a lock that was waited for is held, with the length of all pauses in ms. */
  readonly onHeld?: ((pausedMs: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tries once to lock `file`, which need not exist; its folder is made if it is missing. A holder
 * that died is overcome once it has been silent for five and a half seconds. Links are not
 * followed: resolve them first.
 * @returns undefined while somebody alive holds it, or something that is no lock is in its place
 * @throws Failure unwritable-file if no lock can be made at all
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
  let paused = 0;
  let holder: string | undefined;
  let holderSince = start;
  for (;;) {
    options.signal?.throwIfAborted();
    const { held, directory } = await attempt(file);
    if (held) {
      if (paused > 0) options.onHeld?.(Math.round(paused));
      return held;
    }
    const now = performance.now();
    const waited = now - start;
    const current = identify(directory);
    // A queue that moves is no reason to give up.
    if (current !== holder) holderSince = now;
    holder = current;
    if (now - holderSince >= options.timeoutMs || waited >= options.timeoutMs * LONGEST_QUEUE) {
      throw lockHeld(directory, waited);
    }
    if (!isTold && waited > NOTICE_MS) {
      isTold = true;
      options.onWait?.(directory, !isNoLock(directory));
    }
    const next = randomPause(waited);
    await pause(next);
    paused += next;
  }
}

export function lockHeld(directory: string, waitedMs: number): Failure {
  return new Failure({
    kind: 'lock-held',
    lock: directory,
    seconds: Math.round(waitedMs / 1000),
    ...(isNoLock(directory) ? { isLock: false } : {}),
  });
}

/** Many waiters must not slow the holder down by asking, so the pauses grow. */
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
  const beside = lockBeside(file);
  makeFolder(beside);
  if (!keepsWhatIsMade(file)) {
    try {
      return { held: await lockAt(beside), directory: beside };
    } catch (error) {
      if (!isClosedFolder(error) && !keepsWhatIsMade(file)) {
        throw fileFailure('unwritable-file', beside, error);
      }
    }
  }
  const elsewhere = lockElsewhere(file);
  if (elsewhere === undefined) return { held: NO_LOCK, directory: beside };
  try {
    return { held: await lockAt(elsewhere), directory: elsewhere };
  } catch (error) {
    if (keepsWhatIsMade(elsewhere)) return { held: NO_LOCK, directory: elsewhere };
    throw fileFailure('unwritable-file', elsewhere, error);
  }
}

/** For a file in a folder that takes no lock, if there is no other place for one either. */
const NO_LOCK: HeldLock = {
  path: undefined,
  isCompromised: () => false,
  release: () => Promise.resolve(),
};

export function lockBeside(file: string): string {
  return path.join(path.dirname(path.resolve(file)), lockName(file));
}

function makeFolder(directory: string): void {
  try {
    makeFolderOf(directory);
  } catch (error) {
    throw fileFailure('unwritable-file', directory, error);
  }
}

/** For a file that is writable in a folder that is not; the same for every process of one user. */
function lockElsewhere(file: string): string | undefined {
  const folder = privateFolder();
  const name = createHash('sha256').update(path.resolve(file)).digest('hex').slice(0, 16);
  return folder === undefined ? undefined : path.join(folder, `${name}.lock`);
}

let library: Promise<Pick<typeof properLockfile, 'lock'>> | undefined;

async function lockAt(directory: string): Promise<HeldLock | undefined> {
  const { lock } = await (library ??= loadQuietly(() => import('proper-lockfile')));
  let isLost = false;
  let giveBack: () => Promise<void>;
  const endListening = listenWhileHeld();
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
    endListening();
    if (isTaken(directory, errorCode(error) ?? '')) return undefined;
    throw error;
  }
  return {
    path: directory,
    isCompromised: () => isLost || !isOwn(directory),
    release: async () => {
      // Lost or taken over, it is not ours to remove; otherwise one that stays grows stale.
      await giveBack().catch(() => undefined);
      endListening();
      disown(directory);
    },
  };
}

function isTaken(directory: string, code: string): boolean {
  if (TAKEN.includes(code)) return true;
  // Given back in this very moment, if it is not its folder that has gone.
  return code === 'ENOENT' && existsSync(path.dirname(directory));
}
