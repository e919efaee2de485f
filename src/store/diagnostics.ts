/** What `doctor` looks at on the disk, and the little that it may mend there. */
import { chmodSync, lstatSync, readdirSync, rmdirSync, statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { versions } from 'node:process';
import type { Diagnostics, Leftover } from '../world.ts';
import { findLeftovers } from './leftovers.ts';
import { STALE_MS } from './lock-directory.ts';
import { resolveTarget } from './target.ts';

export const diagnostics: Diagnostics = {
  nodeVersion: versions.node,
  leftovers: (file, now) => {
    let target: string;
    try {
      target = resolveTarget(file);
    } catch {
      // What cannot be reached cannot be read either, and doctor tells of that.
      return [];
    }
    return [
      ...findLeftovers(target, now).map((each): Leftover => ({
        path: each,
        kind: 'temporary file',
      })),
      ...staleLocks(target, now),
    ];
  },
  remove: ({ path: leftover, kind }) => {
    if (kind === 'lock') rmdirSync(leftover);
    else unlinkSync(leftover);
  },
  closeToOthers: (file) => {
    chmodSync(file, statSync(file).mode & 0o700);
  },
};

/** The lock of a file and the gates of its sessions, where their holder has been silent for too long. */
function staleLocks(target: string, now: number): Leftover[] {
  const folder = path.dirname(target);
  const base = path.basename(target);
  const isOurs = (name: string): boolean =>
    name === `${base}.lock` || (name.startsWith(`.${base}.`) && name.endsWith('.gate.lock'));
  let names: string[] = [];
  try {
    names = readdirSync(folder).filter(isOurs);
  } catch {
    // No folder, no locks.
  }
  return names.flatMap((name): Leftover[] => {
    const lock = path.join(folder, name);
    // Looked at once: its holder may give it back at any moment.
    const stats = lstatSync(lock, { throwIfNoEntry: false });
    if (!stats) return [];
    if (!stats.isDirectory()) return [{ path: lock, kind: 'file in the place of a lock' }];
    return stats.mtimeMs < now - STALE_MS ? [{ path: lock, kind: 'lock' }] : [];
  });
}
