/** The words of `refresh` in Japanese. */
import { pastedName } from '../../output/pasted.ts';
import type { Help } from '../../cli/help.ts';
import type { Translation } from '../../problems/text.ts';
import type { Own } from './command.ts';
import type { english } from './words.ts';

export const help: Help<Own> = {
  summary: 'セッションを有効に保つ (必要なときだけ MFA コードを入力)',
  options: {
    all: 'MFA デバイスを設定したすべてのプロファイル',
    'if-expired': '期限切れのセッションだけを更新 (デフォルトの動作)',
    notify: '期限切れで MFA コードが必要なときにデスクトップに通知',
    'tell-once': '同じ問題を 1 回だけ報告 (スケジューラー用)',
  },
  examples: [
    ['mfa-profile refresh prod', 'セッションは prod_token: aws s3 ls --profile prod_token'],
    ['mfa-profile refresh prod --token-code 123456', 'MFA コードを指定'],
    ['mfa-profile refresh --all --no-prompt', 'cron 用 (MFA コードが必要なら終了コード 3)'],
  ],
};

export const japanese: Translation<typeof english> = {
  nothingToDo: 'MFA デバイスを設定したプロファイルがないため、更新するものはありません',
  allTakesNoNames: '--all と名前は同時に指定できません',
  offerSetup: (profile) => `${profile} の MFA デバイスが未設定です。今すぐ検索して保存しますか?`,
  triedAgain: (failures, minutes) =>
    `${failures} 回失敗したため、${minutes} 分後にもう一度実行します`,
  runThis: (message, name) =>
    `${message}。次を実行してください: mfa-profile refresh ${pastedName(name)}`,
};
