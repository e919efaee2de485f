/** Proves that a file can be written before anything that cannot be had twice, such as a code, is spent. */
import { closeSync, readFileSync, rmdirSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../problems/file-failure.ts';
import { rehearseReplacement } from './atomic-write.ts';
import { inFolderOf, ownUserId } from './folder.ts';
import { openForWriting } from './in-place-write.ts';
import { sweepLeftovers } from './leftovers.ts';
import { refusalToWrite, targetToWrite } from './refusal.ts';
import { closeSnapshot, takeSnapshot } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/** Room for what a session adds, and for the folder's own entry, in bytes. */
const GROWTH = 8192;

/**
 * Tries what an update will do: a file as large as the one to come, beside it, with its owner and
 * mode, flushed, renamed and removed; if the folder does not allow that, opening the file itself.
 * Nothing of it stays, not even a folder that it had to make. What killed runs left is swept first,
 * unless it is to be kept: where that cannot be removed, what is tried could not be either.
 * @throws Failure unwritable-file, unreadable-file
 */
export async function assertWritable(
  file: string,
  { keepsLeftovers = false }: { keepsLeftovers?: boolean } = {},
): Promise<void> {
  const target = targetToWrite(file);
  try {
    await inFolderOf(target, async (made) => {
      try {
        await rehearseNow(target, keepsLeftovers);
      } finally {
        removeFolders(path.dirname(target), made);
      }
    });
  } catch (error) {
    throw refusalToWrite(target, error);
  }
}

async function rehearseNow(target: string, keepsLeftovers: boolean): Promise<void> {
  const snapshot = await takeSnapshot(target, 0);
  try {
    if (!keepsLeftovers) sweepLeftovers(target, Date.now());
    await rehearse(target, snapshot);
  } finally {
    closeSnapshot(snapshot);
  }
}

async function rehearse(target: string, snapshot: Snapshot): Promise<void> {
  const refusal = openingRefusal(target, snapshot);
  // A user may have removed the write bit from his own file: a rename needs none. What else refuses
  // to be opened, a read-only mount or an immutable file, refuses to be replaced too.
  if (refusal && errorCode(refusal) !== 'EACCES') throw refusal;
  if (refusal && Number(snapshot.stats?.uid) !== ownUserId()) throw refusal;
  const room = Buffer.alloc(snapshot.bytes.length + GROWTH);
  const isReplaceable = await rehearseReplacement(target, snapshot, room);
  if (isReplaceable && !isMountedByItself(target)) return;
  if (refusal) throw refusal;
  if (snapshot.stats) assertRoom(target);
}

function openingRefusal(target: string, { stats }: Snapshot): Error | undefined {
  if (!stats) return undefined;
  try {
    closeSync(openForWriting(target));
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** proc(5): the fifth field is where something is mounted, with odd characters in octal. */
function isMountedByItself(target: string): boolean {
  let mounts = '';
  try {
    mounts = readFileSync('/proc/self/mountinfo', 'latin1');
  } catch {
    // No such list on this system: the rename will tell.
  }
  const place = Buffer.from(target)
    .toString('latin1')
    .replace(/[\\ \t\n]/g, (odd) => `\\${odd.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return mounts.split('\n').some((line) => line.split(' ')[4] === place);
}

/** A file mounted by itself lies on another disk than its folder. */
function assertRoom(target: string): void {
  const { blocks, bavail, bsize } = statfsSync(target);
  // File systems without a size, such as some network ones, say 0 blocks.
  if (blocks > 0 && bavail * bsize < GROWTH) {
    throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
  }
}

function removeFolders(folder: string, topmost: string | undefined): void {
  if (topmost === undefined) return;
  try {
    for (let at = folder; at.length >= topmost.length; at = path.dirname(at)) rmdirSync(at);
  } catch {
    // Somebody else has put something there by now.
  }
}
