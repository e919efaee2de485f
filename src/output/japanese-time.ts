/** Times in Japanese, with the blank before the unit that AWS's own pages have. */
import { largestUnits } from './time-units.ts';

const UNITS = ['日', '時間', '分', '秒'];

/** Its two largest units: `11 時間 59 分`. What is smaller is cut off. */
export function formatSeconds(seconds: number): string {
  const parts = largestUnits(seconds);
  if (parts.length === 0) return '0 秒';
  return parts.map(({ count, unit }) => `${count} ${UNITS[unit]}`).join(' ');
}

/** The length of a session as people name it: whole hours beyond a day, too (`36 時間`). */
export function formatLength(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const rest = seconds % 3600;
  if (hours === 0) return formatSeconds(rest);
  return rest < 60 ? `${hours} 時間` : `${hours} 時間 ${Math.floor(rest / 60)} 分`;
}
