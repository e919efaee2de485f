/** The words of `init` in Japanese. */
import { pastedName } from '../../output/pasted.ts';
import type { Help } from '../../cli/help.ts';
import type { Translation } from '../../problems/text.ts';
import type { Own } from './command.ts';
import type { english } from './words.ts';

export const help: Help<Own> = {
  summary: 'MFA デバイスを検索して保存し、セッションを取得',
  options: {
    from: 'IAM コンソールのアクセスキーファイル (.csv)、バッチファイルの setting.ini、または aws-mfa を取り込み',
  },
  examples: [
    ['mfa-profile init prod', 'わからない項目だけを質問'],
    ['mfa-profile init prod --from prod_accessKeys.csv', 'アクセスキーも保存'],
    ['mfa-profile init prod --from setting.ini', 'ARN と DurationSeconds を取り込み'],
    ['mfa-profile init --from aws-mfa', 'すべての [x-long-term] を取り込み'],
  ],
};

export const japanese: Translation<typeof english> = {
  whichProfile: 'どのプロファイルを設定しますか?',
  noLongTerm: 'aws_mfa_device のある [x-long-term] セクションがありません',
  noLongTermOf: (name) => `aws_mfa_device のある [${name}-long-term] セクションがありません`,
  noArn: 'ARN の設定がありません',
  badNumber: (key, least, most) => `${key} が ${least} から ${most} の範囲の整数ではありません`,
  later: (name) => `セッションを取得するには: mfa-profile refresh ${pastedName(name)}`,
};
