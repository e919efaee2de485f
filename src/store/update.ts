/**
 * The credentials or config file as a store: read, and changed under a lock without losing a byte.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../problems/problem.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { LateWriters, REFILL_MS, waitForNextContent } from './late-writers.ts';
import { closeSnapshot, isUnchanged, readNow, takeSnapshot } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { sweepLeftovers } from './leftovers.ts';
import { acquireLock } from './lock.ts';
import type { HeldLock } from './lock.ts';
import { refusalToWrite, targetToWrite } from './refusal.ts';

export interface UpdateOptions {
  /** Called once when the lock has been waited for longer than a second, with the lock's path. */
  readonly onWait?: (lockPath: string, isLock: boolean) => void;
  /** Called once a lock that was waited for is held, with the length of all pauses in ms. */
  readonly onHeld?: (pausedMs: number) => void;
  /** Called if no lock can be made, so that only the comparison guards the file. */
  readonly onNoLock?: (target: string) => void;
  /** Checked until something is written; what little is left after that is finished. */
  readonly signal?: AbortSignal;
  /** How long to wait for another holder of the lock, in ms; 30,000 by default. */
  readonly lockTimeoutMs?: number;
  /** How long to start over while others rewrite the file, in ms; 10,000 by default. */
  readonly keepTryingMs?: number;
}

/** From bytes to bytes; given what it has made itself, it must change nothing. */
export type Edit = (bytes: Uint8Array) => Uint8Array | undefined;

const LOCK_TIMEOUT_MS = 30_000;
const KEEP_TRYING_MS = 10_000;

/** Between two rounds, in ms; random, so as not to keep step with the other writer. */
const LONGEST_BACKOFF_MS = 15;

/** What one update knows from round to round. */
interface Progress {
  readonly lateWriters: LateWriters;
  /** The last content seen or written that was not empty. */
  lastContent: Uint8Array;
  isChanged: boolean;
}

/**
 * Changes the file under its lock. `edit` gets what is there now, nothing if there is no file, and
 * returns the new content or undefined to leave it. It is called again whenever somebody else wrote
 * in between, and once more on its own work at the end; what it throws is thrown on and nothing
 * changes.
 * @returns whether the file was changed
 * @throws Failure lock-held, unwritable-file, unreadable-file, file-keeps-changing; the signal's
 * reason when it is aborted
 */
export async function withLockedUpdate(
  path: string,
  edit: Edit,
  options: UpdateOptions = {},
): Promise<boolean> {
  const target = targetToWrite(path);
  const progress: Progress = {
    lateWriters: new LateWriters(),
    lastContent: new Uint8Array(),
    isChanged: false,
  };
  try {
    for (;;) {
      const lock = await lockFor(target, options);
      try {
        if (await updateUnderLock(target, edit, lock, progress, options)) return progress.isChanged;
      } finally {
        await lock.release();
      }
    }
  } catch (error) {
    throw refusalToWrite(target, error);
  } finally {
    progress.lateWriters.close();
  }
}

/**
 * Waits until the file can be locked, and lets it go again: for a caller about to spend what it
 * cannot have twice.
 * @throws Failure lock-held, unwritable-file; the signal's reason when it is aborted
 */
export async function assertLockable(path: string, options: UpdateOptions = {}): Promise<void> {
  const lock = await lockFor(targetToWrite(path), options);
  await lock.release();
}

async function lockFor(
  target: string,
  { onWait, onHeld, onNoLock, signal, lockTimeoutMs = LOCK_TIMEOUT_MS }: UpdateOptions,
): Promise<HeldLock> {
  const lock = await acquireLock(target, { timeoutMs: lockTimeoutMs, onWait, onHeld, signal });
  if (lock.path === undefined) onNoLock?.(target);
  return lock;
}

/** @returns false if the lock was lost and must be waited for again */
async function updateUnderLock(
  target: string,
  edit: Edit,
  lock: HeldLock,
  progress: Progress,
  options: UpdateOptions,
): Promise<boolean> {
  const end = performance.now() + (options.keepTryingMs ?? KEEP_TRYING_MS);
  while (performance.now() < end) {
    if (!progress.isChanged) options.signal?.throwIfAborted();
    if (await isUpdated(target, edit, lock, progress)) {
      if (progress.isChanged) sweepLeftovers(target, Date.now());
      return true;
    }
    if (lock.isCompromised()) return false;
    await pause(Math.random() * LONGEST_BACKOFF_MS);
  }
  throw new Failure({ kind: 'file-keeps-changing', path: target });
}

/** One round. @returns true once the file holds what `edit` wants and nobody's write is missing */
async function isUpdated(
  target: string,
  edit: Edit,
  lock: HeldLock,
  progress: Progress,
): Promise<boolean> {
  const settlingMs = progress.lastContent.length > 0 ? REFILL_MS : undefined;
  const snapshot = await takeSnapshot(target, settlingMs);
  const { lateWriters } = progress;
  let isWatched = false;
  try {
    const start = startingPoint(snapshot.bytes, progress);
    const wanted = await editSteadily(target, snapshot, edit, start);
    if (wanted === undefined) return false;
    if (snapshot.bytes.equals(wanted)) return !(await lateWriters.find());
    const outcome = await writeFileAtomically(
      target,
      snapshot,
      wanted,
      () => !lock.isCompromised(),
    );
    if (outcome === 'overtaken') return false;
    progress.isChanged = true;
    lateWriters.forget();
    progress.lastContent = wanted;
    isWatched = outcome === 'replaced' && lateWriters.watch(snapshot, wanted);
    await lateWriters.wait(target, snapshot);
    return !(await lateWriters.find()) && readNow(target).equals(wanted);
  } finally {
    if (!isWatched) closeSnapshot(snapshot);
  }
}

/** The content to edit: what is there, with what was written into a file that we had replaced. */
function startingPoint(current: Buffer, progress: Progress): Uint8Array {
  // Truncated while we watched and never refilled: its writer died, and what it held is kept.
  const there = current.length > 0 ? current : progress.lastContent;
  progress.lastContent = there;
  return progress.lateWriters.carriedOver(current, there);
}

/** @returns undefined if the edit failed on a content that did not last */
async function editSteadily(
  target: string,
  snapshot: Snapshot,
  edit: Edit,
  start: Uint8Array,
): Promise<Uint8Array | undefined> {
  try {
    return edit(start) ?? start;
  } catch (error) {
    // Half of a file, caught while it was written, must not count as the user's mistake.
    await waitForNextContent();
    if (isUnchanged(target, snapshot)) throw error;
    return undefined;
  }
}
