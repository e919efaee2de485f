/** Names temporary files so that those of a killed run are known again, and sweeps them. */
import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, unlinkSync } from 'node:fs';
import path from 'node:path';

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

/**
 * Temporary files for `target` that a killed run left behind: they hold its secrets, so `doctor`
 * names them and the next write removes them.
 */
export function findLeftovers(target: string, now: number): string[] {
  const folder = path.dirname(target);
  const base = path.basename(target).slice(0, LONGEST_BASE);
  const names = tryOr([], () => readdirSync(folder));
  const found: string[] = [];
  for (const name of names) {
    if (leftoverPattern.exec(name)?.[1] !== base) continue;
    const file = path.join(folder, name);
    const stats = tryOr(undefined, () => lstatSync(file));
    if (stats?.isFile() && stats.mtimeMs < now - OLD_AFTER_MS) found.push(file);
  }
  return found;
}

/** Removes old temporary files for `target`; one that can't be removed is left for the next run. */
export function sweepLeftovers(target: string, now: number): void {
  for (const file of findLeftovers(target, now)) tryOr(undefined, () => unlinkSync(file));
}

/** What `act` gives; `otherwise` where it fails: somebody else may be sweeping too. */
function tryOr<T>(otherwise: T, act: () => T): T {
  try {
    return act();
  } catch {
    return otherwise;
  }
}
