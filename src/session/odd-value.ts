/** What most often spoils the value of a setting. */
import type { Said } from '../problems/text.ts';
import { words } from './words.ts';

/** @returns what to do if a comment or quotes are read as part of the value */
export function trapIn(value: string): Said | undefined {
  if (/[\s"'][#;]|^[#;]/.test(value)) return words.commentInSetting;
  return /^["'\u2018-\u201f\u300c\u300d]|["'\u2018-\u201f\u300c\u300d]$/.test(value)
    ? words.quotesInSetting
    : undefined;
}
