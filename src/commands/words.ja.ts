/** What several commands say, in Japanese. */
import { pasted } from '../output/pasted.ts';
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  whichProfile: 'どのプロファイルを使いますか?',
  notUsable: (variable, name) =>
    `${variable} が指す ${name} というプロファイルがないか、アクセスキーがありません`,
  useIt: (session, assignment) =>
    assignment === undefined
      ? `使い方: aws s3 ls --profile ${pasted(session)}`
      : `使い方: aws s3 ls --profile ${pasted(session)} または ${assignment}`,
  durationUnused: (line) =>
    `セッションがまだ有効なため、指定した有効期間は使われていません。新しく取得するには: ${line}`,
  npxCache:
    'npx のキャッシュにあるプログラムは削除されることがあるため、ほかのプログラムから呼び出せません',
  installFirst: '先にインストールしてください: npm install --global mfa-profile',
  noJournal: 'mfa-profile が書き込んだ内容ではありません',
  checkKeys: (profile) =>
    `${profile} のユーザーのアクセスキーを IAM コンソールで認証情報ファイルと照合してから、このファイルを削除してください`,
  evalIt: (line) => `この出力はシェルに評価させるためのものです: ${line}`,
};
