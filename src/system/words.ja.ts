/** What the terminal says of what is typed, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  yes: 'はい',
  no: 'いいえ',
  sixDigits: 'MFA コードは 6 桁の数字です',
  empty: '何も入力されていません',
  yesOrNo: '「はい」なら y、「いいえ」なら n を入力してください',
  number: (most: number) => `番号 (1-${most})`,
  noNumber: (typed: string) => `番号 ${typed} はありません`,
};
