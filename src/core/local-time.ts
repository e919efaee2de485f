/** Times for people: the local clock's, and what is left in words. */
import { formatDistanceStrict } from 'date-fns/formatDistanceStrict';

const two = (number: number): string => String(number).padStart(2, '0');

/** `2026-11-21 01:18` by the local clock. @param time milliseconds since the epoch */
export function formatLocalTime(time: number): string {
  const date = new Date(time);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/**
 * The time between two instants in words: `11 hours`, `42 minutes`. Rounded towards less, so that
 * nobody counts on time that is not there; a session got this very moment is rounded as people do.
 */
export function formatRemaining(
  time: number,
  now: number,
  rounding: 'floor' | 'round' = 'floor',
): string {
  return formatDistanceStrict(time, now, { roundingMethod: rounding });
}
