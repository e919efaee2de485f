/** What killed runs leave next to a file, temporary files and locks: named, found, swept. */
import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../problems/file-failure.ts';
import { ownUserId, rememberKeepsAll } from './folder.ts';

/** Matches the base name of a temporary file of this program; the group is the file it was for. */
export const leftoverPattern = /^\.(.+)\.mfa-profile-[0-9a-f]{16}\.tmp$/;

/** Older than any write can take, also on a machine that was asleep for a while, in ms. */
const OLD_AFTER_MS = 60_000;

// A file name has 255 bytes at most, and a character up to three of them here.
const LONGEST_BASE = 60;

/** A fresh path in the folder of `target`, since a rename cannot leave its file system. */
export function temporaryPath(target: string): string {
  const base = path.basename(target).slice(0, LONGEST_BASE);
  const name = `.${base}.mfa-profile-${randomBytes(8).toString('hex')}.tmp`;
  return path.join(path.dirname(target), name);
}

const LONGEST_NAME = 255;

/** The name of the gate of a session, without the `.lock` that every lock's folder ends in. */
export function gateName(target: string, label: string): string {
  const name = `.${path.basename(target)}.${label}.gate`;
  return fits(name) ? name : `.${shortened(target)}.${digest(label)}.gate`;
}

/** The name of the folder that is the lock of `target`. */
export function lockName(target: string): string {
  const base = path.basename(target);
  return `${fits(base) ? base : shortened(target)}.lock`;
}

/** Whether there can be a folder of that name and `.lock` after it. */
function fits(name: string): boolean {
  return Buffer.byteLength(`${name}.lock`) <= LONGEST_NAME;
}

/** The beginning of a name, with what tells it apart from others that begin alike. */
function shortened(target: string): string {
  const base = path.basename(target);
  return `${base.slice(0, LONGEST_BASE)}.${digest(base)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/**
 * Temporary files for `target` that a killed run left: they hold its secrets, so `doctor` names
 * them and the next write removes them.
 */
export function findLeftovers(target: string, now: number): string[] {
  const base = path.basename(target).slice(0, LONGEST_BASE);
  return entriesBeside(target)
    .filter(
      ({ name, stats }) =>
        leftoverPattern.exec(name)?.[1] === base &&
        stats.isFile() &&
        stats.mtimeMs < now - OLD_AFTER_MS,
    )
    .map(({ path: each }) => each);
}

export interface LockPlace {
  readonly path: string;
  readonly stats: Stats;
}

/** What is there where the lock of `target`, or a gate of one of its sessions, belongs. */
export function lockPlaces(target: string): LockPlace[] {
  const bases = [path.basename(target), shortened(target)];
  return entriesBeside(target).filter(
    ({ name }) =>
      name === lockName(target) ||
      (name.endsWith('.gate.lock') && bases.some((base) => name.startsWith(`.${base}.`))),
  );
}

/**
 * True for a lock that nobody can be holding: untouched for a minute, or dated so far ahead that no
 * holder can have dated it.
 * @param now milliseconds since the epoch
 */
export function isLongDead({ stats }: LockPlace, now: number): boolean {
  return stats.isDirectory() && Math.abs(now - stats.mtimeMs) > OLD_AFTER_MS;
}

/** Removes what is old beside `target`; what can't be removed is left for the next run. */
export function sweepLeftovers(target: string, now: number): void {
  for (const file of findLeftovers(target, now)) {
    try {
      unlinkSync(file);
    } catch (error) {
      const isOwn = lstatSync(file, { throwIfNoEntry: false })?.uid === ownUserId();
      if (isOwn && errorCode(error) !== 'ENOENT') rememberKeepsAll(path.dirname(file));
    }
  }
  for (const place of lockPlaces(target)) {
    if (isLongDead(place, now)) tryOr(undefined, () => rmdirSync(place.path));
  }
}

function entriesBeside(target: string): { name: string; path: string; stats: Stats }[] {
  const folder = path.dirname(target);
  return tryOr([], () => readdirSync(folder)).flatMap((name) => {
    // Looked at once: its owner may remove it at any moment.
    const each = path.join(folder, name);
    const stats =
      name.endsWith('.tmp') || name.endsWith('.lock')
        ? tryOr(undefined, () => lstatSync(each, { throwIfNoEntry: false }))
        : undefined;
    return stats ? [{ name, path: each, stats }] : [];
  });
}

/** What `act` gives; `otherwise` if it fails: somebody else may be sweeping too. */
function tryOr<T>(otherwise: T, act: () => T): T {
  try {
    return act();
  } catch {
    return otherwise;
  }
}
