/** What is wrong with an answer that is not AWS's, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  redirected: (status, to) =>
    `HTTP ${status}、転送先は ${to} (ネットワークのログインページの可能性があります)`,
  tooLong: (status) => `HTTP ${status}、応答が 1 MiB を超えています`,
  packed: (status, encoding) => `HTTP ${status}、圧縮形式 ${encoding} には対応していません`,
  notUnpacked: (status) => `HTTP ${status}、応答を展開できません`,
  interim: (status) => `HTTP ${status} が繰り返し返されました`,
  notHttp: 'HTTP ではない応答です',
  longHead: '応答のヘッダーが長すぎます',
  foreignBody: (status) => `HTTP ${status}、AWS のものではない応答です`,
  unusable: (status, what) => `HTTP ${status}、${what}`,
  noArn: 'ARN が含まれていません',
  noSignInToken: 'サインイントークンが含まれていません',
  noCredentials: '認証情報が含まれていません',
  oddCredentials: '認証情報に AWS が使わない文字が含まれています',
  noKey: 'アクセスキーが含まれていません',
  expiredSession: 'セッションがすでに期限切れです',
};
