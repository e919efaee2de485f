/** Tells files that this program wrote from those that a program without a lock has touched since. */
import { futimesSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';

const NS_PER_MS = 1_000_000n;

/** Node hands times over as a floating-point number, which can come out a microsecond off. */
const TOLERANCE_NS = 2_000n;

/**
 * Dates a file of ours to a whole millisecond. A kernel dates by its own finer clock, so that of
 * 500 files written by others about one bears such a time.
 */
export function markOwnWork(descriptor: number): void {
  const now = Date.now() / 1000;
  futimesSync(descriptor, now, now);
}

/** True for a file whose last change was ours, as far as its time tells. */
export function isOwnWork(stats: BigIntStats): boolean {
  return (stats.mtimeNs + TOLERANCE_NS / 2n) % NS_PER_MS <= TOLERANCE_NS;
}
