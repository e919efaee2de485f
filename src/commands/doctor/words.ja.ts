/** The words of `doctor` in Japanese. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'ファイル、環境変数、時計、ネットワークを診断',
  options: {
    fix: '安全に修正できる項目 (アクセス権、残存ファイル) を修正',
  },
  examples: [
    ['mfa-profile doctor prod', 'プロファイルの診断を含む'],
    ['mfa-profile doctor --fix', '修正した項目を表示'],
  ],
};
