/** What is wrong with the answer of a `credential_process`, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  noJson: '出力が 1 つの JSON オブジェクトではありません',
  noVersion: '出力に "Version": 1 がありません',
  noField: (field) => `出力に ${field} がありません`,
};
