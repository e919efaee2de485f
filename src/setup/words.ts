/** What a set-up tells and asks, in English. */
import { pastedName } from '../output/pasted.ts';
import { texts } from '../problems/text.ts';

export const english = {
  noKey: (profile: string, file: string) => `profile ${profile} has no access key in ${file}`,
  keyId: 'AWS access key ID',
  secretKey: 'AWS secret access key (stays hidden)',
  keySaved: (section: string, file: string) => `saved in [${section}] of ${file}`,
  sessionKey: 'that is the key of a session; a long-term key is needed',
  badKeyId: 'an access key ID consists of capital letters and digits, like AKIA...',
  region: 'AWS region (such as eu-west-1; empty for none)',
  badRegion: 'that is not the name of an AWS region',
  shadowed: (key: string, profile: string, credentials: string, config: string) =>
    `${key} in [${profile}] of ${credentials} wins over the one just saved in ${config}: remove it there`,
  noCsvHeader: 'its first line does not name the columns Access key ID and Secret access key',
  noCsvRow: 'it holds no access key',
  noCsvSecret: 'it holds an access key without its secret',
  keyInStore: (profile: string, store: string) =>
    `the key of ${profile} is in a store (${store}), and one in the file would override it; for a new key: mfa-profile rotate ${pastedName(profile)}`,
  keyOfProcess: (profile: string, command: string) =>
    `the key of ${profile} comes from credential_process, and one in the file would override it: ${command}`,
  csvNeedsName: (file: string, names: readonly string[]) =>
    `${file} holds several access keys; name one of the users: ${names.join(', ')}`,
  csvNeedsProfile: (file: string) =>
    `${file} names no user: name the profile, as in: mfa-profile init NAME --from FILE`,
  csvHasNoUser: (file: string, name: string, names: readonly string[]) =>
    `${file} holds no key of ${name}, but of: ${names.join(', ')}`,
  whichName: 'Name of the profile',
  deleteFile: (file: string) => `${file} still holds the secret key. Delete it now?`,
  deleteFileYourself: (file: string) => `${file} still holds the secret key: delete it`,
  deleted: (file: string) => `deleted ${file}`,
  skipped: (serials: string) => `left out ${serials}: a FIDO security key works only in a browser`,
  found: (serial: string) => `found the MFA device ${serial}`,
  whichDevice: 'Which MFA device shows your codes?',
  mayNotList: (profile: string) =>
    `AWS does not allow the user of ${profile} to list MFA devices (iam:ListMFADevices)`,
  device: 'ARN of the MFA device (Identifier in the IAM console)',
  userNotDevice: (given: string, used: string) =>
    `${given} is the ARN of a user, not of a device; using ${used}`,
  otherPartition: (serial: string, partition: string, region: string, profile: string) =>
    `${serial} lies in ${partition}, but region ${region} of profile ${profile} does not: one of them is wrong`,
  noRegion: (profile: string) =>
    `${profile} has no region, and most AWS commands need one: mfa-profile init ${pastedName(profile)} --region REGION --force`,
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
