/** Times for people: the local clock's, and what is left in words. */
import { largestUnits } from './time-units.ts';

const two = (number: number): string => String(number).padStart(2, '0');

const MINUTE_MS = 60_000;
/** More than any clock is put back by at the end of summer time. */
const LONGEST_SHIFT_MS = 12 * 60 * MINUTE_MS;

/**
 * `2026-11-21 01:18` by the local clock; with the distance from UTC behind it, as `+01:00`, where
 * that clock shows the same twice. @param time milliseconds since the epoch
 */
export function formatLocalTime(time: number): string {
  const date = new Date(time);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const shown = `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
  return isShownTwice(date) ? `${shown} ${formatOffset(date)}` : shown;
}

function isShownTwice(date: Date): boolean {
  const offset = date.getTimezoneOffset();
  return [-LONGEST_SHIFT_MS, LONGEST_SHIFT_MS].some((distance) => {
    const other = new Date(date.getTime() + distance).getTimezoneOffset();
    if (other === offset) return false;
    const twin = new Date(date.getTime() + (other - offset) * MINUTE_MS);
    return twin.getTimezoneOffset() === other;
  });
}

function formatOffset(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
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
