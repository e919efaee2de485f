/** The words of `completion` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'print a completion script for the shell',
  options: {},
  examples: [['mfa-profile completion bash >> ~/.bashrc', '']],
};
