/** What `doctor` looks at on the disk, and the little that it may mend there. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  rmdirSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import path from 'node:path';
import { versions } from 'node:process';
import type { Diagnostics, Leftover } from '../world.ts';
import { findLeftovers } from './leftovers.ts';
import { STALE_MS } from './lock-directory.ts';
import { resolveTarget } from './target-file.ts';

export const diagnostics: Diagnostics = {
  nodeVersion: versions.node,
  exists: existsSync,
  leftovers: async (file, now) => {
    const target = await resolveTarget(file);
    const temporary = await findLeftovers(target, now);
    return [
      ...temporary.map((each): Leftover => ({ path: each, kind: 'temporary file' })),
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
  return names
    .map((name) => path.join(folder, name))
    .filter((lock) => {
      const stats = lstatSync(lock, { throwIfNoEntry: false });
      return stats !== undefined && (!stats.isDirectory() || stats.mtimeMs < now - STALE_MS);
    })
    .map((lock) => ({
      path: lock,
      kind: lstatSync(lock).isDirectory() ? 'lock' : 'file in the place of a lock',
    }));
}
