/** What a set-up tells and asks, in English. */
import { texts } from '../problems/text.ts';

export const english = {
  noKey: (profile: string, file: string) => `profile ${profile} has no access key in ${file}`,
  howToAdd: 'How do you want to add it?',
  typeHere: 'Type it here (the secret stays hidden)',
  addMyself: (profile: string) => `I'll add it myself with: aws configure --profile ${profile}`,
  keyId: 'AWS access key ID',
  secretKey: 'AWS secret access key',
  keySaved: (section: string, file: string) => `saved in [${section}] of ${file}`,
  sessionKey: 'that is the key of a session; a long-term key is needed',
  badKeyId: 'an access key ID consists of capital letters and digits, like AKIA...',
  length: 'Session length (15m to 36h)?',
  badLength: 'a duration from 15m to 36h, such as 12h or 1h30m',
  skipped: (serials: string) => `left out ${serials}: a FIDO security key works only in a browser`,
  found: (serial: string) => `found the MFA device ${serial}`,
  whichDevice: 'Which MFA device shows your codes?',
  mayNotList: (profile: string) =>
    `AWS does not allow the user of ${profile} to list MFA devices (iam:ListMFADevices)`,
  guess: (serial: string) => `A guess: is it ${serial}?`,
  device: 'ARN of the MFA device (Identifier in the IAM console)',
  userNotDevice: (given: string, used: string) =>
    `${given} is the ARN of a user, not of a device; using ${used}`,
  otherPartition: (serial: string, partition: string, region: string, profile: string) =>
    `${serial} lies in ${partition}, but region ${region} of profile ${profile} does not: one of them is wrong`,
  noRegion: (profile: string) =>
    `${profile} has no region; most AWS CLI commands need one: aws configure set region REGION --profile ${profile}`,
  role: (role: string, source: string) =>
    `${role} is a role assumed with ${source}: setting up ${source}`,
  savedAlready: (file: string) => `${file} holds all of it already`,
  willSave: (file: string) => `in ${file}:`,
  save: 'Save this?',
  notSaved: 'nothing was changed',
  saved: (profile: string) => `saved; ${profile} is set up`,
  doubled: (section: string) =>
    `[${section}] is there twice, and the AWS CLI refuses the whole file`,
};
export const words = texts('setup', english);
