/** Exit 4: the place where a long-term key is kept cannot be used. */
import { pastedName } from '../pasted.ts';
import type { SomeEntries } from './entry.ts';

/** How the program of a store is had. */
const INSTALL: Readonly<Record<string, string>> = {
  'secret-service': 'install it: sudo apt-get install libsecret-tools gnome-keyring',
  pass: 'install it: sudo apt-get install pass (macOS: brew install pass), then: pass init GPG-ID',
  '1password': 'install the 1Password CLI (macOS: brew install 1password-cli)',
  keychain: 'it comes with macOS; choose another store with --to',
  windows: 'it is a part of Windows; choose another store with --to',
};

const DOING = { read: 'read', write: 'stored', remove: 'removed' } as const;
const DONE = { move: 'moved', restore: 'restored', read: 'read' } as const;

export const keyStore = {
  'no-store-program': {
    exit: 4,
    words: ({ store, program }) => [
      `the store ${store} needs the program ${program}, which is not on this machine`,
      INSTALL[store],
    ],
  },
  'key-store-failed': {
    exit: 4,
    words: ({ profile, store, doing, how }) => [
      `the key of ${profile} cannot be ${DOING[doing]}: ${store}: ${how}`,
      doing === 'read'
        ? `make sure that the store is set up and unlocked, and try again: mfa-profile keys show ${pastedName(profile)}`
        : 'make sure that the store is set up and unlocked, and run this again',
    ],
  },
  'key-not-moved': {
    exit: 4,
    words: ({ profile, doing, reason, hint }) => [
      `the key of ${profile} was not ${DONE[doing]}: ${reason}`,
      hint,
    ],
  },
} as const satisfies SomeEntries;
