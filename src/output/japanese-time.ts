/**
 * Times in Japanese, written by hand: date-fns' own words round up ("about 12 hours" for 11:59) and
 * leave out the blank before the unit.
 */

const UNITS = [
  [86_400, '日'],
  [3600, '時間'],
  [60, '分'],
  [1, '秒'],
] as const;

/** Its two largest units: `11 時間 59 分`. What is smaller is cut off. */
export function formatSeconds(seconds: number): string {
  let rest = Math.max(0, Math.floor(seconds));
  const parts = UNITS.map(([size, unit]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { count, unit };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first === -1) return '0 秒';
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${count} ${unit}`)
    .join(' ');
}

/** The length of a session as people name it: whole hours beyond a day, too (`36 時間`). */
export function formatLength(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const rest = seconds % 3600;
  if (hours === 0) return formatSeconds(rest);
  return rest < 60 ? `${hours} 時間` : `${hours} 時間 ${Math.floor(rest / 60)} 分`;
}
