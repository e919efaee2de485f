/**
 * The file system as proper-lockfile is to see it: what a lock's directory says about its holder,
 * with care for the cases that the library leaves open.
 *
 * - It removes a stale lock some time after it found it stale, and a contender's fresh one by then
 *   (moxystudio/node-proper-lockfile#121): here both happen in one go.
 * - It removes a lock on release although another has taken it over: here only one's own goes.
 * - A lock dated in the future never grows stale: here one does that nobody refreshes.
 */
import { mkdirSync, rmdirSync, statSync, utimesSync } from 'node:fs';
import type { Stats } from 'node:fs';

/**
 * A lock untouched for so long has no living holder, in ms. More than five seconds, for that is how
 * often other programs refresh a lock with this library's own settings.
 */
export const STALE_MS = 5500;

/** The library dates a fresh lock up to a second ahead, to find out how exact the times are. */
const AHEAD_MS = 1500;

type Callback<T = void> = (error: Error | null, value?: T) => void;

/** The locks of this process: path of the directory to what it looked like when last touched. */
const own = new Map<string, Stats>();

/** Foreign locks dated in the future: how long each has looked the same to us. */
const watched = new Map<string, { readonly mtimeMs: number; readonly since: number }>();

/** True while the lock's directory is the one that this process made or refreshed. */
export function isOwn(directory: string): boolean {
  const known = own.get(directory);
  return known !== undefined && isSame(known, look(directory));
}

/** From now on the directory counts as this process's. */
export function claim(directory: string): void {
  const stats = look(directory);
  if (stats) own.set(directory, stats);
}

export function disown(directory: string): void {
  own.delete(directory);
}

/** Every call is synchronous inside, which leaves no gap between a look and the deed. */
export const lockFileSystem = {
  mkdir: (directory: string, callback: Callback) => answer(callback, () => mkdirSync(directory)),
  stat: (directory: string, callback: Callback<Stats>) =>
    answer(callback, () => statAsLibraryExpects(directory)),
  utimes: (directory: string, atime: Date, mtime: Date, callback: Callback) =>
    answer(callback, () => {
      utimesSync(directory, atime, mtime);
      if (own.has(directory)) claim(directory);
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

function statAsLibraryExpects(directory: string): Stats {
  const stats = statSync(directory);
  if (!own.has(directory) && isAbandonedAhead(directory, stats)) stats.mtime = new Date(0);
  return stats;
}

/** True for a lock dated in the future that has looked the same for as long as a stale one. */
function isAbandonedAhead(directory: string, stats: Stats): boolean {
  if (stats.mtimeMs <= Date.now() + AHEAD_MS) {
    watched.delete(directory);
    return false;
  }
  const seen = watched.get(directory);
  if (seen?.mtimeMs === stats.mtimeMs) return performance.now() - seen.since > STALE_MS;
  watched.set(directory, { mtimeMs: stats.mtimeMs, since: performance.now() });
  return false;
}

/** Removes one's own lock, or one that is stale at this very moment. */
function removeIfFree(directory: string): void {
  const stats = statSync(directory);
  const known = own.get(directory);
  const isFree = known
    ? isSame(known, stats)
    : stats.mtimeMs < Date.now() - STALE_MS || isAbandonedAhead(directory, stats);
  if (!isFree) throw Object.assign(new Error('held by another'), { code: 'ELOCKED' });
  rmdirSync(directory);
  watched.delete(directory);
}

function look(directory: string): Stats | undefined {
  return statSync(directory, { throwIfNoEntry: false });
}

function isSame(one: Stats, other: Stats | undefined): boolean {
  return other !== undefined && one.ino === other.ino && one.mtimeMs === other.mtimeMs;
}
