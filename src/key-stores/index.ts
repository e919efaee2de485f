/**
 * Where a long-term key is kept if not in the AWS files: a keychain, a password manager, a command
 * of the user's. The config file says which (`key_store`), beside the `credential_process` by which
 * the AWS tools ask this program for the key.
 */
import { Failure } from '../problems/problem.ts';
import type { Said } from '../problems/text.ts';
import type { Profile } from '../profiles/profiles.ts';
import type { Clock, Files, Machine, Programs, World } from '../world.ts';
import { entryText, isSamePair, readEntry } from './key.ts';
import type { KeyPair, StoredKey } from './key.ts';
import { COMMAND, ROWS } from './rows.ts';
import type { Answer, Desk, StoreRow } from './rows.ts';
import { words } from './words.ts';

export type { KeyPair, StoredKey } from './key.ts';
export { isSamePair, keyJson } from './key.ts';

/** The names of the stores that this program knows; any other is a command of the user's. */
export const KEY_STORES = Object.keys(ROWS);

/** The setting that names the store. */
export const STORE_SETTING = 'key_store';
/** The setting by which the AWS tools find the program to ask. */
export const PROCESS_SETTING = 'credential_process';

export type StoreWorld = Machine &
  Pick<Programs, 'askProgram' | 'hasProgram'> &
  Pick<Files, 'readFile'> &
  Pick<Clock, 'now'> &
  Pick<World, 'system'>;

/** The entry of one profile in one store. Every call rejects with a Failure `key-store-failed`. */
export interface KeyStore {
  /** As `--to` takes it. */
  readonly name: string;
  /** What the entry is called there. */
  readonly entry: string;
  /** In words, for a message. */
  readonly place: Said;
  /** @throws Failure no-store-program */
  assertHere(): Promise<void>;
  /** @returns undefined if there is no such entry */
  read(): Promise<StoredKey | undefined>;
  /** @returns undefined also for an entry that is no key, as a write leaves it that was cut */
  readIfWhole(): Promise<StoredKey | undefined>;
  /**
   * Puts a pair where nothing is, and reads it back; what came of a write that failed is removed.
   * The same pair is there already if an earlier run was killed; anything else is never overwritten:
   * Failure key-not-moved.
   */
  put(pair: KeyPair): Promise<void>;
  /** Puts a pair instead of whatever is there, and reads it back: for `rotate`. */
  replace(pair: KeyPair): Promise<void>;
  /** An entry that is not there is fine. */
  remove(): Promise<void>;
}

/** A line of `credential_process` that `keys move` has written. */
const READS_KEY = /mfa-profile(?:\.cmd|\.exe|\.c?js)?["']?\s+keys\s+read\b/;

/** True if the key of a profile is read from a store for the AWS tools, too. */
export function isServedKey(settings: Profile['settings']): boolean {
  return (
    Boolean(settings.get('key_store')) && READS_KEY.test(settings.get('credential_process') ?? '')
  );
}

/**
 * The store that holds the key of a profile; undefined if the key is in a file, or comes from a
 * program of the user's own.
 */
export function keyStoreOf(
  { name, keys, settings }: Pick<Profile, 'name' | 'keys' | 'settings'>,
  world: StoreWorld,
): KeyStore | undefined {
  const store = settings.get('key_store');
  return store && !keys && isServedKey(settings) ? openKeyStore(store, name, world) : undefined;
}

/** Whom a store's program was started for: one that asks for the same key would go round forever. */
const READ_FOR = 'MFA_PROFILE_READS_KEY_OF';

/** @param store a name of {@link KEY_STORES}, or a command line */
export function openKeyStore(store: string, profile: string, world: StoreWorld): KeyStore {
  const known: Readonly<Record<string, StoreRow | undefined>> = ROWS;
  const row: StoreRow = known[store] ?? { ...COMMAND, program: () => store };
  const isShellLine = known[store] === undefined;
  const program = row.program(world);
  const entry = row.entry(entryName(profile), world);
  const failed = (doing: 'read' | 'write' | 'remove', how: Said): Failure =>
    new Failure({ kind: 'key-store-failed', profile, store: words.store(store), doing, how });
  const desk = (doing: 'read' | 'write' | 'remove'): Desk => {
    const fail = (how: Said): never => {
      throw failed(doing, how);
    };
    return {
      fail,
      ask: async (args, input) => {
        const asked = world.env[READ_FOR]?.split('\n') ?? [];
        if (asked.includes(profile)) fail(words.asksItself);
        const answer = await world.askProgram({
          command: [program, ...args],
          isShellLine,
          ...(input && { input }),
          variables: { MFA_PROFILE: profile, [READ_FOR]: [...asked, profile].join('\n') },
        });
        if ('how' in answer) return fail(answer.how);
        return { ...answer, output: answer.output.reveal() };
      },
      must: (answer: Answer) => (answer.status === 0 ? answer : fail(reasonOf(answer))),
      file: {
        read: (path) => {
          const bytes = world.readFile(path);
          return bytes && Buffer.from(bytes).toString('latin1');
        },
        write: async (path, text) =>
          (await world.system()).writeFile(path, Buffer.from(text.trim(), 'latin1'), 0o600),
        remove: async (path) => (await world.system()).removeFile(path),
      },
    };
  };
  const readText = (doing: 'read' | 'write'): Promise<string | undefined> =>
    row.read(entry, desk(doing));
  const read = async (doing: 'read' | 'write' = 'read'): Promise<StoredKey | undefined> => {
    const text = await readText(doing);
    if (text === undefined) return undefined;
    return readEntry(text) ?? desk(doing).fail(words.noKey);
  };
  const write = async (pair: KeyPair, isThere: boolean): Promise<void> => {
    await row.write(entry, entryText(pair, world.now()), isThere, desk('write'));
    const back = await read('write');
    if (!back || !isSamePair(back, pair)) throw failed('write', words.otherThanStored);
  };
  const remove = async (): Promise<void> => {
    if ((await readText('read')) === undefined) return;
    await row.remove(entry, desk('remove'));
  };
  return {
    name: store,
    entry,
    place: isShellLine ? store : words.place(store, entry),
    assertHere: async () => {
      const isHere =
        isShellLine ||
        ((row.platform === undefined || row.platform === world.platform) &&
          (await world.hasProgram(program)));
      if (!isHere) {
        const [name] = program.split(/[\\/]/).slice(-1);
        throw new Failure({ kind: 'no-store-program', store, program: name! });
      }
    },
    read: () => read(),
    readIfWhole: async () => readEntry((await readText('read')) ?? ''),
    put: async (pair) => {
      const text = await readText('write');
      if (text !== undefined) {
        const there = readEntry(text);
        if (there && isSamePair(there, pair)) return;
        const place = words.place(store, entry);
        throw new Failure({
          kind: 'key-not-moved',
          profile,
          doing: 'move',
          reason: there ? words.otherKeyThere(place, there.accessKeyId) : words.otherThere(place),
          hint: words.removeThat(profile),
        });
      }
      try {
        await write(pair, false);
      } catch (error) {
        // The file has the key; half of it in the store would be in the way of the next run.
        await remove().catch(() => undefined);
        throw error;
      }
    },
    replace: async (pair) => write(pair, (await readText('write')) !== undefined),
    remove,
  };
}

/** A profile's name in letters that no program and no file system reads as anything else. */
function entryName(profile: string): string {
  const encode = (sign: string): string =>
    `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return encodeURIComponent(profile).replace(/[!'()*~]/g, encode);
}

function reasonOf({ said, status }: Answer): Said {
  return said.replace(/\s+/g, ' ') || words.saidNothing(status);
}
