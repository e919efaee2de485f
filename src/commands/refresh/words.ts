/** The words of `refresh` in English. */
import { pastedName } from '../../output/pasted.ts';
import type { Help } from '../../cli/help.ts';
import { texts } from '../../problems/text.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'refresh expired sessions; ask for a code only if needed',
  options: {
    all: 'every source profile with an MFA device',
    'if-expired': 'refresh only expired sessions (the default; for readable cron lines)',
    notify: 'show a desktop notification when a session expires and needs a code',
    'tell-once': 'report each problem once, not on every run (for schedulers)',
  },
  examples: [
    ['mfa-profile refresh prod', 'then: aws s3 ls --profile prod_token'],
    ['mfa-profile refresh prod --token-code 123456', 'with a code in hand'],
    ['mfa-profile refresh --all --no-prompt', 'for cron: exit 3 if a code is needed'],
  ],
};

export const english = {
  nothingToDo: 'no source profile has an MFA device: nothing to refresh',
  allTakesNoNames: '--all takes no names',
  offerSetup: (profile: string) =>
    `No MFA device is known for profile ${profile}. Look it up and save it?`,
  triedAgain: (failures: number, minutes: number) =>
    `it failed ${failures} time${failures === 1 ? '' : 's'}, and is tried again in ${minutes} minutes`,
  runThis: (message: string, name: string) =>
    `${message}. Run: mfa-profile refresh ${pastedName(name)}`,
};
export const words = texts('refresh', english);
