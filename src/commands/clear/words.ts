/** The words of `clear` in English. */
import type { Help } from '../../cli/help.ts';
import { texts } from '../../problems/text.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'remove sessions from the credentials file',
  options: {
    expired: 'every expired session that mfa-profile got',
    all: 'every session that mfa-profile got',
    'session-profile': 'remove the session in this profile',
  },
  examples: [
    ['mfa-profile clear prod', 'remove [prod_token]'],
    ['mfa-profile clear --all', 'at the end of the day'],
  ],
};

export const english = {
  takeNoNames: '--all and --expired take no names',
  didYouMean: (similar: readonly string[]) => `did you mean ${similar.join(' or ')}?`,
  notThere: (session: string, file: string) =>
    `there is no [${session}] in ${file}: nothing to remove`,
  noneOfOurs: (file: string) => `${file} holds no session that mfa-profile got: nothing to remove`,
  noneExpired: (file: string) =>
    `${file} holds no expired session that mfa-profile got: nothing to remove`,
  removed: (session: string, file: string) => `removed [${session}] from ${file}`,
  noSession: (session: string, file: string) =>
    `[${session}] in ${file} holds no session: nothing to remove`,
};
export const words = texts('clear', english);
