/** Proves that a file can be written before anything that cannot be had twice is spent on it. */
import { closeSync, openSync, rmdirSync, statSync, statfsSync, unlinkSync } from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { errorCode, fileFailure, notAFile } from '../problems/file-failure.ts';
import { writeAll } from './in-place-write.ts';
import { temporaryPath } from './leftovers.ts';
import { makeFolderOf, resolveTarget } from './target.ts';

/** Room for what a session adds, and for the folder's own entry, in bytes. */
const GROWTH = 8192;

const CLOSED_FOLDER = ['EACCES', 'EPERM', 'EROFS'];

/**
 * Tries what an update will do: a file as large as the one to come, beside it; where the folder
 * takes none, opening the file itself. Nothing of it stays, not even a folder that it had to make.
 * @throws Failure unwritable-file
 */
export function assertWritable(file: string): void {
  let target = file;
  try {
    target = resolveTarget(file);
    const stats = statSync(target, { throwIfNoEntry: false });
    if (stats && !stats.isFile()) throw notAFile(stats.isDirectory());
    const refusal = openingRefusal(target, stats);
    // Of its own file a user may have taken the write bit: a rename needs none. What else refuses
    // to be opened, a read-only mount or an immutable file, refuses to be replaced too.
    if (refusal && errorCode(refusal) !== 'EACCES') throw refusal;
    probeFolder(target, stats, refusal === undefined);
  } catch (error) {
    throw fileFailure('unwritable-file', target, error);
  }
}

function openingRefusal(target: string, stats: Stats | undefined): Error | undefined {
  if (!stats) return undefined;
  try {
    closeSync(openSync(target, 'r+'));
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function probeFolder(target: string, stats: Stats | undefined, canBeOpened: boolean): void {
  const made = makeFolderOf(target);
  try {
    writeProbe(temporaryPath(target), (stats?.size ?? 0) + GROWTH);
  } catch (error) {
    const isClosed = CLOSED_FOLDER.includes(errorCode(error) ?? '');
    if (!stats || !canBeOpened || !isClosed) throw error;
  } finally {
    removeFolders(path.dirname(target), made);
  }
  if (stats) assertRoom(target);
}

/** Really writes, for a quota and a file system that fills up show in nothing else. */
function writeProbe(probe: string, size: number): void {
  const descriptor = openSync(probe, 'wx', 0o600);
  try {
    writeAll(descriptor, Buffer.alloc(size));
  } finally {
    closeSync(descriptor);
    unlinkSync(probe);
  }
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
