/** The words of `init` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: "find the profile's MFA device, save it, and try it out",
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
