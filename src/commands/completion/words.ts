/** The words of `completion` in English. */
import type { Help } from '../../cli/help.ts';
import { texts } from '../../problems/text.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'print a completion script for the shell',
  options: {},
  examples: [['mfa-profile completion bash >> ~/.bashrc', '']],
};

export const english = {
  whichShell: 'which shell? SHELL names none that is known',
  nameOne: 'name one: mfa-profile completion bash',
};
export const words = texts('completion', english);
