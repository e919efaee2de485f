/** Carries the owner, the mode and the access list of a file over to the one that replaces it. */
import { fchmodSync, fchownSync, fstatSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import os from 'node:os';
import { promisify } from 'node:util';

const PERMISSIONS = 0o777;
const GROUP_BITS = 0o070;

/** A program that hangs on a dead network drive must not hold the lock, in ms. */
const PROGRAM_TIMEOUT_MS = 2000;

export interface Replacement {
  readonly path: string;
  readonly descriptor: number;
}

/**
 * Gives `to` the owner and mode of the file `from`; done before the rename, so that no moment shows
 * the secrets to others.
 * @returns false where the owner cannot be kept and the file is somebody else's: it must then be
 * written in place
 */
export async function copyAttributes(
  from: string,
  original: BigIntStats,
  to: Replacement,
): Promise<boolean> {
  const mode = Number(original.mode) & PERMISSIONS;
  const owned = copyOwner(original, to.descriptor);
  if (owned === 'somebody-else') return false;
  const groupBits = owned === 'kept' && (mode & GROUP_BITS) !== 0;
  if (groupBits && (await hasAccessList(from))) {
    // With a list the mode's group bits are its mask. As plain group bits they would open the file
    // to a group that the list may shut out.
    if (!(await copyAccessList(from, to.path))) fchmodSync(to.descriptor, mode & ~GROUP_BITS);
    return true;
  }
  // What another group than the file's would be allowed is nothing.
  fchmodSync(to.descriptor, owned === 'other-group' ? mode & ~GROUP_BITS : mode);
  return true;
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

/** Node cannot read access lists; `ls` marks a file that has one with a `+` behind its mode. */
async function hasAccessList(file: string): Promise<boolean> {
  if (os.platform() !== 'linux') return false;
  const listing = await runProgram('ls', ['-ld', '--', file]);
  return listing?.[10] === '+';
}

/** True once `to` has the mode and the list of `from`; GNU `cp` alone can copy these two only. */
async function copyAccessList(from: string, to: string): Promise<boolean> {
  const copied = await runProgram('cp', ['--attributes-only', '--preserve=mode', '--', from, to]);
  return copied !== undefined;
}

async function runProgram(program: string, args: string[]): Promise<string | undefined> {
  const { execFile } = await import('node:child_process');
  try {
    const options = { timeout: PROGRAM_TIMEOUT_MS, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } };
    return (await promisify(execFile)(program, args, options)).stdout;
  } catch {
    return undefined;
  }
}
