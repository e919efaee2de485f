/** What the program says of itself, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  ownFault: (message) => `mfa-profile 自体の不具合です: ${message}`,
  reportIt: '操作の内容を添えて報告してください。--debug を付けると発生箇所を表示します',
};
