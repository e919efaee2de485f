/**
 * Watches for programs that know no lock and write a file around the moment in which we replace it:
 * into the old file, which nobody can read any more, or over the new one.
 */
import { closeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { mergeLateChanges } from '../document/merge.ts';
import { isOwnWork, isQuiet } from './other-writers.ts';
import { readDescriptor } from './bounded-read.ts';
import { readSettled } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * How long after the rename a writer without a lock, caught between its read and its write, is
 * waited for, in ms: less if no such writer can be at work, and longer if one was a moment ago.
 * Measured: docs/file-safety.md.
 */
const LOOK_AGAIN_MS = 30;
const LOOK_AGAIN_WHERE_QUIET_MS = 10;
const LOOK_AGAIN_BESIDE_OTHERS_MS = 100;
const A_MOMENT_AGO_MS = 10_000;

/** Between two looks at whether the machine is quiet, in ms. */
const QUIET_STEP_MS = 1;

/** How long a file that was truncated while we watched is waited for, in ms. */
export const REFILL_MS = 500;

/** A file that we replaced, still open, and what it held when we last looked. */
interface Replaced {
  readonly descriptor: number;
  bytes: Buffer;
  /** What we put in its place. */
  readonly by: Uint8Array;
}

/** A write into a replaced file, which nobody can read any more. */
interface LateWrite {
  readonly base: Uint8Array;
  readonly written: Uint8Array;
  readonly replacedBy: Uint8Array;
}

/** What one update knows of late writers, from round to round. */
export class LateWriters {
  readonly #replaced: Replaced[] = [];
  #late: LateWrite | undefined;
  /** True once somebody who knows no lock was seen at work. */
  #hasCompany = false;

  /** The content to start from: `there`, with what was written into a file that we had replaced. */
  carriedOver(current: Buffer, there: Uint8Array): Uint8Array {
    const late = this.#late;
    if (!late) return there;
    return current.equals(late.replacedBy)
      ? late.written
      : mergeLateChanges(late.base, late.written, there);
  }

  /**
   * What {@link carriedOver} gave is in the file now, and must not come back when it goes again.
   */
  forget(): void {
    this.#late = undefined;
  }

  /**
   * Keeps the file of `snapshot` open, which `by` has replaced.
   * @returns false if it is not open
   */
  watch({ descriptor, bytes }: Snapshot, by: Uint8Array): boolean {
    if (descriptor === undefined) return false;
    this.#replaced.push({ descriptor, bytes, by });
    return true;
  }

  /**
   * Gives a writer without a lock the time to show itself: less if no such writer can be at work,
   * and all of it if one was a moment ago.
   */
  async wait(target: string, { stats }: Snapshot): Promise<void> {
    if (stats && !isOwnWork(stats) && Date.now() - Number(stats.mtimeMs) < A_MOMENT_AGO_MS) {
      this.#hasCompany = true;
    }
    if (this.#hasCompany) return pause(LOOK_AGAIN_BESIDE_OTHERS_MS);
    const end = performance.now() + LOOK_AGAIN_MS;
    await pause(LOOK_AGAIN_WHERE_QUIET_MS);
    while (performance.now() < end && !isQuiet(target)) await pause(QUIET_STEP_MS);
  }

  /** Looks into the files that we replaced. @returns true if something was written there since */
  async find(): Promise<boolean> {
    for (const file of this.#replaced) {
      if (readDescriptor(file.descriptor).equals(file.bytes)) continue;
      const written = await readToTheEnd(file.descriptor);
      const base = file.bytes;
      file.bytes = written;
      // Truncated and never filled: its writer died, and nobody sees this file any more.
      if (written.length === 0) continue;
      this.#late = { base, written, replacedBy: file.by };
      return true;
    }
    return false;
  }

  close(): void {
    for (const { descriptor } of this.#replaced) closeSync(descriptor);
  }
}

/** Waits as long as it takes until a content that did not last is replaced. */
export function waitForNextContent(): Promise<void> {
  return pause(LOOK_AGAIN_MS);
}

/** Reads a file that is being written until it holds the same for a while. */
async function readToTheEnd(descriptor: number): Promise<Buffer> {
  for (;;) {
    const bytes = await readSettled(descriptor, REFILL_MS);
    await waitForNextContent();
    if (readDescriptor(descriptor).equals(bytes)) return bytes;
  }
}
