/** What a set-up tells and asks, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  noKey: (profile, file) => `プロファイル ${profile} のアクセスキーが ${file} にありません`,
  howToAdd: 'アクセスキーをどのように保存しますか?',
  typeHere: 'ここで入力する (シークレットアクセスキーは表示されません)',
  addMyself: (profile) => `自分で保存する: aws configure --profile ${profile}`,
  keyId: 'アクセスキー ID',
  secretKey: 'シークレットアクセスキー',
  keySaved: (section, file) => `${file} の [${section}] に保存しました`,
  sessionKey: 'セッションのキーです。長期的なアクセスキーを入力してください',
  badKeyId: 'アクセスキー ID は英大文字と数字です (例: AKIA...)',
  length: 'セッションの有効期間 (15m から 36h)',
  badLength: '15m から 36h の範囲で入力してください (例: 12h、1h30m)',
  skipped: (serials) =>
    `対象外の MFA デバイスです (FIDO セキュリティキーはブラウザーでしか使えません): ${serials}`,
  found: (serial) => `MFA デバイスが見つかりました: ${serial}`,
  whichDevice: 'どの MFA デバイスのコードを使いますか?',
  mayNotList: (profile) =>
    `${profile} のユーザーには MFA デバイスを一覧表示する権限がありません (iam:ListMFADevices)`,
  guess: (serial) => `推測: ${serial} で正しいですか?`,
  device: 'MFA デバイスの ARN (IAM コンソールの「識別子」)',
  userNotDevice: (given, used) =>
    `${given} は MFA デバイスではなくユーザーの ARN のため、${used} を使います`,
  otherPartition: (serial, partition, region, profile) =>
    `${serial} のパーティションは ${partition} ですが、プロファイル ${profile} のリージョン ${region} は別のパーティションです。どちらかが誤っています`,
  noRegion: (profile) =>
    `${profile} にリージョンが設定されていません。設定するには: aws configure set region REGION --profile ${profile}`,
  role: (role, source) => `${role} は ${source} から引き受けるロールのため、${source} を設定します`,
  savedAlready: (file) => `${file} にはすべて設定済みです`,
  willSave: (file) => `${file} に次の内容を保存します:`,
  save: '保存しますか?',
  notSaved: '何も変更していません',
  saved: (profile) => `保存しました。${profile} を使う準備ができました`,
  doubled: (section) => `[${section}] が重複しています。AWS CLI はこのファイル全体を読み取れません`,
};
