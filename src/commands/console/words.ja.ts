/** The words of `console` in Japanese. */
import type { Help } from '../../cli/help.ts';
import { formatLocalTime } from '../../output/local-time.ts';
import type { Translation } from '../../problems/text.ts';
import type { Own } from './command.ts';
import type { english } from './words.ts';

export const help: Help<Own> = {
  summary: 'ロールのセッションで AWS コンソールを開く',
  options: {
    print: 'ブラウザーを開かずに URL を出力',
    service: '最初に開くページ (s3、ec2/home など)',
    browser: 'URL を開くコマンド',
    duration: 'コンソールを使える時間 (15m から 12h)',
    'duration-seconds': '同じ時間を秒数で指定 (900 から 43200)',
  },
  examples: [
    ['mfa-profile console admin', 'セッションの有効期限まで'],
    ['mfa-profile console admin --duration 12h', '12 時間 (MFA コードが必要)'],
    ['mfa-profile console admin --service s3 --print', '別のブラウザーやマシンで開く'],
  ],
};

export const japanese: Translation<typeof english> = {
  opened: (role, until) => `${role} としてコンソールを開きました (${formatLocalTime(until)} まで)`,
  printed: (role, until) =>
    `15 分以内にこの URL を開くと、${role} としてコンソールにサインインできます (${formatLocalTime(until)} まで)`,
  notLonger: (role, until) =>
    `コンソールを使えるのは ${role} のセッションが有効な ${formatLocalTime(until)} までです。これより長く使えるのは、長期的なアクセスキーと MFA コードで引き受けたロールだけです`,
  badPath:
    '--service には s3 や ec2/home#Instances: のように、サービス名またはコンソールのパスを指定してください',
  pathOnly: 'コンソールの URL から、https:// とホスト名を除いた部分を指定してください',
  notBoth: '--print と --browser は同時に指定できません',
};
