/** How each store is reached, by the program that its platform has for it: one row a store. */
import { windowsProgram } from '../aws/windows-program.ts';
import type { Environment } from '../aws/environment.ts';
import type { Said } from '../problems/text.ts';
import { Secret } from '../credentials/secret.ts';
import { words } from './words.ts';

/** What a store's program answered. */
export interface Answer {
  readonly status: number;
  readonly output: string;
  /** On stderr. */
  readonly said: string;
}

/** Runs the store's program. @throws Failure key-store-failed if it cannot be run, or is ended */
export type Ask = (words: readonly string[], input?: Secret) => Promise<Answer>;

/** What a row acts with. */
export interface Desk {
  readonly ask: Ask;
  /** The answer if the program ended well. @throws Failure key-store-failed */
  readonly must: (answer: Answer) => Answer;
  /** @throws Failure key-store-failed */
  readonly fail: (how: Said) => never;
  /** For a store that is a file. */
  readonly file: {
    read(path: string): string | undefined;
    write(path: string, text: string): Promise<void>;
    remove(path: string): Promise<void>;
  };
}

/** Where this program runs, as far as a store is a matter of that. */
export interface Place {
  readonly env: Environment;
  readonly home: string;
}

export interface StoreRow {
  readonly program: (place: Place) => string;
  /** The only platform that has it; any unless given. */
  readonly platform?: string;
  /** The entry's name, as a person finds it. @param key the profile's name, of letters that any program takes */
  readonly entry: (key: string, place: Place) => string;
  /** @returns undefined if there is no such entry */
  readonly read: (entry: string, desk: Desk) => Promise<string | undefined>;
  /** @param isThere whether it replaces an entry */
  readonly write: (entry: string, text: Secret, isThere: boolean, desk: Desk) => Promise<void>;
  readonly remove: (entry: string, desk: Desk) => Promise<void>;
}

const named = (name: string) => () => name;

/** libsecret's program, for GNOME's and KDE's keyrings: secret-tool(1). */
const SECRET_SERVICE: StoreRow = {
  program: named('secret-tool'),
  entry: (key) => `mfa-profile/${key}`,
  read: async (entry, { ask, must }) => {
    const answer = await ask(['lookup', ...attributes(entry)]);
    // Nothing found is status 1 without a word.
    if (answer.status === 1 && answer.said === '') return undefined;
    return must(answer).output;
  },
  write: async (entry, text, _, { ask, must }) => {
    must(await ask(['store', `--label=${entry}`, ...attributes(entry)], text));
  },
  remove: async (entry, { ask, must }) => {
    must(await ask(['clear', ...attributes(entry)]));
  },
};

const attributes = (entry: string): string[] => ['mfa-profile', entry.replace(/^[^/]*\//, '')];

/** pass(1), the standard Unix password manager. */
const PASS: StoreRow = {
  program: named('pass'),
  entry: (key) => `mfa-profile/${key}`,
  read: async (entry, { ask, must }) => {
    const answer = await ask(['show', entry]);
    if (/is not in the password store/.test(answer.said)) return undefined;
    return must(answer).output;
  },
  write: async (entry, text, _, { ask, must }) => {
    must(await ask(['insert', '--multiline', '--force', entry], text));
  },
  remove: async (entry, { ask, must }) => {
    must(await ask(['rm', '--force', entry]));
  },
};

/** Of 1Password's item: https://developer.1password.com/docs/cli/item-template-json */
interface Item {
  readonly fields?: readonly { readonly id?: string; readonly value?: string }[];
}

/** 1Password's own program, version 2. */
const ONE_PASSWORD: StoreRow = {
  program: named('op'),
  entry: (key) => `mfa-profile ${key}`,
  read: async (entry, { ask, must, fail }) => {
    const answer = await ask(['item', 'get', entry, '--format', 'json']);
    if (answer.status !== 0 && /isn't an item/.test(answer.said)) return undefined;
    const { fields = [] } = JSON.parse(must(answer).output) as Item;
    return fields.find(({ id }) => id === 'password')?.value ?? fail(words.noItem);
  },
  write: async (entry, text, isThere, { ask, must }) => {
    const password = { id: 'password', type: 'CONCEALED', purpose: 'PASSWORD', label: 'password' };
    const fields = [{ ...password, value: text.reveal() }];
    const item = JSON.stringify({ title: entry, category: 'PASSWORD', fields });
    const command = isThere ? ['item', 'edit', entry] : ['item', 'create', '-'];
    must(await ask([...command, '--format', 'json'], new Secret(item, 'text')));
  },
  remove: async (entry, { ask, must }) => {
    must(await ask(['item', 'delete', entry]));
  },
};

/** errSecItemNotFound, -25300, as an exit status. */
const NOT_FOUND = 44;

/**
 * macOS' security(1). A password is an argument of its `add-generic-password`, so that the whole
 * command goes to `security -i`, which reads commands from stdin.
 */
const KEYCHAIN: StoreRow = {
  program: named('security'),
  entry: (key) => `mfa-profile/${key}`,
  read: async (entry, { ask, must }) => {
    const answer = await ask(['find-generic-password', ...account(entry), '-w']);
    return answer.status === NOT_FOUND ? undefined : must(answer).output;
  },
  write: async (entry, text, _, { ask, must }) => {
    // In hexadecimal it needs no quotes.
    const password = Buffer.from(text.reveal()).toString('hex');
    const line = ['add-generic-password', '-U', ...account(entry), '-l', entry, '-X', password];
    must(await ask(['-i'], new Secret(`${line.join(' ')}\n`, 'text')));
  },
  remove: async (entry, { ask, must }) => {
    must(await ask(['delete-generic-password', ...account(entry)]));
  },
};

const account = (entry: string): string[] => {
  const [service, ...key] = entry.split('/');
  return ['-s', service!, '-a', key.join('/')];
};

const POWERSHELL = 'WindowsPowerShell\\v1.0\\powershell.exe';
const SCRIPT = ['-NoProfile', '-NonInteractive', '-Command'];
/** What fails ends the script, and its status says so. */
const STOP = "$ErrorActionPreference = 'Stop'; ";
/** ConvertFrom-SecureString without a key encrypts by Windows' data protection, for this user. */
export const ENCRYPT =
  STOP +
  'ConvertTo-SecureString -AsPlainText -Force -String ([Console]::In.ReadToEnd()) | ConvertFrom-SecureString';
export const DECRYPT =
  STOP +
  "$s = ConvertTo-SecureString -String ([Console]::In.ReadToEnd().Trim()); [Console]::Out.Write((New-Object System.Net.NetworkCredential('', $s)).Password)";

/** A file that only this user's sessions on this machine can decrypt. */
const WINDOWS: StoreRow = {
  program: ({ env }) => windowsProgram(POWERSHELL, env),
  platform: 'win32',
  // No name of a device, such as NUL, which Windows would find with any ending.
  entry: (key, { env, home }) =>
    `${env['LOCALAPPDATA'] || `${home}\\AppData\\Local`}\\mfa-profile\\keys\\aws-${key}.dpapi`,
  read: async (entry, { ask, must, file }) => {
    const encrypted = file.read(entry);
    if (encrypted === undefined) return undefined;
    return must(await ask([...SCRIPT, DECRYPT], new Secret(encrypted, 'text'))).output;
  },
  write: async (entry, text, _, { ask, must, fail, file }) => {
    const { output } = must(await ask([...SCRIPT, ENCRYPT], text));
    // A file with nothing in it would be in the way of the next try.
    if (output.trim() === '') fail(words.saidNothing(0));
    await file.write(entry, output);
  },
  remove: (entry, { file }) => file.remove(entry),
};

/**
 * A command of the user's: `COMMAND read|store|delete NAME`, the text on its stdout and stdin. It
 * ends with 0; an empty answer to `read` means that there is no such entry.
 */
export const COMMAND: Omit<StoreRow, 'program'> = {
  entry: (key) => key,
  read: async (entry, { ask, must }) => must(await ask(['read', entry])).output.trim() || undefined,
  write: async (entry, text, _, { ask, must }) => {
    must(await ask(['store', entry], text));
  },
  remove: async (entry, { ask, must }) => {
    must(await ask(['delete', entry]));
  },
};

export const ROWS = {
  keychain: KEYCHAIN,
  'secret-service': SECRET_SERVICE,
  pass: PASS,
  '1password': ONE_PASSWORD,
  windows: WINDOWS,
} as const satisfies Record<string, StoreRow>;
