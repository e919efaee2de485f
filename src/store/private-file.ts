/**
 * Small files that hold a secret for a while, each written by one program at a time: the old one or
 * the new one, whole, and on the disk before anything is done that relies on it.
 */
import { closeSync, fchmodSync, fstatSync, openSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode, fileFailure } from '../problems/file-failure.ts';
import { REAL_FILE_SYSTEM, flush, synchroniseFolder } from './atomic-write.ts';
import { giveFileToOwnerOf, inFolderOf } from './folder.ts';
import { WINDOWS_WAITS, removeWhenFree } from './in-use.ts';
import { writeAll } from './in-place-write.ts';

const OWNER_ONLY = 0o600;
const PERMISSIONS = 0o777;
const IN_USE_ON_WINDOWS = ['EPERM', 'EACCES', 'EBUSY'];

/** Always the same name: what a killed run left is overwritten, or removed with the file. */
const temporaryOf = (file: string): string => `${file}.new`;

/** @throws Failure unwritable-file */
export async function keepPrivate(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryOf(file);
  try {
    await inFolderOf(file, async () => {
      remove(temporary);
      await writeNew(temporary, bytes);
    });
    await rename(temporary, file);
    await synchroniseFolder(file, REAL_FILE_SYSTEM);
  } catch (error) {
    removeQuietly(temporary);
    throw fileFailure('unwritable-file', file, error);
  }
}

async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  const descriptor = openSync(file, 'wx', OWNER_ONLY);
  try {
    // A umask can remove the owner's own rights.
    const isClosed = (fstatSync(descriptor).mode & PERMISSIONS) === OWNER_ONLY;
    if (os.platform() !== 'win32' && !isClosed) fchmodSync(descriptor, OWNER_ONLY);
    giveFileToOwnerOf(path.dirname(file), descriptor);
    writeAll(descriptor, bytes);
    await flush(descriptor, REAL_FILE_SYSTEM);
  } finally {
    closeSync(descriptor);
  }
}

function remove(file: string): void {
  removeWhenFree(() => rmSync(file, { force: true }), os.platform());
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What kept the file from being written is told.
  }
}

async function rename(from: string, to: string): Promise<void> {
  const waits = os.platform() === 'win32' ? WINDOWS_WAITS : [];
  for (let tries = 0; ; tries += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const wait = IN_USE_ON_WINDOWS.includes(errorCode(error) ?? '') ? waits[tries] : undefined;
      if (wait === undefined) throw error;
      await pause(wait);
    }
  }
}

/** @throws Failure unwritable-file */
export function dropPrivate(file: string): void {
  try {
    remove(file);
    remove(temporaryOf(file));
  } catch (error) {
    throw fileFailure('unwritable-file', file, error);
  }
}
