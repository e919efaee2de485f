/** Times for people: the local clock's, and what is left in words. */
import { intervalToDuration } from 'date-fns/intervalToDuration';

const two = (number: number): string => String(number).padStart(2, '0');

/** `2026-11-21 01:18` by the local clock. @param time milliseconds since the epoch */
export function formatLocalTime(time: number): string {
  const date = new Date(time);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/**
 * The time between two instants in words, its two largest units: `11 hours 59 minutes`. What is
 * smaller is cut off, so that nobody counts on time that is not there.
 */
export function formatRemaining(time: number, now: number): string {
  const duration = intervalToDuration({ start: Math.min(time, now), end: Math.max(time, now) });
  const units = ['years', 'months', 'days', 'hours', 'minutes', 'seconds'] as const;
  const first = units.findIndex((unit) => duration[unit]);
  if (first === -1) return '0 seconds';
  // date-fns' formatDuration would say the same, and bring its whole locale into every run.
  return units
    .slice(first, first + 2)
    .flatMap((unit) => {
      const count = duration[unit];
      return count ? [`${count} ${count === 1 ? unit.slice(0, -1) : unit}`] : [];
    })
    .join(' ');
}
