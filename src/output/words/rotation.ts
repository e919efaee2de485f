/** Exit 4, 6 and 7: the rotation of a key cannot begin, or cannot go on. */
import { formatLocalTime } from '../local-time.ts';
import { pasted, pastedName } from '../pasted.ts';
import type { Of, SomeEntries } from './entry.ts';

export const rotation = {
  'not-rotatable': {
    exit: 4,
    words: ({ profile, why, source, file = '' }) =>
      ({
        role: [
          `profile ${profile} is a role, which has no key of its own`,
          `rotate the key that it is assumed with: mfa-profile rotate ${source === undefined ? 'NAME' : pastedName(source)}`,
        ],
        process: [
          `the key of profile ${profile} comes from its credential_process, which mfa-profile cannot change`,
          'create a new key in the IAM console, and put it where that program reads it',
        ],
        'config-file': [
          `the key of profile ${profile} is in ${file}; only one in the credentials file is rotated`,
          `move its two lines into [${profile}] of the credentials file and run this again`,
        ],
      })[why] as [string, string],
  },
  'key-not-active': {
    exit: 4,
    words: ({ profile, accessKeyId, isListed }) => [
      isListed
        ? `the key of profile ${profile} is inactive: ${accessKeyId}`
        : `AWS lists no key ${accessKeyId} for the user of profile ${profile}`,
      isListed
        ? `make it active in the IAM console and run this again`
        : `check which user the key belongs to: mfa-profile whoami ${pastedName(profile)}`,
    ],
  },
  'two-keys': {
    exit: 4,
    words: (problem) => [
      `the user of ${problem.profile} has a second key, and IAM allows two: ${problem.accessKeyId} (${keyWords(problem)})`,
      secondKeyHint(problem),
    ],
  },
  'key-changed': {
    exit: 4,
    words: ({ profile, path, newKeyId }) => [
      `the key of ${profile} in ${path} was changed meanwhile: the new key ${newKeyId} was not stored, and both are active`,
      `to delete the new one: mfa-profile rotate ${pastedName(profile)} --abandon`,
    ],
  },
  'too-late-to-abandon': {
    exit: 4,
    words: ({ profile, newKeyId }) => [
      `the new key ${newKeyId} of ${profile} is in the credentials file already, and the old one's secret is gone`,
      `go on instead: mfa-profile rotate ${pastedName(profile)} --finish`,
    ],
  },
  'key-maybe-made': {
    exit: 6,
    words: ({ profile }) => [
      `the answer to CreateAccessKey was lost: AWS may have made a key for ${profile} whose secret nobody has`,
      `run this again, which finds it; or, to undo it: mfa-profile rotate ${pastedName(profile)} --abandon`,
    ],
  },
  'key-not-ready': {
    exit: 6,
    words: ({ profile, newKeyId, seconds }) => [
      `AWS does not accept the new key ${newKeyId} of ${profile} yet (tried for ${seconds} s); the credentials file was not changed`,
      `go on later: mfa-profile rotate ${pastedName(profile)} --finish`,
    ],
  },
  'still-rotating': {
    exit: 7,
    words: ({ profile, seconds }) => [
      `another mfa-profile is rotating the key of ${profile} (waited ${seconds} s)`,
      `when it has ended: mfa-profile rotate ${pastedName(profile)} --finish`,
    ],
  },
} as const satisfies SomeEntries;

function keyWords({ way, created, lastUsed }: Of<'two-keys'>): string {
  const state = way === 'active' || way === 'unfinished' ? 'active' : 'inactive';
  const use =
    typeof lastUsed === 'number'
      ? `last used ${formatLocalTime(lastUsed)}`
      : lastUsed === 'never'
        ? 'never used'
        : 'last use not known';
  return `${state}, created ${formatLocalTime(created)}, ${use}`;
}

function secondKeyHint({ profile, accessKeyId, way }: Of<'two-keys'>): string {
  const rotate = `mfa-profile rotate ${pastedName(profile)}`;
  switch (way) {
    case 'retired':
      return `it is the one before the last rotation; if nothing needs it any more: ${rotate} --finish`;
    case 'unfinished':
      return `an interrupted rotation made it, and nobody has its secret; to delete it: ${rotate} --abandon`;
    case 'inactive':
      return `if nothing needs it any more, delete it and go on: ${rotate} --replace-key ${pasted(accessKeyId)}`;
    case 'active':
      return `make sure that nothing uses it; to delete it and go on: ${rotate} --replace-key ${pasted(accessKeyId)} --yes`;
  }
}
