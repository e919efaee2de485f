/**
 * Tells when nobody but this process is at work on the machine.
 *
 * A program that has read a file and writes it back runs in between, or waits for a processor or for
 * the disk. So while the kernel counts one task that is ready to run, this one, and none that waits
 * for a disk, no such program is on its way (one that rests in between, for a person or a network, is
 * not seen). Where the kernel cannot know (another system's count, a drive that other machines write
 * to), the answer is no.
 */
import { readFileSync, statfsSync } from 'node:fs';

/** The kernel sums its processors' queues one after another: a task that changes over may be missed once. */
const READINGS = 3;

/**
 * The file systems that belong to one kernel, by the magic numbers of Linux's `statfs(2)`: ext2 to
 * ext4, xfs, btrfs, f2fs, zfs, tmpfs, overlayfs. On all others somebody may be at work whom this
 * kernel does not see: on a network drive, or on the host of a virtual machine.
 */
const LOCAL_FILE_SYSTEMS = new Set([
  0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1, 0x01021994, 0x794c7630,
]);

/** True where no other program is on its way from reading `file` to writing it. */
export function isQuiet(file: string): boolean {
  try {
    if (!LOCAL_FILE_SYSTEMS.has(statfsSync(file).type)) return false;
    for (let reading = 0; reading < READINGS; reading++) {
      // proc(5): how many tasks are ready to run, and how many wait for a disk.
      const counts = readFileSync('/proc/stat', 'latin1');
      if (!/^procs_running 1\nprocs_blocked 0$/m.test(counts)) return false;
    }
    return true;
  } catch {
    return false;
  }
}
