/** The words of `whoami` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'show which AWS identity a session belongs to',
  options: {},
  examples: [['mfa-profile whoami prod', 'prints the ARN']],
};
