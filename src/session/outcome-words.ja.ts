/** What is said of a session that is valid, in Japanese. */
import { formatSeconds } from '../output/japanese-time.ts';
import { formatLocalTime } from '../output/local-time.ts';
import type { Translation } from '../problems/text.ts';
import type { english } from './outcome-words.ts';

export const japanese: Translation<typeof english> = {
  reused: (session, until, now) =>
    `${session} は ${formatLocalTime(until)} まで有効です (残り ${formatSeconds((until - now) / 1000)})`,
  refreshed: (session, until) => `${session} を更新しました (${formatLocalTime(until)} まで有効)`,
};
