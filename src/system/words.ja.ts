/** What the terminal says of what is typed, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  yes: 'はい',
  no: 'いいえ',
  sixDigits: 'MFA コードは 6 桁の数字です',
  empty: '何も入力されていません',
};
