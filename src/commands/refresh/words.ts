/** The words of `refresh` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'make sure that sessions are good, asking for a code only when they are not',
  options: {
    all: 'every source profile with an MFA device',
    'if-expired': 'refresh only what needs it: the default, spelt out',
    notify: 'tell the desktop when a session ends and a person is needed',
    'tell-once': 'for schedulers: say what is wrong once, not in every run',
  },
  examples: [
    ['mfa-profile refresh prod', 'then: aws s3 ls --profile prod_token'],
    ['mfa-profile refresh prod --token-code 123456', 'with a code in hand'],
    ['mfa-profile refresh --all --no-prompt', 'for cron: exit 3 where somebody is needed'],
  ],
};
