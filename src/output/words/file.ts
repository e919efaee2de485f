/** Exit 4 and 7: a file cannot be read, locked or written. */
import type { SomeEntries } from './entry.ts';
import { ofFile } from './system.ts';

export const file = {
  'unparsable-file': {
    exit: 4,
    words: ({ path, line, reason }) => [
      `${path}, line ${line}: ${reason}`,
      'the file was not changed; fix that line in an editor and run this again',
    ],
  },
  'unreadable-file': {
    exit: 4,
    words: ({ path, code }) => [
      `cannot read ${path}: ${ofFile(code)}`,
      'check that it is a file of yours: ls -l',
    ],
  },
  'lock-held': {
    exit: 7,
    words: ({ lock, seconds }) => [
      `${lock} is held by another program (waited ${seconds} s); the credentials file was not changed`,
      'if no other mfa-profile is running, remove that lock and run this again',
    ],
  },
  'unwritable-file': {
    exit: 7,
    words: ({ path, code }) => [
      `cannot write ${path}: ${ofFile(code)}; it was not changed`,
      code === 'ENOSPC' || code === 'EDQUOT'
        ? 'free some space on that disk and run this again'
        : 'check the permissions of the file and its folder',
    ],
  },
  'file-keeps-changing': {
    exit: 7,
    words: ({ path }) => [
      `another program keeps rewriting ${path}`,
      'let the other program finish and run this again',
    ],
  },
} as const satisfies SomeEntries;
