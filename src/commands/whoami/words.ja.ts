/** The words of `whoami` in Japanese. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'セッションのユーザーまたはロールを STS に確認',
  options: {},
  examples: [['mfa-profile whoami prod', 'ARN を表示']],
};
