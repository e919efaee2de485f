/** Exit 5: AWS refused. */
import { USUAL_LENGTH } from '../../credentials/key-form.ts';
import { formatDuration } from '../../aws/duration.ts';
import { judgeSerial } from '../../aws/mfa-device.ts';
import { pastedName } from '../pasted.ts';
import type { SomeEntries } from './entry.ts';

const NO_REASON = 'it gave no reason';

export const refusal = {
  'wrong-code': {
    exit: 5,
    words: ({ profile }) => [
      `AWS rejected the MFA code for ${profile}: it is wrong, expired or already used (MultiFactorAuthentication failed with invalid MFA one time pass code)`,
      'wait for the next code and try that; if every code is rejected, check the clock of your MFA device',
    ],
  },
  'wrong-serial': {
    exit: 5,
    words: ({ profile, serial }) => [
      `AWS knows no MFA device ${serial} of the user of ${profile} (unable to validate MFA code)`,
      serialHint(serial, profile),
    ],
  },
  'session-keys-as-source': {
    exit: 5,
    words: ({ profile }) => [
      `the key of ${profile} belongs to a session (Cannot call GetSessionToken with session credentials)`,
      'put the long-term key of your IAM user there',
    ],
  },
  'unknown-key': {
    exit: 5,
    words: ({ profile, region, session, length }) =>
      session === undefined
        ? [
            `AWS does not know the access key of ${profile} in ${region} (InvalidClientTokenId)` +
              lengthWords(length, 'access key IDs', USUAL_LENGTH.id),
            'it was deleted, is inactive, or belongs to another partition (aws-cn, aws-us-gov: set region); check it in the IAM console',
          ]
        : [
            `AWS does not know the session in ${session} in ${region} (InvalidClientTokenId)`,
            `get a new one with: mfa-profile refresh ${pastedName(profile)} --force (a session of sts.amazonaws.com is not known in every region: sts_regional_endpoints = regional)`,
          ],
  },
  'wrong-secret': {
    exit: 5,
    words: ({ profile, length }) => [
      `the secret key of ${profile} does not match its access key (SignatureDoesNotMatch)` +
        lengthWords(length, 'secret keys', USUAL_LENGTH.secret),
      `copy aws_secret_access_key of [${profile}] again; if it is lost, create a new access key in the IAM console`,
    ],
  },
  clock: {
    exit: 5,
    words: ({ skewSeconds }) => [
      `AWS rejected the time of the request: this machine's clock is ${skewText(skewSeconds)}`,
      'set the clock (timedatectl set-ntp true; under WSL2: sudo hwclock -s) and run this again',
    ],
  },
  'duration-refused': {
    exit: 5,
    words: ({ profile, seconds, said, codeSent }) => [
      `AWS refused a session of ${formatDuration(seconds)} for ${profile} (ValidationError: ${said})` +
        (codeSent && isRoleMaximum(said) ? '; the MFA code is spent' : ''),
      isRoleMaximum(said)
        ? `ask for less with duration_seconds or --duration, or raise the role's own maximum: aws iam update-role --role-name ROLE --max-session-duration ${seconds}`
        : "set duration_seconds: users can have 15m to 36h (129600 s), roles up to the role's own maximum, chained roles 1h",
    ],
  },
  'region-disabled': {
    exit: 5,
    words: ({ region }) => [
      `STS is not activated in ${region} for this account (RegionDisabledException)`,
      'activate it in the IAM console under account settings, or use another region with --region',
    ],
  },
  'session-over': {
    exit: 5,
    words: ({ profile }) => [
      `AWS says that the session of ${profile} has expired (ExpiredToken)`,
      `get a new one with: mfa-profile refresh ${pastedName(profile)} --force`,
    ],
  },
  'access-denied': {
    exit: 5,
    words: ({ action, said, deviceless, policy }) => [
      `AWS denied ${action}: ${said || NO_REASON}`,
      policy !== undefined
        ? `ask your account administrator for this policy: ${policy}`
        : deviceless === undefined
          ? 'a policy of your account forbids it (explicit deny, or no allow): ask your account administrator'
          : `if the role requires MFA, find the device with: mfa-profile init ${pastedName(deviceless)}`,
    ],
  },
  refused: {
    exit: 5,
    words: ({ action, name, said }) => [
      `AWS refused ${action}: ${name}: ${said || NO_REASON}`,
      action === 'getSigninToken'
        ? 'get a new session of the role with --force; without --duration the console stays open as long as that session lasts'
        : "these are AWS's own words; --debug shows the request id, which AWS support asks for",
    ],
  },
} as const satisfies SomeEntries;

function lengthWords(length: number | undefined, what: string, usual: number): string {
  return length === undefined
    ? ''
    : `; it has ${length} characters, and AWS's ${what} have ${usual}: part of it may be missing or doubled`;
}

function serialHint(serial: string, profile: string): string {
  const verdict = judgeSerial(serial);
  return verdict.kind === 'doubtful'
    ? `that is the ARN of a user, not of a device; to find the device: mfa-profile init ${pastedName(profile)}`
    : `check mfa_serial against the IAM console, or run: mfa-profile init ${pastedName(profile)}`;
}

function skewText(seconds: number | undefined): string {
  if (seconds === undefined) return 'off';
  return `${formatDuration(Math.abs(seconds))} ${seconds > 0 ? 'ahead of' : 'behind'} AWS`;
}

/** AWS says so after it has looked at the code. */
export function isRoleMaximum(said: string): boolean {
  return /MaxSessionDuration/i.test(said);
}
