/** Gives the owner, the mode, the lists and the attributes of a file to the one that replaces it. */
import { fchmodSync, fchownSync, fstatSync, ftruncateSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import os from 'node:os';
import { errorCode } from '../problems/file-failure.ts';
import { ownUserId } from './folder.ts';
import { FIRST_PASSED, runHelper } from './helper-program.ts';
import type { RunHelper } from './helper-program.ts';
import { hasSameAccess } from './windows-access.ts';

const PERMISSIONS = 0o777;
const GROUP_BITS = 0o070;

/** What file systems without modes of their own say, and node under its permission model. */
const NO_MODES = ['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'ERR_ACCESS_DENIED'];

const ROOT = 0;

export interface Original {
  readonly stats: BigIntStats;
  /** Open for reading; undefined on Windows, which has no access lists of this kind. */
  readonly descriptor: number | undefined;
}

/**
 * Before anything is written into the new file: on macOS it gets the lists and the attributes of the
 * file at `target`, which say among others what Time Machine leaves out; on Windows it has its
 * folder's list, and is compared.
 * @returns false if they cannot be kept: the file must then be written in place
 */
export async function keepsLists(
  target: string,
  fresh: { readonly path: string; readonly descriptor: number },
  { platform, run }: { readonly platform: string; readonly run: RunHelper },
): Promise<boolean> {
  if (platform === 'win32') return hasSameAccess(target, fresh.path, run);
  if (platform !== 'darwin') return true;
  // ls(1) of macOS marks a file with attributes by `@` after its mode, else one with a list by `+`.
  const mark = (await run('/bin/ls', ['-ld', target]))?.[10];
  if (mark !== '@' && mark !== '+') return true;
  // In another's folder a name could come to mean another file while root copies to it.
  if (ownUserId() === ROOT) return false;
  // cp(1) there: -p keeps lists and attributes. It copies the old text, too.
  if ((await run('/bin/cp', ['-p', target, fresh.path])) === undefined) return false;
  ftruncateSync(fresh.descriptor, 0);
  return true;
}

/**
 * Gives the open file `to` the owner, mode, access list and attributes of the file that it is to
 * replace, and removes a list that it inherited from its folder; done before the rename, so that no
 * moment shows the secrets to others. Programs get both files as descriptors: a name can come to
 * mean another file while they start.
 * @returns false if owner or mode cannot be kept: the file must then be written in place
 */
export async function copyAttributes(original: Original, to: number): Promise<boolean> {
  const { stats, descriptor } = original;
  const owned = copyOwner(stats, to);
  if (owned === 'somebody-else') return false;
  const mode = Number(stats.mode) & PERMISSIONS;
  const isKept = owned === 'kept';
  if (descriptor !== undefined && os.platform() === 'linux') {
    if (await copyExtras(descriptor, to, isKept)) {
      if (isKept) return true;
    } else if (await hasAccessList([to, descriptor])) {
      // With a list the mode's group bits are its mask. As plain group bits they would open the file
      // to a group that the list may shut out, and with a list inherited to whom that names.
      return setMode(to, mode & ~GROUP_BITS);
    }
  }
  // A group other than the file's is allowed nothing.
  return setMode(to, isKept ? mode : mode & ~GROUP_BITS);
}

/** Tries on the open file `to` what {@link copyAttributes} will need. @returns as that does */
export function canCopyAttributes({ stats }: Original, to: number): boolean {
  const owned = copyOwner(stats, to);
  return owned !== 'somebody-else' && setMode(to, Number(stats.mode) & PERMISSIONS);
}

/** Node cannot read access lists; `ls` marks a file that has one with a `+` after its mode. */
async function hasAccessList(descriptors: readonly number[]): Promise<boolean> {
  const names = descriptors.map((_, index) => `/proc/self/fd/${FIRST_PASSED + index}`);
  const listing = await runHelper('ls', ['-ldL', '--', ...names], descriptors);
  return listing?.split('\n').some((line) => line[10] === '+') ?? false;
}

/**
 * Attributes of a file's own (`user.*`), and with `mode` its mode and its list, or that it has none.
 * @returns true once `to` has them; only GNU `cp` can copy just these
 */
async function copyExtras(from: number, to: number, mode: boolean): Promise<boolean> {
  const files = [`/proc/self/fd/${FIRST_PASSED}`, `/proc/self/fd/${FIRST_PASSED + 1}`];
  const what = `--preserve=${mode ? 'mode,' : ''}xattr`;
  const copy = ['--attributes-only', what, '--', ...files];
  return (await runHelper('cp', copy, [from, to])) !== undefined;
}

/** @returns false if the file system has no such modes */
function setMode(descriptor: number, mode: number): boolean {
  if ((fstatSync(descriptor).mode & PERMISSIONS) === mode) return true;
  try {
    fchmodSync(descriptor, mode);
    return true;
  } catch (error) {
    if (NO_MODES.includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

function copyOwner(
  original: BigIntStats,
  descriptor: number,
): 'kept' | 'other-group' | 'somebody-else' {
  const own = fstatSync(descriptor, { bigint: true });
  if (own.uid === original.uid && own.gid === original.gid) return 'kept';
  try {
    fchownSync(descriptor, Number(original.uid), Number(original.gid));
    return 'kept';
  } catch {
    return own.uid === original.uid ? 'other-group' : 'somebody-else';
  }
}
