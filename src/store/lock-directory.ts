/**
 * The file system as proper-lockfile is to see it: what a lock's directory says about its holder,
 * with care for the cases that the library leaves open.
 *
 * - It removes a stale lock some time after it found it stale, and a contender's fresh one by then
 *   (moxystudio/node-proper-lockfile#121): here both happen in one go.
 * - It removes a lock on release although another has taken it over: here only one's own goes.
 * - A lock dated ahead never grows stale, or late: here one does that nobody refreshes.
 * - A lock whose date may not be set is nobody's to it: here its holder touches it by an entry.
 */
import { lstatSync, mkdirSync, readdirSync, rmdirSync, statSync, utimesSync } from 'node:fs';
import type { Stats } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { errorCode } from '../problems/file-failure.ts';
import { keepsWhatIsMade, rememberKeepsAll } from './folder.ts';
import { makeWhenFree } from './in-use.ts';

/**
 * A lock untouched for so long has no living holder, in ms. More than five seconds, for that is how
 * often other programs refresh a lock with this library's own settings.
 */
export const STALE_MS = 5500;

/**
 * Between two looks at a lock that count as one watch, in ms: who slept longer has seen nothing.
 */
const LONGEST_BLINK_MS = 2000;

/** An entry in the lock's directory, made and removed to give it a new date. */
const TOUCH = 'touch';

const LOCK_MODE = 0o700;

type Callback<T = void> = (error: Error | null, value?: T) => void;

interface Own {
  /** What the directory looked like when this process last touched it. */
  readonly stats: Stats;
  /** The date that the library believes it has set; undefined if it has. */
  readonly believed: Date | undefined;
}

/** The locks of this process, by the path of the directory. */
const own = new Map<string, Own>();

/** Those of them that are held at this moment. */
const held = new Set<string>();

interface Watch {
  readonly stats: Stats;
  readonly since: number;
  readonly seen: number;
}

/** Foreign locks: since when each has looked the same, by this process's own clock. */
const watched = new Map<string, Watch>();

/** True while the lock's directory is the one that this process made or refreshed. */
export function isOwn(directory: string): boolean {
  const known = own.get(directory);
  return known !== undefined && isSame(known.stats, look(directory));
}

/** Looks at a lock that will be wanted later, so that the wait for its holder to die begins now. */
export function watch(directory: string): void {
  const stats = look(directory);
  if (stats && !own.has(directory)) isDead(directory, stats);
}

function claim(directory: string, believed?: Date): void {
  const stats = look(directory);
  if (stats) own.set(directory, { stats, believed });
}

/** Gives up what is known of a lock that was given back, unless it could not be removed. */
export function disown(directory: string): void {
  held.delete(directory);
  if (!isOwn(directory) || !keepsWhatIsMade(directory)) own.delete(directory);
}

function isKept(directory: string): boolean {
  return !held.has(directory) && isOwn(directory);
}

/**
 * True if what is in a lock's place is no lock at all: a file, a link that leads nowhere, or a
 * folder with something in it.
 */
export function isNoLock(directory: string): boolean {
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  // One look: a lock that is given back before a second one would count as none.
  if (!stats) return false;
  if (stats.isDirectory()) return isFilled(directory);
  return !stats.isSymbolicLink() || !look(directory)?.isDirectory();
}

function isFilled(directory: string): boolean {
  try {
    return readdirSync(directory).some((name) => name !== TOUCH);
  } catch {
    // Given back meanwhile, or closed to others, as a lock is.
    return false;
  }
}

/** Every call is synchronous inside, which leaves no gap between a look and the deed. */
export const lockFileSystem = {
  mkdir: (directory: string, callback: Callback) =>
    answer(callback, () => {
      // Given back, and still there because nothing can be removed: it is taken again.
      if (!isKept(directory)) {
        makeWhenFree(() => mkdirSync(directory, { mode: LOCK_MODE }), os.platform());
      }
      claim(directory);
      held.add(directory);
    }),
  stat: (directory: string, callback: Callback<Stats>) =>
    answer(callback, () => statAsLibraryExpects(directory)),
  utimes: (directory: string, atime: Date, mtime: Date, callback: Callback) =>
    answer(callback, () => {
      const believed = touch(directory, atime, mtime);
      if (own.has(directory)) claim(directory, believed);
    }),
  rmdir: (directory: string, callback: Callback) => answer(callback, () => removeIfFree(directory)),
  rmdirSync: removeIfFree,
};

function answer<T>(callback: Callback<T>, act: () => T): void {
  let result: T;
  try {
    result = act();
  } catch (error) {
    queueMicrotask(() => callback(error as Error));
    return;
  }
  queueMicrotask(() => callback(null, result));
}

/**
 * Dates the directory. A file system that shows every file as somebody else's does not allow that,
 * but gives it a new date when an entry comes or goes.
 * @returns the date that was asked for, where another one was set
 */
function touch(directory: string, atime: Date, mtime: Date): Date | undefined {
  try {
    utimesSync(directory, atime, mtime);
    return undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw error;
  }
  const entry = path.join(directory, TOUCH);
  try {
    mkdirSync(entry, { mode: LOCK_MODE });
    rmdirSync(entry);
  } catch {
    // It grows stale then while it is held, which its holder notices before it writes.
  }
  return mtime;
}

function statAsLibraryExpects(directory: string): Stats {
  const stats = statSync(directory);
  const known = own.get(directory);
  if (!known) {
    if (isDead(directory, stats)) stats.mtime = new Date(0);
  } else if (known.believed && isSame(known.stats, stats)) {
    stats.mtime = known.believed;
  }
  return stats;
}

/**
 * True for a lock that is old by its date, or that nobody has touched for as long while we watched.
 */
function isDead(directory: string, stats: Stats): boolean {
  if (stats.mtimeMs < Date.now() - STALE_MS) return true;
  const now = performance.now();
  const before = watched.get(directory);
  const goesOn =
    before !== undefined && isSame(before.stats, stats) && now - before.seen < LONGEST_BLINK_MS;
  const since = goesOn ? before.since : now;
  watched.set(directory, { stats, since, seen: now });
  return now - since > STALE_MS;
}

/** Removes one's own lock, or one that is dead at this very moment. */
function removeIfFree(directory: string): void {
  const stats = statSync(directory);
  const known = own.get(directory);
  const isFree = known ? isSame(known.stats, stats) : isDead(directory, stats);
  if (!isFree) throw Object.assign(new Error('held by another'), { code: 'ELOCKED' });
  try {
    removeTouched(directory);
  } catch (error) {
    const isInTheWay = ['ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'].includes(
      errorCode(error) ?? '',
    );
    if (!isInTheWay) rememberKeepsAll(path.dirname(directory));
    throw error;
  }
  watched.delete(directory);
}

/** Also the directory of one who was killed in the middle of a {@link touch}. */
function removeTouched(directory: string): void {
  try {
    rmdirSync(directory);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
    try {
      rmdirSync(path.join(directory, TOUCH));
    } catch {
      throw error;
    }
    rmdirSync(directory);
  }
}

function look(directory: string): Stats | undefined {
  try {
    return statSync(directory, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isSame(one: Stats, other: Stats | undefined): boolean {
  return other !== undefined && one.ino === other.ino && one.mtimeMs === other.mtimeMs;
}
