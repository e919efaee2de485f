/** The words of `credential-process` in Japanese. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'AWS CLI や SDK の credential_process 用に出力',
  options: {},
  examples: [['credential_process = mfa-profile credential-process prod', '~/.aws/config に記述']],
};
