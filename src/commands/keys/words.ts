/** The words of `keys` in English. */
import type { Help } from '../../cli/help.ts';
import { pasted, pastedName } from '../../output/pasted.ts';
import { texts } from '../../problems/text.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'keep the long-term key in a keychain or password manager',
  options: {
    to: 'keychain, secret-service, pass, 1password, windows, or a command of yours',
  },
  examples: [
    [
      'mfa-profile keys move prod --to secret-service',
      'out of ~/.aws/credentials, into the keyring',
    ],
    ['mfa-profile keys show prod', 'where the key is, and which it is'],
    ['mfa-profile keys restore prod', 'back into the file'],
  ],
};

const sinceDays = (days: number): string =>
  days === 0 ? ', since today' : `, for ${days} ${days === 1 ? 'day' : 'days'}`;

export const english = {
  toIsForMove: '--to is for keys move',
  needsTo: 'keys move needs --to STORE',
  oneOf: (stores: readonly string[]) =>
    `${stores.join(', ')}, or a command line of yours with its whole path`,
  unknownStore: (store: string) => `there is no store ${store}`,
  fileIsRestore: 'a key goes back into the file with: mfa-profile keys restore NAME',
  didYouMean: (stores: readonly string[]) => `did you mean ${stores.join(' or ')}?`,
  relativeCommand: (path: string) => `${path} is found from this folder only`,
  wholePath: 'give its whole path: the AWS tools start it from wherever they are',
  isRole: 'AWS tools take the key of a profile with role_arn only from the file',
  hasNoKey: 'it is a role, which has no key of its own',
  moveSource: (source: string, store: string) =>
    `move the key that it is assumed with: mfa-profile keys move ${pastedName(source)} --to ${pasted(store)}`,
  showSource: (source: string) =>
    `the key that it is assumed with: mfa-profile keys show ${pastedName(source)}`,
  restoreSource: (source: string) =>
    `restore the key that it is assumed with: mfa-profile keys restore ${pastedName(source)}`,
  ownProcess: (command: string) => `it comes from credential_process already: ${command}`,
  moveByHand: 'remove that line, and store the key in the file first',
  underWay: (place: string) => `an earlier run has put it into ${place}`,
  finish: (profile: string, store: string) =>
    `to finish that: mfa-profile keys move ${pastedName(profile)} --to ${pasted(store)}`,
  alreadyIn: (place: string) => `it is in ${place} already`,
  restoreFirst: (profile: string) =>
    `restore it first: mfa-profile keys restore ${pastedName(profile)}`,
  showIt: (profile: string) => `see where it is: mfa-profile keys show ${pastedName(profile)}`,
  twoKeys: (section: string, file: string) => `[${section}] in ${file} holds another key`,
  changedMeanwhile: (section: string, file: string) =>
    `[${section}] in ${file} holds another key by now`,
  otherKeyInFile: (profile: string, file: string) => `[${profile}] in ${file} holds another key`,
  notInStore: 'it was not moved to a store by this program',
  entryGone: (place: string) => `there is no such entry any more: ${place}`,
  storeAnew: (profile: string) =>
    `create a new key in the IAM console, remove credential_process and key_store from the config file, and run: mfa-profile init ${pastedName(profile)}`,
  wait: (profile: string) =>
    `another mfa-profile is changing the key of ${profile}: waiting for it`,
  busy: (seconds: number) => `another mfa-profile is changing it (waited ${seconds} s)`,
  runAgain: 'let it end, and run this again',
  moved: (profile: string, place: string, file: string) =>
    `the key of ${profile} is in ${place}, and no longer in ${file}`,
  updated: (profile: string, place: string) =>
    `the key of ${profile} is in ${place}; credential_process was updated`,
  lost: (profile: string) =>
    `the AWS CLI and SDKs ask for it there; programs that read the file themselves do not find it; back again: mfa-profile keys restore ${pastedName(profile)}`,
  copies: (profile: string) =>
    `backups of the file and shell history may still hold this key; for a new one: mfa-profile rotate ${pastedName(profile)}`,
  stale: (session: string, profile: string) =>
    `${session} is stale from now on; to get a new session: mfa-profile refresh ${pastedName(profile)}`,
  restored: (profile: string, file: string, place: string) =>
    `the key of ${profile} is in ${file} again, and no longer in ${place}`,
  inFile: (profile: string, id: string, file: string) =>
    `${profile}: ${id}, in plain text in ${file}`,
  couldMove: (profile: string) =>
    `to move it: mfa-profile keys move ${pastedName(profile)} --to STORE`,
  alsoIn: (place: string) => `an earlier run has put it into ${place}, too`,
  inStore: (profile: string, id: string, place: string, days: number | null) =>
    `${profile}: ${id}, in ${place}${days === null ? '' : sinceDays(days)}`,
  byProcess: (profile: string, command: string) =>
    `${profile}: supplied by credential_process, which was not run: ${command}`,
};
export const words = texts('keys', english);
