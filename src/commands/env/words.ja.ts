/** The words of `env` in Japanese. */
import type { Help } from '../../cli/help.ts';
import type { Translation } from '../../problems/text.ts';
import type { Own } from './command.ts';
import type { english } from './words.ts';

export const help: Help<Own> = {
  summary: 'セッションをシェルの環境変数または JSON として出力',
  options: {
    format: '出力形式 (省略時は呼び出し元のシェルに合わせる)',
    unset: 'セッションの環境変数を解除するコマンドを出力',
  },
  examples: [
    ['eval "$(mfa-profile env prod)"', 'bash、zsh など'],
    ['mfa-profile env prod | source', 'fish'],
    ['mfa-profile env prod | Out-String | Invoke-Expression', 'PowerShell'],
    ['eval "$(mfa-profile env --unset)"', '環境変数を解除'],
  ],
};

export const japanese: Translation<typeof english> = {
  contradicts: (format) => `--json と --format ${format} は同時に指定できません`,
  unsetNeedsShell: (format) => `--unset はシェルの形式でだけ使えます (${format} では使えません)`,
};
