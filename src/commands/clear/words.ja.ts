/** The words of `clear` in Japanese. */
import type { Help } from '../../cli/help.ts';
import type { Translation } from '../../problems/text.ts';
import type { Own } from './command.ts';
import type { english } from './words.ts';

export const help: Help<Own> = {
  summary: '認証情報ファイルからセッションを削除',
  options: {
    expired: 'mfa-profile が取得したセッションのうち、期限切れのものすべて',
    all: 'mfa-profile が取得したセッションすべて',
    'session-profile': '削除するセッション用プロファイル',
  },
  examples: [
    ['mfa-profile clear prod', '[prod_token] を削除'],
    ['mfa-profile clear --all', '1 日の終わりに'],
  ],
};

export const japanese: Translation<typeof english> = {
  takeNoNames: '--all または --expired と名前は同時に指定できません',
  didYouMean: (similar) => `もしかして: ${similar.join('、')}`,
  notThere: (session, file) => `[${session}] は ${file} にないため、削除は不要です`,
  noneOfOurs: (file) => `mfa-profile が取得したセッションは ${file} にないため、削除は不要です`,
  noneExpired: (file) =>
    `mfa-profile が取得した期限切れのセッションは ${file} にないため、削除は不要です`,
  removed: (session, file) => `[${session}] を ${file} から削除しました`,
  noSession: (session, file) => `${file} の [${session}] にセッションがないため、削除は不要です`,
};
