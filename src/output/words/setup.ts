/** Exit 4: `init` cannot set the profile up. */
import { pasted, pastedName } from '../pasted.ts';
import type { SomeEntries } from './entry.ts';

export const setup = {
  'no-usable-device': {
    exit: 4,
    words: ({ profile, unusable }) => [
      unusable.length > 0
        ? `the only MFA devices of ${profile} are FIDO security keys (${unusable.join(', ')}), which work only in a browser`
        : `the user of ${profile} has no MFA device`,
      'add an authenticator app in the IAM console (Security credentials, Assign MFA device) and run this again',
    ],
  },
  'several-devices': {
    exit: 4,
    words: ({ profile, serials }) => [
      `the user of ${profile} has several MFA devices: ${serials.join(', ')}`,
      `name the one to use: mfa-profile init ${pastedName(profile)} --serial-number ARN`,
    ],
  },
  'unconfirmed-device': {
    exit: 4,
    words: ({ profile, guess }) => [
      `cannot look up the MFA device of ${profile}: AWS does not allow its user to list devices (iam:ListMFADevices)`,
      guess === undefined
        ? `copy it from the IAM console: mfa-profile init ${pastedName(profile)} --serial-number ARN`
        : `a guess, to be checked in the IAM console: mfa-profile init ${pastedName(profile)} --serial-number ${pasted(guess)}`,
    ],
  },
  'key-there': {
    exit: 4,
    words: ({ profile, file }) => [
      `[${profile}] in ${file} has an access key already, which is never overwritten`,
      `to go on with that key: mfa-profile init ${pasted(profile)}; for this one name another profile: mfa-profile init NAME --from FILE`,
    ],
  },
  'cannot-adopt': {
    exit: 4,
    words: ({ from, reason }) => [
      `cannot use ${from}: ${reason}`,
      'set the profile up without it: mfa-profile init NAME',
    ],
  },
} as const satisfies SomeEntries;
