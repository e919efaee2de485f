/** What a set-up tells and asks, in Japanese. */
import { pastedName } from '../output/pasted.ts';
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  noKey: (profile, file) => `プロファイル ${profile} のアクセスキーが ${file} にありません`,
  keyId: 'アクセスキー ID',
  secretKey: 'シークレットアクセスキー (表示されません)',
  keySaved: (section, file) => `${file} の [${section}] に保存しました`,
  sessionKey: 'セッションのキーです。長期的なアクセスキーを入力してください',
  badKeyId: 'アクセスキー ID は英大文字と数字です (例: AKIA...)',
  region: 'AWS リージョン (例: ap-northeast-1。空欄で省略)',
  badRegion: 'AWS リージョンの名前ではありません',
  shadowed: (key, profile, credentials, config) =>
    `${credentials} の [${profile}] の ${key} が、${config} に保存した値より優先されます。${credentials} から削除してください`,
  noCsvHeader: '1 行目に Access key ID と Secret access key の列名がありません',
  noCsvRow: 'アクセスキーがありません',
  noCsvSecret: 'シークレットアクセスキーのないアクセスキーがあります',
  keyInStore: (profile, store) =>
    `${profile} のアクセスキーは保管先 (${store}) にあります。ファイルにも保存すると、ファイルのキーが優先されます。新しいキーに置き換えるには: mfa-profile rotate ${pastedName(profile)}`,
  keyOfProcess: (profile, command) =>
    `${profile} のアクセスキーは credential_process から取得しています。ファイルにも保存すると、ファイルのキーが優先されます: ${command}`,
  csvNeedsName: (file, names) =>
    `${file} にはアクセスキーが複数あります。次のユーザーのいずれかを指定してください: ${names.join('、')}`,
  csvNeedsProfile: (file) =>
    `${file} にユーザー名がありません。プロファイル名を指定してください: mfa-profile init NAME --from FILE`,
  csvHasNoUser: (file, name, names) =>
    `${file} には ${name} のアクセスキーがありません。次のユーザーのアクセスキーがあります: ${names.join('、')}`,
  whichName: 'プロファイル名',
  deleteFile: (file) => `${file} にシークレットアクセスキーが残っています。今すぐ削除しますか?`,
  deleteFileYourself: (file) =>
    `${file} にシークレットアクセスキーが残っています。ファイルを削除してください`,
  deleted: (file) => `${file} を削除しました`,
  skipped: (serials) =>
    `対象外の MFA デバイスです (FIDO セキュリティキーはブラウザーでしか使えません): ${serials}`,
  found: (serial) => `MFA デバイスが見つかりました: ${serial}`,
  whichDevice: 'どの MFA デバイスのコードを使いますか?',
  mayNotList: (profile) =>
    `${profile} のユーザーには MFA デバイスを一覧表示する権限がありません (iam:ListMFADevices)`,
  device: 'MFA デバイスの ARN (コンソールの「識別子」)',
  userNotDevice: (given, used) =>
    `${given} は MFA デバイスではなくユーザーの ARN のため、${used} を使います`,
  otherPartition: (serial, partition, region, profile) =>
    `${serial} のパーティションは ${partition} ですが、プロファイル ${profile} のリージョン ${region} は別のパーティションです。どちらかが誤っています`,
  noRegion: (profile) =>
    `${profile} にリージョンが設定されていません。設定するには: mfa-profile init ${pastedName(profile)} --region REGION --force`,
  role: (role, source) => `${role} は ${source} から引き受けるロールのため、${source} を設定します`,
  savedAlready: (file) => `${file} にはすべて設定済みです`,
  willSave: (file) => `${file} に次の内容を保存します:`,
  save: '保存しますか?',
  notSaved: '何も変更していません',
  saved: (profile) => `${profile} の設定を保存しました`,
  doubled: (section) => `[${section}] が重複しています。AWS CLI はこのファイル全体を読み取れません`,
};
