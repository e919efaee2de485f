/** What the program says of itself, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  noVerify:
    '--no-verify-ssl: 証明書を検証しないため、通信の盗み見や改ざんを防げません。--ca-bundle で CA 証明書を指定してください',
  ownFault: (message) => `mfa-profile 自体の不具合です: ${message}`,
  plainHyphens: 'オプションは半角の -- で入力してください',
  lineOf: (path, line) => `${path} の ${line} 行目`,
  sourceOf: (role) => ` (ロール ${role} の元のプロファイル)`,
  chainOf: (profiles) => ` (ロールの連鎖: ${profiles.join(' -> ')})`,
  reportIt: '操作の内容を添えて報告してください。--debug を付けると発生箇所を表示します',
};
