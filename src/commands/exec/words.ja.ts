/** The words of `exec` in Japanese. */
import type { Help } from '../../cli/help.ts';
import type { Translation } from '../../problems/text.ts';
import type { Own } from './command.ts';
import type { english } from './words.ts';

export const help: Help<Own> = {
  summary: 'セッションを環境変数に設定してコマンドを実行',
  options: {},
  examples: [
    ['mfa-profile exec prod -- terraform plan', '終了コードは terraform と同じ'],
    ['mfa-profile exec prod', 'セッションを設定した普段のシェル'],
  ],
};

export const japanese: Translation<typeof english> = {
  needsCommand: 'exec には -- の後にコマンドの指定が必要です',
  nested: (name, outer) =>
    `このシェルではすでに ${outer} のセッションを使っています。その中で ${name} のシェルを開きます (exit で元に戻ります)`,
  forExample: '例: mfa-profile exec prod -- aws s3 ls',
};
