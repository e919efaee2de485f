/** The words of `init` in English. */
import { pastedName } from '../../output/pasted.ts';
import type { Help } from '../../cli/help.ts';
import { texts } from '../../problems/text.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'set up a profile: find its MFA device, get a session',
  options: {
    from: "take the IAM console's access key file (.csv), a batch file's setting.ini, or: aws-mfa",
  },
  examples: [
    ['mfa-profile init prod', 'asks what it cannot find out'],
    ['mfa-profile init prod --from prod_accessKeys.csv', 'stores the key, then the same'],
    ['mfa-profile init prod --from setting.ini', 'takes over ARN and DurationSeconds'],
    ['mfa-profile init --from aws-mfa', 'takes over every [x-long-term] section'],
  ],
};

export const english = {
  whichProfile: 'Which profile?',
  noLongTerm: 'it has no section [x-long-term] with an aws_mfa_device',
  noLongTermOf: (name: string) => `it has no section [${name}-long-term] with an aws_mfa_device`,
  noArn: 'it names no ARN',
  badNumber: (key: string, least: number, most: number) =>
    `its ${key} must be a whole number from ${least} to ${most}`,
  later: (name: string) => `get a session with: mfa-profile refresh ${pastedName(name)}`,
};
export const words = texts('init', english);
