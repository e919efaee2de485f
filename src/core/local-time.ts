/** Times for people: the local clock's, and what is left in words. */
import { formatDuration } from 'date-fns/formatDuration';
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
  return formatDuration(duration, { format: units.slice(first, first + 2) });
}
