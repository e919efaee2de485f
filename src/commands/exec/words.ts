/** The words of `exec` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'run a command with a session in its environment',
  options: {},
  examples: [
    ['mfa-profile exec prod -- terraform plan', 'exits as terraform does'],
    ['mfa-profile exec prod', 'your shell, with the session in its environment'],
  ],
};
