/** The words of `clear` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'remove sessions from the credentials file',
  options: {
    expired: 'every session of ours that is over',
    all: 'every session of ours',
  },
  examples: [
    ['mfa-profile clear prod', 'remove [prod_token]'],
    ['mfa-profile clear --all', 'at the end of the day'],
  ],
};
