/**
 * Tells whether another program may be about to write a file, and whether one has since we did.
 *
 * A program that has read a file and writes it back runs in between, or waits for a processor or
 * for the disk. So while the kernel counts one task that is ready to run, this one, and none that
 * waits for a disk, no such program is on its way (one that rests in between, for a person or a
 * network, is not seen). Where the kernel cannot know (another system's count, a drive that other
 * machines write to), the answer is no.
 */
import { futimesSync, readFileSync, statfsSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';

/**
 * The kernel sums its processors' queues one after another: a task that migrates between processors
 * can be missed in one reading.
 */
const READINGS = 3;

/**
 * The file systems that belong to one kernel, by the magic numbers of Linux's `statfs(2)`: ext2 to
 * ext4, xfs, btrfs, f2fs, zfs, tmpfs, overlayfs. On all others somebody may be at work whom this
 * kernel does not see: on a network drive, or on the host of a virtual machine.
 */
const LOCAL_FILE_SYSTEMS = new Set([
  0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1, 0x01021994, 0x794c7630,
]);

/**
 * True if no other program is on its way from reading `file` to writing it.
 * @param readCounts the kernel's counts, to be replaced in tests: no machine is quiet for sure
 */
export function isQuiet(
  file: string,
  readCounts = (): string => readFileSync('/proc/stat', 'latin1'),
): boolean {
  try {
    if (!LOCAL_FILE_SYSTEMS.has(statfsSync(file).type)) return false;
    for (let reading = 0; reading < READINGS; reading++) {
      // proc(5): how many tasks are ready to run, and how many wait for a disk.
      if (!/^procs_running 1\nprocs_blocked 0$/m.test(readCounts())) return false;
    }
    return true;
  } catch {
    return false;
  }
}

const NS_PER_MS = 1_000_000n;

/** Node hands times over as a floating-point number, which can come out a microsecond off. */
const TOLERANCE_NS = 2_000n;

/**
 * Gives a file that we wrote a time of whole milliseconds. A kernel dates by its own finer clock,
 * so that of 500 files written by others about one bears such a time. Where dates may not be set,
 * our files pass for others' and the look for late writers takes a little longer.
 */
export function markOwnWork(descriptor: number): void {
  const now = Date.now() / 1000;
  try {
    futimesSync(descriptor, now, now);
  } catch {
    // The date that the system gave will do.
  }
}

/** True for a file whose last change was ours, as far as its time tells. */
export function isOwnWork(stats: BigIntStats): boolean {
  return (stats.mtimeNs + TOLERANCE_NS / 2n) % NS_PER_MS <= TOLERANCE_NS;
}
