/** The rows of the stores, each with a program that answers as it is told; Windows' with its file. */
import { spawnSync } from 'node:child_process';
import { KEY_STORES, keyStoreOf, openKeyStore } from '../../src/key-stores/index.ts';
import type { StoreWorld } from '../../src/key-stores/index.ts';
import { DECRYPT, ENCRYPT } from '../../src/key-stores/rows.ts';
import { Secret } from '../../src/credentials/secret.ts';
import { isFailure } from '../../src/problems/problem.ts';
import type { ProgramAnswer, ProgramQuestion, System } from '../../src/world.ts';
import { makeFakeWorld } from '../support/fake-world.ts';
import { having, whereIs } from '../support/needs.ts';

const PAIR = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: new Secret('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
};
const NEW_PAIR = {
  accessKeyId: 'AKIAMADEUPNEWKEY0000',
  secretAccessKey: new Secret('made+up/secret+of+a+new+key+000000000000'),
};
const SECRETS = [PAIR, NEW_PAIR].map(({ secretAccessKey }) => secretAccessKey.reveal());

type Answers = (question: ProgramQuestion) => ProgramAnswer;

const ended = (status: number, output = '', said = ''): ProgramAnswer => ({
  status,
  output: new Secret(output, 'text'),
  said,
});

function worldOf(answers: Answers, more: Partial<StoreWorld> = {}) {
  const asked: ProgramQuestion[] = [];
  const world: StoreWorld = {
    ...makeFakeWorld(),
    askProgram: (question) => {
      asked.push(question);
      return Promise.resolve(answers(question));
    },
    hasProgram: () => Promise.resolve(true),
    ...more,
  };
  return { world, asked };
}

const problemOf = async (act: Promise<unknown>) => {
  try {
    await act;
  } catch (error) {
    if (isFailure(error)) return error.problem;
    throw error;
  }
  return undefined;
};

/** A program that keeps one text, whatever words it is given. */
function keeper(
  isRead: (words: string) => boolean,
  isRemoved: (words: string) => boolean,
): Answers {
  let kept: string | undefined;
  return ({ command, input }) => {
    const words = command.slice(1).join(' ');
    if (input) kept = input.reveal();
    else if (isRemoved(words)) kept = undefined;
    return isRead(words) ? ended(kept === undefined ? 1 : 0, kept) : ended(0);
  };
}

test('a pair is put, read, replaced and removed, and no secret is an argument', async () => {
  const { world, asked } = worldOf(
    keeper(
      (words) => words.startsWith('lookup'),
      (words) => words.startsWith('clear'),
    ),
  );
  const store = openKeyStore('secret-service', 'prod', world);
  expect(await store.read()).toBeUndefined();
  await store.put(PAIR);
  expect(await store.read()).toMatchObject({
    accessKeyId: PAIR.accessKeyId,
    stored: Date.UTC(2026, 10, 20, 12),
  });
  const before = asked.length;
  await store.put(PAIR);
  expect(asked.length).toBe(before + 1);
  expect(await problemOf(store.put(NEW_PAIR))).toMatchObject({ kind: 'key-not-moved' });
  await store.replace(NEW_PAIR);
  expect(await store.read()).toMatchObject({ accessKeyId: NEW_PAIR.accessKeyId });
  await store.remove();
  await store.remove();
  expect(await store.read()).toBeUndefined();
  const words = asked.map(({ command }) => command.join(' ')).join('\n');
  for (const secret of SECRETS) expect(words).not.toContain(secret);
});

test.each([
  ['nothing', ''],
  ['no JSON', 'hunter2'],
  [
    'a session',
    '{"Version":1,"AccessKeyId":"ASIAMADEUPSESSION000","SecretAccessKey":"x","SessionToken":"y"}',
  ],
  [
    'another pair',
    JSON.stringify({ Version: 1, AccessKeyId: NEW_PAIR.accessKeyId, SecretAccessKey: SECRETS[1] }),
  ],
])('a store that gives back %s is not trusted', async (_what, text) => {
  let isWritten = false;
  const { world } = worldOf(({ input }) => {
    if (input) isWritten = true;
    return isWritten ? ended(0, text) : ended(1);
  });
  const store = openKeyStore('secret-service', 'prod', world);
  const problem = await problemOf(store.put(PAIR));
  expect(problem).toMatchObject({ kind: 'key-store-failed', profile: 'prod' });
});

test.each(['keychain', 'secret-service', 'pass', '1password'])(
  '%s: what its program says of a failure is no missing entry',
  async (name) => {
    const { world } = worldOf(() => ended(1, '', 'it is locked'));
    const store = openKeyStore(name, 'prod', world);
    expect(await problemOf(store.read())).toMatchObject({
      kind: 'key-store-failed',
      doing: 'read',
      how: 'it is locked',
    });
    const none = worldOf(() => ({ how: 'it ran longer than 60 s and was ended' }));
    expect(await problemOf(openKeyStore(name, 'prod', none.world).read())).toMatchObject({
      kind: 'key-store-failed',
    });
  },
);

test('names become entries that no program takes for anything else', () => {
  const { world } = worldOf(() => ended(0));
  const entryOf = (profile: string) => openKeyStore('pass', profile, world).entry;
  expect(entryOf('prod')).toBe('mfa-profile/prod');
  expect(entryOf('a/../b')).toBe('mfa-profile/a%2F..%2Fb');
  expect(entryOf("it's (~*)!")).toBe('mfa-profile/it%27s%20%28%7E%2A%29%21');
  expect(entryOf('山')).toBe('mfa-profile/%E5%B1%B1');
});

describe('windows', () => {
  const env = { LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local', SystemRoot: 'C:\\Windows' };

  function windows() {
    const files = new Map<string, Uint8Array>();
    const system = {
      writeFile: (path: string, bytes: Uint8Array) => Promise.resolve(void files.set(path, bytes)),
      removeFile: (path: string) => Promise.resolve(void files.delete(path)),
    } as unknown as System;
    const hex = (text: string) => Buffer.from(text).toString('hex');
    const { world, asked } = worldOf(
      ({ command, input }) => {
        const text = input!.reveal();
        const script = command.at(-1);
        if (script === ENCRYPT) return ended(0, `${hex(text)}\r\n`);
        return script === DECRYPT && /^[0-9a-f]+$/.test(text)
          ? ended(0, Buffer.from(text, 'hex').toString())
          : ended(1);
      },
      {
        platform: 'win32',
        env,
        readFile: (path) => files.get(path),
        system: () => Promise.resolve(system),
      },
    );
    return { world, asked, files };
  }

  test('keeps what it encrypts in a file, and nothing in clear', async () => {
    const { world, asked, files } = windows();
    const store = openKeyStore('windows', 'NUL', world);
    await store.assertHere();
    await store.put(PAIR);
    const file = 'C:\\Users\\a\\AppData\\Local\\mfa-profile\\keys\\aws-NUL.dpapi';
    expect([...files.keys()]).toEqual([file]);
    expect(Buffer.from(files.get(file)!).toString()).toMatch(/^[0-9a-f]+$/);
    expect(await store.read()).toMatchObject({ accessKeyId: PAIR.accessKeyId });
    await store.replace(NEW_PAIR);
    expect(await store.read()).toMatchObject({ accessKeyId: NEW_PAIR.accessKeyId });
    await store.remove();
    expect(files.size).toBe(0);
    for (const { command } of asked) {
      expect(command[0]).toBe('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
      for (const secret of SECRETS) expect(command.join(' ')).not.toContain(secret);
    }
  });

  test('an encryption that gives nothing is a failure, and leaves no file', async () => {
    const { world, files } = windows();
    const mute = { ...world, askProgram: () => Promise.resolve(ended(0, '\r\n')) };
    expect(await problemOf(openKeyStore('windows', 'prod', mute).put(PAIR))).toMatchObject({
      kind: 'key-store-failed',
      doing: 'write',
    });
    expect(files.size).toBe(0);
  });

  test('is of no other system, whose PowerShell would encrypt nothing', async () => {
    const { world } = worldOf(() => ended(0));
    expect(await problemOf(openKeyStore('windows', 'prod', world).assertHere())).toMatchObject({
      kind: 'no-store-program',
      program: 'powershell.exe',
    });
  });

  having('pwsh').test('its scripts are PowerShell, and undo each other', () => {
    const start = (script: string, input: string) => {
      const args = ['-NoProfile', '-NonInteractive', '-Command', script];
      return spawnSync(whereIs('pwsh'), args, { input, encoding: 'utf8' });
    };
    const run = (script: string, input: string) => {
      const { stdout, stderr, status } = start(script, input);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      return stdout;
    };
    const text = JSON.stringify({ Version: 1, SecretAccessKey: SECRETS[0] });
    const encrypted = run(ENCRYPT, text).trim();
    expect(encrypted).toMatch(/^[0-9a-f]+$/i);
    expect(run(DECRYPT, encrypted)).toBe(text);
    for (const [script, input] of [
      [ENCRYPT, ''],
      [DECRYPT, 'no hexadecimal'],
    ] as const) {
      expect(start(script, input)).toMatchObject({ stdout: '', status: 1 });
    }
  });
});

describe('which store holds the key of a profile', () => {
  const { world } = worldOf(() => ended(0));
  const profile = (settings: Record<string, string>, hasKey = false) => ({
    name: 'prod',
    keys: hasKey ? { ...PAIR, sessionToken: undefined } : undefined,
    settings: new Map(Object.entries(settings)),
  });
  const line = '/usr/bin/node /usr/bin/mfa-profile keys read prod';

  test.each([
    line,
    '/usr/bin/node /opt/mfa-profile/dist/mfa-profile.cjs keys read --config-file=/c prod',
    "'/home/a b/node' '/home/a b/mfa-profile.cjs' keys read 'a b'",
    '"C:\\Program Files\\nodejs\\node.exe" "C:\\a b\\mfa-profile.cjs" keys read prod',
    'mfa-profile keys read prod',
  ])('%s: the one that the setting names', (command) => {
    const store = keyStoreOf(profile({ key_store: 'pass', credential_process: command }), world);
    expect(store).toMatchObject({ name: 'pass', entry: 'mfa-profile/prod' });
  });

  test.each([
    ['no such setting', profile({ credential_process: line })],
    ['a command of the user’s own', profile({ key_store: 'pass', credential_process: 'cat key' })],
    ['no command', profile({ key_store: 'pass' })],
    ['a key in the file', profile({ key_store: 'pass', credential_process: line }, true)],
  ])('none with %s', (_what, each) => {
    expect(keyStoreOf(each, world)).toBeUndefined();
  });
});

test('the names are those of the contract', () => {
  expect(KEY_STORES.sort()).toEqual(['1password', 'keychain', 'pass', 'secret-service', 'windows']);
});
