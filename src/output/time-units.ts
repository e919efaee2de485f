/** A stretch of time in the units that people count in. */

/** Seconds of a day, an hour, a minute and a second. */
const UNITS = [86_400, 3600, 60, 1];

/**
 * Its two largest units, each with its place among day, hour, minute and second; none for less than
 * a second. What is smaller is cut off, so that nobody counts on time that is not there.
 */
export function largestUnits(seconds: number): { readonly count: number; readonly unit: number }[] {
  let rest = Math.max(0, Math.floor(seconds));
  const counts = UNITS.map((size) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count;
  });
  const first = counts.findIndex((count) => count > 0);
  return counts
    .map((count, unit) => ({ count, unit }))
    .filter(({ count, unit }) => count > 0 && (unit === first || unit === first + 1));
}
