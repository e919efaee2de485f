/** Why AWS could not take what it is given, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

export const japanese: Translation<typeof english> = {
  noSerial: 'MFA デバイスの ARN でも、ハードウェアデバイスのシリアル番号でもありません',
  noPartition: '存在しないパーティションです (arn:aws:...、arn:aws-cn:...)',
  securityKey:
    'FIDO セキュリティキーです。ブラウザー以外では、AWS が受け付けるのは 6 桁の MFA コードだけです',
  userNotDevice: 'MFA デバイスではなくユーザーの ARN です',
  otherArn: 'MFA デバイスの ARN ではありません (arn:aws:iam::...:mfa/NAME)',
  noUrl: 'http または https の URL ではありません',
  noRegion: 'AWS のリージョン名ではありません',
  nameRegion: '空白、引用符、コメント、ゾーンの文字を付けず、eu-west-1 のように書いてください',
  unsetOrName: (variable) =>
    `${variable} の設定を解除するか、eu-west-1 のようなリージョン名を設定してください`,
};
