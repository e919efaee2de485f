/** The words of `rotate` in English. */
import { formatLocalTime } from '../../output/local-time.ts';
import { pastedName } from '../../output/pasted.ts';
import type { Help } from '../../cli/help.ts';
import { texts } from '../../problems/text.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'replace the long-term key with a new one',
  options: {
    delete: 'delete the old key, too, once it is inactive',
    finish: 'go on with a rotation; after it, delete the old key',
    abandon: 'undo an unfinished rotation: delete the new key',
    'replace-key': 'delete this second key of the user to make room',
    yes: 'yes to every question, and to replacing an active key',
  },
  examples: [
    ['mfa-profile rotate prod', 'the old key becomes inactive'],
    ['mfa-profile rotate prod --finish', 'days later: deletes the old key'],
    ['mfa-profile rotate prod --delete', 'both at once'],
  ],
};

export const english = {
  finishOrAbandon: 'give --finish or --abandon, not both',
  deleteOrAbandon: '--delete and --abandon do not go together',
  replaceAlone: '--replace-key is for a new rotation: leave out --finish and --abandon',
  badKeyId: '--replace-key takes an access key ID, such as AKIAIOSFODNN7EXAMPLE',
  wait: (profile: string) =>
    `another mfa-profile is rotating the key of ${profile}: waiting for it`,
  doneElsewhere: (profile: string) =>
    `another mfa-profile has just rotated the key of ${profile}: nothing left to do`,
  nothingPending: (profile: string) =>
    `no rotation of the key of ${profile} is unfinished: nothing to do`,
  goesOn: (profile: string, began: number) =>
    `going on with the rotation of the key of ${profile} that began ${formatLocalTime(began)}`,
  keptIn: (newKeyId: string, journal: string) =>
    `the new key ${newKeyId} is not lost: ${journal} keeps it until the store has it`,
  created: (keyId: string) => `created the key ${keyId}; waiting until AWS accepts it`,
  deleted: (keyId: string) => `deleted the key ${keyId}`,
  deleteLost: (keyId: string, created: number) =>
    `An interrupted rotation made the key ${keyId} (${formatLocalTime(created)}, never used), and nobody has its secret. Delete it?`,
  maybeMade: (profile: string) =>
    `AWS may have made a key whose secret nobody has; to find and delete it: mfa-profile rotate ${pastedName(profile)} --abandon`,
  rotated: (profile: string, newKeyId: string, oldKeyId: string, isDeleted: boolean) =>
    `the key of ${profile} is ${newKeyId} now; ${oldKeyId} is ${isDeleted ? 'deleted' : 'inactive'}`,
  deleteLater: (profile: string, oldKeyId: string) =>
    `once nothing needs ${oldKeyId} any more, delete it: mfa-profile rotate ${pastedName(profile)} --finish`,
  abandoned: (profile: string) => `the key of ${profile} is as it was before the rotation`,
  shared: (keyId: string, sections: readonly string[]) =>
    `the old key ${keyId} is in other sections, too, which were not changed: ${sections.map((name) => `[${name}]`).join(', ')}`,
  oldSession: (session: string, profile: string, isStore: boolean) =>
    `${session} was issued for the old key; to get a new session: mfa-profile refresh ${pastedName(profile)}${isStore ? ' --force' : ''}`,
  getSession: 'Get a session with the new key now?',
};
export const words = texts('rotate', english);
