/** Reads a file that programs without a lock may be rewriting at this moment. */
import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { readDescriptor } from './bounded-read.ts';
import { openWhenFree } from './in-use.ts';
import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { looksCut } from '../document/text.ts';
import { errorCode, fileFailure } from '../problems/file-failure.ts';

/** How long a file that looks truncated is watched before it counts as whole, in ms. */
const SETTLING_MS = 100;
const SETTLING_STEP_MS = 10;

/** What a path held at one moment. */
export interface Snapshot {
  readonly bytes: Buffer;
  /** Undefined if there was no file. */
  readonly stats: BigIntStats | undefined;
  /** Still open: what is written through the old file after it was replaced is seen only here. */
  readonly descriptor: number | undefined;
}

/**
 * Reads an open file until it looks whole. A writer that truncates first shows an empty file and
 * then one cut at a page's end for some microseconds, longer when it is preempted there.
 */
export async function readSettled(descriptor: number, forMs = SETTLING_MS): Promise<Buffer> {
  let bytes = readDescriptor(descriptor);
  for (let waited = 0; looksCut(bytes) && waited < forMs; waited += SETTLING_STEP_MS) {
    await pause(SETTLING_STEP_MS);
    bytes = readDescriptor(descriptor);
  }
  return bytes;
}

/**
 * Opens `target` and reads it, for `settlingMs` at most while it looks cut off.
 * @throws Failure unreadable-file
 */
export async function takeSnapshot(target: string, settlingMs?: number): Promise<Snapshot> {
  const descriptor = openForReading(target);
  if (descriptor === undefined) return { bytes: Buffer.alloc(0), stats: undefined, descriptor };
  let keepsOpen = false;
  try {
    const bytes = await readSettled(descriptor, settlingMs);
    const stats = fstatSync(descriptor, { bigint: true });
    // Windows does not replace a file that is open, and lets nobody else write into an open one.
    keepsOpen = os.platform() !== 'win32';
    return { bytes, stats, descriptor: keepsOpen ? descriptor : undefined };
  } catch (error) {
    throw fileFailure('unreadable-file', target, error);
  } finally {
    if (!keepsOpen) closeSync(descriptor);
  }
}

function openForReading(target: string): number | undefined {
  try {
    return openPlain(target);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileFailure('unreadable-file', target, error);
  }
}

/** `target` has no link in it by now; one that appears there leads to a file that nobody meant. */
function openPlain(target: string): number {
  // Without O_NONBLOCK a pipe with no writer would hold the program forever.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  return openWhenFree(() => openSync(target, O_RDONLY | O_NONBLOCK | O_NOFOLLOW), os.platform());
}

/** @throws the system's error */
function readPlain(target: string): Buffer {
  const descriptor = openPlain(target);
  try {
    return readDescriptor(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export function closeSnapshot(snapshot: Snapshot): void {
  if (snapshot.descriptor !== undefined) closeSync(snapshot.descriptor);
}

/**
 * Whether two looks were at one file. On Windows a path's look and a descriptor's may name
 * different devices for it (libuv 1.49.0 to 1.50, libuv#4698): only the file's number tells there.
 */
export function isSameFile(one: BigIntStats | undefined, other: BigIntStats | undefined): boolean {
  if (one === undefined || one.ino !== other?.ino) return false;
  return os.platform() === 'win32' || one.dev === other.dev;
}

/**
 * True while nobody has touched the file since the snapshot. Synchronous, so that nothing of this
 * process comes between it and a rename. Times alone do not tell: they move in steps of up to 4 ms
 * on many kernels, hence the bytes too; and the path is read anew because an overlay file system
 * shows an old descriptor the lower layer's file.
 */
export function isUnchanged(target: string, snapshot: Snapshot): boolean {
  const now = lstatSync(target, { bigint: true, throwIfNoEntry: false });
  const { stats, descriptor, bytes } = snapshot;
  if (!stats || !now) return !stats && !now;
  if (!isSameFile(now, stats)) return false;
  const same = (['size', 'mtimeNs', 'ctimeNs'] as const).every(
    (field) => now[field] === stats[field],
  );
  if (!same) return false;
  try {
    if (!bytes.equals(readPlain(target))) return false;
  } catch (error) {
    // Removed, or made a link, in the last microsecond.
    if (['ENOENT', 'ELOOP'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
  return descriptor === undefined || bytes.equals(readDescriptor(descriptor));
}

/** The bytes at a path now, none if the file is missing. */
export function readNow(target: string): Buffer {
  try {
    return readPlain(target);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return Buffer.alloc(0);
    throw fileFailure('unreadable-file', target, error);
  }
}
