/**
 * Exit 5, AWS refused, in Japanese; AWS's own words stay English, for those who search for them.
 */
import { USUAL_LENGTH } from '../../credentials/key-form.ts';
import { judgeSerial } from '../../aws/mfa-device.ts';
import { formatLength, formatSeconds } from '../japanese-time.ts';
import { pastedName } from '../pasted.ts';
import type { Translated } from './entry.ts';
import { isRoleMaximum } from './refusal.ts';
import type { refusal } from './refusal.ts';

const NO_REASON = '理由は示されていません';

export const japanese: Translated<typeof refusal> = {
  'wrong-code': ({ profile }) => [
    `AWS が ${profile} の MFA コードを受け付けませんでした: 誤り、期限切れ、または使用済みです (MultiFactorAuthentication failed with invalid MFA one time pass code)`,
    '次のコードが表示されてから入力してください。何度も拒否される場合は、MFA デバイスの時刻を確認してください',
  ],
  'wrong-serial': ({ profile, serial }) => [
    `${profile} のユーザーに MFA デバイス ${serial} は割り当てられていません (unable to validate MFA code)`,
    judgeSerial(serial).kind === 'doubtful'
      ? `MFA デバイスではなくユーザーの ARN です。デバイスを検索するには: mfa-profile init ${pastedName(profile)}`
      : `mfa_serial を IAM コンソールの表示と照合するか、次を実行してください: mfa-profile init ${pastedName(profile)}`,
  ],
  'session-keys-as-source': ({ profile }) => [
    `プロファイル ${profile} にあるのは、長期的なアクセスキーではなくセッションのキーです (Cannot call GetSessionToken with session credentials)`,
    'IAM ユーザーの長期的なアクセスキーを保存してください',
  ],
  'unknown-key': ({ profile, region, session, length }) =>
    session === undefined
      ? [
          `AWS (${region}) が ${profile} のアクセスキーを認識できません (InvalidClientTokenId)` +
            lengthWords(length, 'アクセスキー ID ', USUAL_LENGTH.id),
          '削除済みか、非アクティブか、別のパーティション (aws-cn、aws-us-gov) のキーです。IAM コンソールで確認してください',
        ]
      : [
          `AWS (${region}) が ${session} のセッションを認識できません (InvalidClientTokenId)`,
          `sts.amazonaws.com で取得したセッションを使えないリージョンでは、先に sts_regional_endpoints = regional を設定してください。新しく取得するには: mfa-profile refresh ${pastedName(profile)} --force`,
        ],
  'wrong-secret': ({ profile, length }) => [
    `${profile} のシークレットアクセスキーがアクセスキー ID と一致しません (SignatureDoesNotMatch)` +
      lengthWords(length, 'シークレットアクセスキー', USUAL_LENGTH.secret),
    `[${profile}] の aws_secret_access_key を入れ直してください。わからない場合は、IAM コンソールで新しいアクセスキーを作成してください`,
  ],
  clock: ({ skewSeconds }) => [
    `時刻のずれのため、AWS がリクエストを拒否しました: ${skewText(skewSeconds)}`,
    '時計を合わせてから、もう一度実行してください (timedatectl set-ntp true、WSL2 では sudo hwclock -s)',
  ],
  'duration-refused': ({ profile, seconds, said, codeSent }) => [
    `AWS が ${profile} の ${formatLength(seconds)}のセッションを拒否しました (ValidationError: ${said})` +
      (codeSent && isRoleMaximum(said) ? '。MFA コードは使用済みになりました' : ''),
    isRoleMaximum(said)
      ? `duration_seconds または --duration を短くするか、ロールの最大セッション期間を延ばしてください: aws iam update-role --role-name ROLE --max-session-duration ${seconds}`
      : 'duration_seconds を変更してください: ユーザーは 15m から 36h (129600 秒)、ロールはロールの最大セッション期間まで、ロールの連鎖では 1h まで',
  ],
  'region-disabled': ({ region }) => [
    `このアカウントでは ${region} の STS がアクティブ化されていません (RegionDisabledException)`,
    'IAM コンソールの「アカウント設定」でアクティブ化するか、--region で別のリージョンを指定してください',
  ],
  'session-over': ({ profile }) => [
    `${profile} のセッションは期限切れです (ExpiredToken)`,
    `新しく取得するには: mfa-profile refresh ${pastedName(profile)} --force`,
  ],
  'access-denied': ({ action, said, deviceless, policy }) => [
    `AWS が ${action} を拒否しました (AccessDenied): ${said || NO_REASON}`,
    policy !== undefined
      ? `アカウントの管理者に、次のポリシーを依頼してください: ${policy}`
      : deviceless === undefined
        ? 'ポリシーで許可されていません (explicit deny、または許可なし)。アカウントの管理者に確認してください'
        : `ロールが MFA を要求する場合は、デバイスを検索してください: mfa-profile init ${pastedName(deviceless)}`,
  ],
  refused: ({ action, name, said }) => [
    `AWS が ${action} を拒否しました (${name}): ${said || NO_REASON}`,
    action === 'getSigninToken'
      ? '--force でロールのセッションを取得し直してください。--duration を指定しなければ、そのセッションの期限までコンソールを使えます'
      : '英文は AWS の応答です。AWS サポートに伝えるリクエスト ID は --debug で表示できます',
  ],
};

function lengthWords(length: number | undefined, what: string, usual: number): string {
  return length === undefined
    ? ''
    : `。AWS の${what}は ${usual} 文字ですが、${length} 文字あります。欠けているか、重複しています`;
}

function skewText(seconds: number | undefined): string {
  if (seconds === undefined) return 'このマシンの時計がずれています';
  const off = formatSeconds(Math.abs(seconds));
  return `このマシンの時計は ${off}${seconds > 0 ? '進んで' : '遅れて'}います`;
}
