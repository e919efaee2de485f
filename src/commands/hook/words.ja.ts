/** The words of `hook` in Japanese. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: '必要なときだけログイン時にコードを求めるシェル設定を出力',
  options: {
    'each-prompt': 'ログイン時だけでなく、プロンプトごとに確認',
    prompt: 'プロンプト用の残り時間 mfa_profile_left を追加',
    'min-ttl': '残り時間がこれより短ければ入力を求める (デフォルト: 5m)',
  },
  examples: [
    ['mfa-profile hook bash >> ~/.bashrc', 'AWS_PROFILE のプロファイル用'],
    ['mfa-profile hook zsh --profile prod --each-prompt >> ~/.zshrc', ''],
  ],
};
