/** Character devices, of which some are terminals. */
import { statSync } from 'node:fs';
import type { Stats } from 'node:fs';

/** A character device that leads somewhere: `/dev/null`, also behind a link, is none. */
export function isDevice(stats: Stats): boolean {
  return (
    stats.isCharacterDevice() &&
    stats.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev
  );
}
