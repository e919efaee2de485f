/** Exit 4, `init` cannot set the profile up, in Japanese. */
import { pasted, pastedName } from '../pasted.ts';
import type { Translated } from './entry.ts';
import type { setup } from './setup.ts';

export const japanese: Translated<typeof setup> = {
  'no-usable-device': ({ profile, unusable }) => [
    unusable.length > 0
      ? `${profile} の MFA デバイスは FIDO セキュリティキーだけです (${unusable.join('、')})。FIDO はブラウザーでしか使えません`
      : `${profile} のユーザーに MFA デバイスがありません`,
    'IAM コンソールの「セキュリティ認証情報」タブで「MFA デバイスの割り当て」を選んで認証アプリを追加し、もう一度実行してください',
  ],
  'several-devices': ({ profile, serials }) => [
    `${profile} のユーザーには複数の MFA デバイスがあります: ${serials.join('、')}`,
    `使うデバイスを指定してください: mfa-profile init ${pastedName(profile)} --serial-number ARN`,
  ],
  'unconfirmed-device': ({ profile, guess }) => [
    `${profile} の MFA デバイスを検索できません: ユーザーに一覧表示の権限がありません (iam:ListMFADevices)`,
    guess === undefined
      ? `IAM コンソールで確認した ARN を指定してください: mfa-profile init ${pastedName(profile)} --serial-number ARN`
      : `次の ARN は推測です。IAM コンソールの表示と同じなら実行してください: mfa-profile init ${pastedName(profile)} --serial-number ${pasted(guess)}`,
  ],
  'key-there': ({ profile, file }) => [
    `${file} の [${profile}] にはすでにアクセスキーがあります。上書きはしません`,
    `ファイルのアクセスキーには別のプロファイル名を指定してください (mfa-profile init NAME --from FILE)。今のアクセスキーで続けるには: mfa-profile init ${pasted(profile)}`,
  ],
  'cannot-adopt': ({ from, reason }) => [
    `${from} を取り込めません: ${reason}`,
    '取り込まずに設定するには: mfa-profile init NAME',
  ],
};
