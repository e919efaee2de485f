/** What is said of the places where a key is kept, in English. */
import { texts } from '../problems/text.ts';

/** The stores by the names that `--to` takes. */
const STORES: Readonly<Record<string, string>> = {
  keychain: 'the macOS keychain',
  'secret-service': 'the keyring',
  pass: 'pass',
  '1password': '1Password',
  windows: 'a file encrypted by Windows',
};

export const english = {
  /** A command of the user's is called by its own line. */
  store: (name: string) => STORES[name] ?? name,
  place: (name: string, entry: string) => `${STORES[name] ?? name} (${entry})`,
  otherThanStored: 'it gave back other data than it was given',
  noKey: 'its entry is no access key',
  saidNothing: (status: number) => `it ended with status ${status}`,
  asksItself: 'it asks mfa-profile for this very key',
  noItem: 'its item has no password',
  otherKeyThere: (place: string, id: string) =>
    `${place} holds another key already (${id}), which is never overwritten`,
  otherThere: (place: string) =>
    `${place} holds something other than an access key, which is never overwritten`,
  removeThat: (profile: string) =>
    `remove that entry if it is of no use, or choose another store for ${profile} with --to`,
};
export const words = texts('key-stores', english);
