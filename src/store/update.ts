/** The credentials or config file as a store: read, and changed under a lock without losing a byte. */
import { closeSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../problems/problem.ts';
import { mergeLateChanges } from '../document/merge.ts';
import { writeFileAtomically } from './atomic-write.ts';
import {
  closeSnapshot,
  isUnchanged,
  readDescriptor,
  readNow,
  readSettled,
  takeSnapshot,
} from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { fileFailure, notAFile } from '../problems/file-failure.ts';
import { sweepLeftovers } from './leftovers.ts';
import { isOwnWork } from './own-work.ts';
import { isQuiet } from './other-writers.ts';
import { acquireLock } from './lock.ts';
import type { HeldLock } from './lock.ts';
import { resolveTarget } from './target.ts';

export interface UpdateOptions {
  /** Called once when the lock has been waited for longer than a second, with the lock's path. */
  readonly onWait?: (lockPath: string) => void;
  /** Heeded until something is written; then the little that is left is done. */
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

/**
 * How long after the rename a writer without a lock, caught between its read and its write, is
 * waited for, in ms: less where nobody is at work who could be one, and longer where one was a
 * moment ago. Measured: docs/file-safety.md.
 */
const LOOK_AGAIN_MS = 30;
const LOOK_AGAIN_WHERE_QUIET_MS = 10;
const LOOK_AGAIN_BESIDE_OTHERS_MS = 100;
const A_MOMENT_AGO_MS = 10_000;

/** Between two looks at whether the machine is quiet, in ms. */
const QUIET_STEP_MS = 1;

/** How long a file that lost its content before our eyes is waited for, in ms. */
const REFILL_MS = 500;

/** Between two rounds, in ms; random, so as not to keep step with the other writer. */
const LONGEST_BACKOFF_MS = 15;

/** A file that we replaced, still open, and what it held when we last looked. */
interface Replaced {
  readonly descriptor: number;
  bytes: Buffer;
  /** What we put in its place. */
  readonly by: Uint8Array;
}

/** A write into a replaced file, which nobody can read any more. */
interface LateWrite {
  readonly base: Uint8Array;
  readonly written: Uint8Array;
  readonly replacedBy: Uint8Array;
}

/** What one update knows from round to round. */
interface Progress {
  readonly replaced: Replaced[];
  late: LateWrite | undefined;
  /** The last content seen or written that was not empty. */
  lastContent: Uint8Array;
  isChanged: boolean;
  /** True once somebody who knows no lock was seen at work. */
  hasCompany: boolean;
}

/**
 * Reads the file. One that is empty or looks cut off is read again for a moment before it is
 * believed: a writer without a lock truncates first.
 * @returns undefined where there is no file
 * @throws Failure unreadable-file
 */
export async function readCredentialsFile(path: string): Promise<Uint8Array | undefined> {
  const snapshot = await takeSnapshot(path);
  closeSnapshot(snapshot);
  return snapshot.stats && snapshot.bytes;
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
  const target = findTarget(path);
  const progress: Progress = {
    replaced: [],
    late: undefined,
    lastContent: new Uint8Array(),
    isChanged: false,
    hasCompany: false,
  };
  try {
    for (;;) {
      const lock = await acquireLock(target, {
        timeoutMs: options.lockTimeoutMs ?? LOCK_TIMEOUT_MS,
        onWait: options.onWait,
        signal: options.signal,
      });
      try {
        if (await updateUnderLock(target, edit, lock, progress, options)) return progress.isChanged;
      } finally {
        await lock.release();
      }
    }
  } finally {
    for (const { descriptor } of progress.replaced) closeSync(descriptor);
  }
}

/**
 * Waits until the file can be locked, and lets it go again: for a caller about to spend what it
 * cannot have twice.
 * @throws Failure lock-held, unwritable-file; the signal's reason when it is aborted
 */
export async function assertLockable(
  path: string,
  { onWait, signal, lockTimeoutMs = LOCK_TIMEOUT_MS }: UpdateOptions = {},
): Promise<void> {
  const target = findTarget(path);
  const lock = await acquireLock(target, { timeoutMs: lockTimeoutMs, onWait, signal });
  await lock.release();
}

function findTarget(path: string): string {
  try {
    const target = resolveTarget(path);
    const stats = statSync(target, { throwIfNoEntry: false });
    if (stats && !stats.isFile()) throw notAFile(stats.isDirectory());
    return target;
  } catch (error) {
    throw fileFailure('unwritable-file', path, error);
  }
}

/** @returns false where the lock was lost and must be waited for again */
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
  let isKept = false;
  try {
    const start = startingPoint(snapshot.bytes, progress);
    const wanted = await editSteadily(target, snapshot, edit, start);
    if (wanted === undefined) return false;
    if (snapshot.bytes.equals(wanted)) return !(await findLateWrite(progress));
    const outcome = await writeFileAtomically(
      target,
      snapshot,
      wanted,
      () => !lock.isCompromised(),
    );
    if (outcome === 'overtaken') return false;
    progress.isChanged = true;
    progress.late = undefined;
    progress.lastContent = wanted;
    if (outcome === 'replaced' && snapshot.descriptor !== undefined) {
      isKept = true;
      const { descriptor, bytes } = snapshot;
      progress.replaced.push({ descriptor, bytes, by: wanted });
    }
    await waitForLateWriters(target, snapshot, progress);
    return !(await findLateWrite(progress)) && readNow(target).equals(wanted);
  } finally {
    if (!isKept) closeSnapshot(snapshot);
  }
}

/**
 * Gives a writer without a lock the time to show itself: less where nobody is at work who could be
 * one, and all of it where one was at work a moment ago.
 */
async function waitForLateWriters(
  target: string,
  { stats }: Snapshot,
  progress: Progress,
): Promise<void> {
  if (stats && !isOwnWork(stats) && Date.now() - Number(stats.mtimeMs) < A_MOMENT_AGO_MS) {
    progress.hasCompany = true;
  }
  if (progress.hasCompany) return pause(LOOK_AGAIN_BESIDE_OTHERS_MS);
  const end = performance.now() + LOOK_AGAIN_MS;
  await pause(LOOK_AGAIN_WHERE_QUIET_MS);
  while (performance.now() < end && !isQuiet(target)) await pause(QUIET_STEP_MS);
}

/** The content to edit: what is there, with what was written into a file that we had replaced. */
function startingPoint(current: Buffer, progress: Progress): Uint8Array {
  // Emptied before our eyes and not filled again: its writer died, and what it held is kept.
  const there = current.length > 0 ? current : progress.lastContent;
  progress.lastContent = there;
  const { late } = progress;
  if (!late) return there;
  return current.equals(late.replacedBy)
    ? late.written
    : mergeLateChanges(late.base, late.written, there);
}

/** @returns undefined where the edit failed on a content that did not last */
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
    await pause(LOOK_AGAIN_MS);
    if (isUnchanged(target, snapshot)) throw error;
    return undefined;
  }
}

/** Looks into the files that we replaced for what was written there since. */
async function findLateWrite(progress: Progress): Promise<boolean> {
  for (const file of progress.replaced) {
    if (readDescriptor(file.descriptor).equals(file.bytes)) continue;
    const written = await readToTheEnd(file.descriptor);
    const base = file.bytes;
    file.bytes = written;
    // Truncated and never filled: its writer died, and nobody sees this file any more.
    if (written.length === 0) continue;
    progress.late = { base, written, replacedBy: file.by };
    return true;
  }
  return false;
}

/** Reads a file that is being written until it holds the same for a while. */
async function readToTheEnd(descriptor: number): Promise<Buffer> {
  for (;;) {
    const bytes = await readSettled(descriptor, REFILL_MS);
    await pause(LOOK_AGAIN_MS);
    if (readDescriptor(descriptor).equals(bytes)) return bytes;
  }
}
