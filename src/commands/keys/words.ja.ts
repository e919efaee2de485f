/** The words of `keys` in Japanese. */
import type { Help } from '../../cli/help.ts';
import { pasted, pastedName } from '../../output/pasted.ts';
import type { Translation } from '../../problems/text.ts';
import type { Own } from './command.ts';
import type { english } from './words.ts';

export const help: Help<Own> = {
  summary: '長期的なアクセスキーをキーチェーンなどに保管',
  options: {
    to: 'keychain、secret-service、pass、1password、windows、または自分のコマンド',
  },
  examples: [
    ['mfa-profile keys move prod --to secret-service', '~/.aws/credentials からキーリングへ移動'],
    ['mfa-profile keys show prod', '保管先とアクセスキー ID を表示'],
    ['mfa-profile keys restore prod', 'ファイルに戻す'],
  ],
};

export const japanese: Translation<typeof english> = {
  toIsForMove: '--to は keys move のオプションです',
  needsTo: 'keys move には --to STORE が必要です',
  oneOf: (stores) => `${stores.join('、')}、または絶対パスで書いた自分のコマンド`,
  unknownStore: (store) => `保管先 ${store} はありません`,
  fileIsRestore: 'ファイルに戻すには: mfa-profile keys restore NAME',
  didYouMean: (stores) => `もしかして: ${stores.join('、')}`,
  relativeCommand: (path) => `${path} は現在のフォルダーでしか見つかりません`,
  wholePath: '絶対パスで指定してください。AWS のツールはどのフォルダーからでも起動します',
  isRole:
    'AWS のツールは、role_arn のあるプロファイルのアクセスキーをファイルからしか読み取りません',
  hasNoKey: 'ロールのため、アクセスキーがありません',
  moveSource: (source, store) =>
    `引き受けに使うアクセスキーを移動してください: mfa-profile keys move ${pastedName(source)} --to ${pasted(store)}`,
  showSource: (source) =>
    `ロールの引き受けに使うアクセスキーを確認するには: mfa-profile keys show ${pastedName(source)}`,
  restoreSource: (source) =>
    `ロールの引き受けに使うアクセスキーを戻すには: mfa-profile keys restore ${pastedName(source)}`,
  ownProcess: (command) => `すでに credential_process から取得しています: ${command}`,
  moveByHand: 'その行を取り除き、先にアクセスキーをファイルに保存してください',
  underWay: (place) => `前回の実行で保管済みです (${place})`,
  finish: (profile, store) =>
    `続きを実行するには: mfa-profile keys move ${pastedName(profile)} --to ${pasted(store)}`,
  alreadyIn: (place) => `すでに保管されています (${place})`,
  restoreFirst: (profile) =>
    `先にファイルに戻してください: mfa-profile keys restore ${pastedName(profile)}`,
  showIt: (profile) => `保管先を確認するには: mfa-profile keys show ${pastedName(profile)}`,
  twoKeys: (section, file) => `${file} の [${section}] に別のアクセスキーがあります`,
  changedMeanwhile: (section, file) =>
    `${file} の [${section}] のアクセスキーが途中で変更されました`,
  otherKeyInFile: (profile, file) => `${file} の [${profile}] に別のアクセスキーがあります`,
  notInStore: 'このプログラムで移動したアクセスキーではありません',
  entryGone: (place) => `項目がなくなっています (${place})`,
  storeAnew: (profile) =>
    `IAM コンソールで新しいアクセスキーを作成し、設定ファイルから credential_process と key_store を取り除いて、次を実行してください: mfa-profile init ${pastedName(profile)}`,
  wait: (profile) =>
    `別の mfa-profile が ${profile} のアクセスキーを変更中です。終わるまで待ちます`,
  busy: (seconds) => `別の mfa-profile が変更中です (${seconds} 秒待機)`,
  runAgain: '終了してから、もう一度実行してください',
  moved: (profile, place, file) =>
    `${profile} のアクセスキーを保管し (${place})、${file} から削除しました`,
  updated: (profile, place) =>
    `${profile} のアクセスキーは保管済みです (${place})。credential_process を更新しました`,
  lost: (profile) =>
    `AWS CLI と SDK は保管先から取得します。ファイルを直接読み取るプログラムでは使えません。元に戻すには: mfa-profile keys restore ${pastedName(profile)}`,
  copies: (profile) =>
    `ファイルのバックアップやシェルの履歴に残っている場合があります。新しいアクセスキーにするには: mfa-profile rotate ${pastedName(profile)}`,
  stale: (session, profile) =>
    `${session} は取り直しが必要です。新しく取得するには: mfa-profile refresh ${pastedName(profile)}`,
  restored: (profile, file, place) =>
    `${profile} のアクセスキーを ${file} に戻し、保管先から削除しました (${place})`,
  inFile: (profile, id, file) => `${profile}: ${id} (${file} に平文で保存)`,
  couldMove: (profile) => `移動するには: mfa-profile keys move ${pastedName(profile)} --to STORE`,
  alsoIn: (place) => `前回の実行でこちらにも保管されています (${place})`,
  inStore: (profile, id, place, days) =>
    `${profile}: ${id} (${place}${days === null ? '' : days === 0 ? '、本日保管' : `、${days} 日前に保管`})`,
  byProcess: (profile, command) => `${profile}: credential_process から取得 (未実行): ${command}`,
};
