/** What the terminal says of what is typed, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  // Code page 932 lacks the signs of the English.
  separator: '>',
  pointer: '>',
  dot: '*',
  cut: '..',
  yes: 'はい',
  no: 'いいえ',
  windowTitle: 'MFA コード',
  sixDigits: 'MFA コードは 6 桁の数字です',
  empty: '何も入力されていません',
  yesOrNo: '「はい」なら y、「いいえ」なら n を入力してください',
  number: (most: number) => `番号 (1-${most})`,
  noNumber: (typed: string) => `番号 ${typed} はありません`,
  tooLong: (seconds) => `${seconds} 秒を超えて実行していたため終了しました`,
  tooMuch: '出力が 64 KiB を超えたため終了しました',
  notHere: 'このマシンにありません',
  notStarted: (code) => `起動できませんでした (${code})`,
  endedWith: (status) => `終了コード ${status} で終了しました`,
  endedBy: (signal) => `シグナル ${signal} で終了しました`,
  noCode: '出力に 6 桁の数字がありません',
  severalCodes: '出力に複数のコードがあります',
};
