/** Lengths of time as people type them, and the bounds that STS sets. */

// GetSessionToken: 900 to 129600 seconds, 43200 by default (AWS STS API reference).
export const SHORTEST_SESSION_SECONDS = 900;
export const LONGEST_SESSION_SECONDS = 129_600;
export const DEFAULT_SESSION_SECONDS = 43_200;
// AssumeRole: 900 to 43200 seconds, 3600 by default (AWS STS API reference).
export const LONGEST_ROLE_SECONDS = 43_200;
export const DEFAULT_ROLE_SECONDS = 3_600;
// "Role chaining limits your role session to a maximum of one hour" (IAM user guide).
export const LONGEST_CHAINED_SECONDS = 3_600;

const PARTS = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s?)?$/i;

/** Seconds in `900`, `15m`, `12h`, `1h30m` or `1d`; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  const match = PARTS.exec(text);
  if (!match || text === '') return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!;
}

/** Seconds as `12h`, `1h 30m`, `45s`: short, for messages. */
export function formatDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`);
  return shown.slice(0, 2).join(' ') || '0s';
}
