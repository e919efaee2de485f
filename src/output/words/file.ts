/** Exit 4 and 7: a file cannot be read, locked or written. */
import { lineWords } from './place.ts';
import { english as ofOutput } from '../words.ts';
import type { SomeEntries } from './entry.ts';
import type { Problem } from '../../problems/problem.ts';
import { lookAt, pasted } from '../pasted.ts';
import { ofFile } from './system.ts';

const OTHER_FILE =
  'name another file with --credentials-file (AWS_SHARED_CREDENTIALS_FILE) or --config-file (AWS_CONFIG_FILE)';

const CLOUD_DRIVE = 'open it once in a terminal, or keep its folder out of the cloud drive';

/** What helps against what refuses a write. */
const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space on that disk and run this again',
  EDQUOT: 'remove files of yours on that disk, or ask for a larger quota',
  EFBIG: 'raise the limit and run this again: ulimit -f unlimited',
  EROFS: OTHER_FILE,
  EFTYPE: OTHER_FILE,
  EISDIR: OTHER_FILE,
  EIO: 'check that disk and run this again',
  ENOSYS: OTHER_FILE,
  ENAMETOOLONG: 'give the file a shorter name or path',
  EMLINK: 'remove folders from that folder and run this again',
  EMFILE: 'raise the limit and run this again: ulimit -n 1024',
  ENFILE: 'end some programs and run this again',
  EDEADLK: CLOUD_DRIVE,
  LINK_OF_ANOTHER: 'name the file itself, or keep the credentials in a folder of your own',
  LINK_TO_NOWHERE: 'mount the volume that it leads to, or make the folder',
};

/** What helps against what cannot be read for another reason than its permissions. */
const READ_HINTS: Readonly<Record<string, string>> = {
  ENOENT: 'check the path',
  ENOTDIR: 'check the path',
  EISDIR: 'name a file, not a folder',
  EFTYPE: 'name a regular file',
  EDEADLK: CLOUD_DRIVE,
  NOT_PEM: 'name a file of certificates in PEM form (-----BEGIN CERTIFICATE-----)',
};

type ForeignForm = Extract<Problem, { kind: 'foreign-file' }>['form'];

const FORMS: Readonly<Record<ForeignForm, string>> = {
  'git-crypt': 'encrypted by git-crypt',
  'ansible-vault': 'encrypted by ansible-vault',
  age: 'encrypted by age',
  openpgp: 'encrypted by OpenPGP',
  json: 'JSON',
  markup: 'HTML or XML',
  binary: 'binary data',
};

/** How the encrypted ones are opened. */
const UNLOCK: Readonly<Partial<Record<ForeignForm, string>>> = {
  'git-crypt': 'unlock it first: git-crypt unlock',
  'ansible-vault': 'decrypt it first: ansible-vault decrypt',
  age: 'decrypt it first: age --decrypt',
  openpgp: 'decrypt it first: gpg --decrypt',
};

export const file = {
  'unparsable-file': {
    exit: 4,
    words: ({ path, line, reason, hint }) => [
      `${path}, line ${line}: ${reason}`,
      hint ?? 'the file was not changed; fix that line in an editor and run this again',
    ],
  },
  'foreign-file': {
    exit: 4,
    words: ({ path, form }) => [
      `${path} is ${FORMS[form]}, not a file of the AWS tools`,
      UNLOCK[form] ??
        'put the file of the AWS tools there, or name it with --credentials-file or --config-file',
    ],
  },
  'unreadable-file': {
    exit: 4,
    words: ({ path, code, at }) => [
      `cannot read ${path}: ${ofFile(code)}${lineWords({ setting: 'ca_bundle', at }, ofOutput)}`,
      READ_HINTS[code] ?? `check that it is a file of yours: ${lookAt(path)}`,
    ],
  },
  'lock-held': {
    exit: 7,
    words: ({ lock, seconds, isLock }) =>
      isLock === false
        ? [
            `${lock} is in the place of a lock but is not one; the credentials file was not changed`,
            'if no program needs it, remove it and run this again',
          ]
        : [
            `${lock} is held by another program (waited ${seconds} s); the credentials file was not changed`,
            'if no other mfa-profile is running, remove that lock and run this again',
          ],
  },
  'unwritable-file': {
    exit: 7,
    words: ({ path, code, owner }) =>
      owner === undefined
        ? [
            `cannot write ${path}: ${ofFile(code)}; it was not changed`,
            HINTS[code] ?? 'check the permissions of the file and its folder',
          ]
        : [
            `cannot write ${path}: it belongs to another user (uid ${owner}); it was not changed`,
            `make it yours: sudo chown "$USER" ${pasted(path)}`,
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
