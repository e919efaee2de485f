/** What `doctor` looks at on the disk, and the little that it may fix there. */
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  rmdirSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import type { BigIntStats, Stats } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { env, versions } from 'node:process';
import { CODE_PAGE_KEY, codePageOfRegistry } from '../aws/windows-code-page.ts';
import { PROXY_KEY, proxyOfRegistry, proxyOfScutil } from '../aws/system-proxy.ts';
import { windowsProgram } from '../aws/windows-program.ts';
import type { Diagnostics, Leftover } from '../world.ts';
import { ownUserId } from './folder.ts';
import { findLeftovers, isLongDead, lockPlaces } from './leftovers.ts';
import type { LockPlace } from './leftovers.ts';
import { STALE_MS } from './lock-directory.ts';
import { runHelper } from './helper-program.ts';
import { isSameFile } from './snapshot.ts';
import { resolveTarget } from './target.ts';
import { othersOf, readAccessList, readOwnNumber } from './windows-access.ts';

export const diagnostics: Diagnostics = {
  nodeVersion: versions.node,
  leftovers: (file, now) => {
    let target: string;
    try {
      target = resolveTarget(file);
    } catch {
      // What cannot be reached cannot be read either, and doctor reports that.
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
    if (kind !== 'lock') return unlinkSync(leftover);
    // A run may have taken it over since it was looked at.
    const place = { path: leftover, stats: lstatSync(leftover) };
    if (!isDead(place, Date.now())) throw Object.assign(new Error('held'), { code: 'EBUSY' });
    rmdirSync(leftover);
  },
  closeToOthers,
  othersByList: async (file) => {
    if (os.platform() !== 'win32') return undefined;
    const list = await readAccessList(file, runHelper);
    return list && othersOf(list, await readOwnNumber(runHelper));
  },
  isSameFile: (one, other) => isSameFile(look(one), look(other)),
  codePage: async () => {
    const query = ['query', CODE_PAGE_KEY, '/v', 'ACP'];
    return codePageOfRegistry((await runHelper(windowsProgram('reg.exe', env), query)) ?? '');
  },
  systemProxy: async () => {
    if (os.platform() === 'darwin') {
      return proxyOfScutil((await runHelper('/usr/sbin/scutil', ['--proxy'])) ?? '');
    }
    if (os.platform() !== 'win32') return undefined;
    const query = ['query', PROXY_KEY];
    return proxyOfRegistry((await runHelper(windowsProgram('reg.exe', env), query)) ?? '');
  },
};

function look(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { bigint: true });
  } catch {
    return undefined;
  }
}

/** With one of them a folder is shared on purpose: setgid, sticky. */
const SHARED = 0o3000;

/** By descriptor, so that what was looked at is what is closed. */
function closeToOthers(file: string): void {
  const target = resolveTarget(file);
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  const descriptor = openSync(target, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  try {
    const stats = fstatSync(descriptor);
    if (!isOursToClose(target, stats)) {
      throw Object.assign(new Error('not the user’s own'), { code: 'EPERM' });
    }
    fchmodSync(descriptor, stats.mode & 0o700);
  } finally {
    closeSync(descriptor);
  }
}

function isOursToClose(target: string, stats: Stats): boolean {
  if (stats.uid !== ownUserId()) return false;
  if (stats.isFile()) return true;
  return stats.isDirectory() && path.basename(target) === '.aws' && (stats.mode & SHARED) === 0;
}

/**
 * The lock of a file and the gates of its sessions, where their holder has been silent for too
 * long.
 */
function staleLocks(target: string, now: number): Leftover[] {
  return lockPlaces(target).flatMap((place): Leftover[] => {
    if (!place.stats.isDirectory()) {
      return [{ path: place.path, kind: 'file in the place of a lock' }];
    }
    return isDead(place, now) ? [{ path: place.path, kind: 'lock' }] : [];
  });
}

function isDead(place: LockPlace, now: number): boolean {
  return place.stats.mtimeMs < now - STALE_MS || isLongDead(place, now);
}
