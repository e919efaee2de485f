/** Times for people: the local clock's, and what is left in words. */
import { largestUnits } from './time-units.ts';

const two = (number: number): string => String(number).padStart(2, '0');

/** `2026-11-21 01:18` by the local clock. @param time milliseconds since the epoch */
export function formatLocalTime(time: number): string {
  const date = new Date(time);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

const UNITS = ['day', 'hour', 'minute', 'second'];

/** The time between two instants in words, its two largest units: `11 hours 59 minutes`. */
export function formatRemaining(time: number, now: number): string {
  const parts = largestUnits(Math.abs(time - now) / 1000);
  if (parts.length === 0) return '0 seconds';
  return parts
    .map(({ count, unit }) => `${count} ${UNITS[unit]}${count === 1 ? '' : 's'}`)
    .join(' ');
}
