/** The words of `completion` in Japanese. */
import type { Help } from '../../cli/help.ts';
import type { Translation } from '../../problems/text.ts';
import type { Own } from './command.ts';
import type { english } from './words.ts';

export const help: Help<Own> = {
  summary: 'シェルの補完スクリプトを出力',
  options: {},
  examples: [['mfa-profile completion bash >> ~/.bashrc', '']],
};

export const japanese: Translation<typeof english> = {
  whichShell: 'シェルを判別できません: 環境変数 SHELL が対応するシェルではありません',
  nameOne: 'シェルを指定してください: mfa-profile completion bash',
};
