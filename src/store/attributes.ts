/** Gives the owner, the mode and the access list of a file to the one that replaces it. */
import { fchmodSync, fchownSync, fstatSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import os from 'node:os';
import { errorCode } from '../problems/file-failure.ts';

const PERMISSIONS = 0o777;
const GROUP_BITS = 0o070;

/** A program that hangs on a dead network drive must not hold the lock, in ms. */
const PROGRAM_TIMEOUT_MS = 2000;

/** What file systems without modes of their own say, and node under its permission model. */
const NO_MODES = ['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'ERR_ACCESS_DENIED'];

/** What a program is passed comes after its stdin, stdout and stderr. */
const FIRST_PASSED = 3;

export interface Original {
  readonly stats: BigIntStats;
  /** Open for reading; undefined on Windows, which has no access lists of this kind. */
  readonly descriptor: number | undefined;
}

/**
 * Gives the open file `to` the owner, mode and access list of the file that it is to replace, and
 * removes a list that it inherited from its folder; done before the rename, so that no moment shows
 * the secrets to others. Programs get both files as descriptors: a name can come to mean another
 * file while they start.
 * @returns false if owner or mode cannot be kept: the file must then be written in place
 */
export async function copyAttributes(original: Original, to: number): Promise<boolean> {
  const { stats, descriptor } = original;
  const owned = copyOwner(stats, to);
  if (owned === 'somebody-else') return false;
  const mode = Number(stats.mode) & PERMISSIONS;
  const isKept = owned === 'kept';
  if (descriptor !== undefined && (await hasAccessList([to, descriptor]))) {
    // With a list the mode's group bits are its mask. As plain group bits they would open the file
    // to a group that the list may shut out, and with a list inherited to whom that names.
    if (isKept && (await copyAccessList(descriptor, to))) return true;
    return setMode(to, mode & ~GROUP_BITS);
  }
  // What another group than the file's would be allowed is nothing.
  return setMode(to, isKept ? mode : mode & ~GROUP_BITS);
}

/** Tries on the open file `to` what {@link copyAttributes} will need. @returns as that does */
export function canCopyAttributes({ stats }: Original, to: number): boolean {
  const owned = copyOwner(stats, to);
  return owned !== 'somebody-else' && setMode(to, Number(stats.mode) & PERMISSIONS);
}

/** Node cannot read access lists; `ls` marks a file that has one with a `+` after its mode. */
async function hasAccessList(descriptors: readonly number[]): Promise<boolean> {
  if (os.platform() !== 'linux') return false;
  const names = descriptors.map((_, index) => `/proc/self/fd/${FIRST_PASSED + index}`);
  const listing = await runProgram('ls', ['-ldL', '--', ...names], descriptors);
  return listing?.split('\n').some((line) => line[10] === '+') ?? false;
}

/** True once `to` has the mode and the list of `from`; only GNU `cp` can copy just these two. */
async function copyAccessList(from: number, to: number): Promise<boolean> {
  const files = [`/proc/self/fd/${FIRST_PASSED}`, `/proc/self/fd/${FIRST_PASSED + 1}`];
  const copy = ['--attributes-only', '--preserve=mode', '--', ...files];
  return (await runProgram('cp', copy, [from, to])) !== undefined;
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

/** @returns what it printed; undefined if it is missing, failed, or took too long */
async function runProgram(
  program: string,
  args: string[],
  descriptors: readonly number[],
): Promise<string | undefined> {
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      timeout: PROGRAM_TIMEOUT_MS,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore', ...descriptors],
    });
    let printed = '';
    child.stdout!.setEncoding('latin1').on('data', (chunk: string) => (printed += chunk));
    child.on('error', () => resolve(undefined));
    child.on('close', (status) => resolve(status === 0 ? printed : undefined));
  });
}
