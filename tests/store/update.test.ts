/** Locked updates: what is written where, and what happens when somebody else writes too. */
import fs, {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { closeSnapshot, takeSnapshot } from '../../src/store/snapshot.ts';
import { withLockedUpdate } from '../../src/store/update.ts';
import { leftoverPattern, temporaryPath } from '../../src/store/leftovers.ts';
import { tryLock } from '../../src/store/lock.ts';
import { rememberKeepsAll } from '../../src/store/folder.ts';
import { assertWritable } from '../../src/store/writability.ts';
import { Failure } from '../../src/problems/problem.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();
const file = () => path.join(folder(), 'credentials');
const read = (at = file()) => readFileSync(at, 'latin1');
const write = (text: string) => writeFileSync(file(), text, { mode: 0o600 });

const BASE = '[default]\na = 1\n[cli]\nb = 1\n';
const OURS = '[ours]\nc = 1\n';

async function readOnce(): Promise<Buffer | undefined> {
  const snapshot = await takeSnapshot(file());
  closeSnapshot(snapshot);
  return snapshot.stats && snapshot.bytes;
}

/** Adds a section at the end unless it is there. */
function addOurs(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return text.includes(OURS) ? bytes : Buffer.from(text + OURS, 'latin1');
}

/** {@link addOurs}; `act` is done before the first time, as by somebody else at that moment. */
function addOursAfter(act: () => void): (bytes: Uint8Array) => Uint8Array {
  let isFirst = true;
  return (bytes) => {
    if (isFirst) act();
    isFirst = false;
    return addOurs(bytes);
  };
}

/** Does `act` as soon as the file at the path is another one. */
function onceReplaced(act: () => void): void {
  const { ino } = statSync(file());
  const timer = setInterval(() => {
    if (statSync(file(), { throwIfNoEntry: false })?.ino === ino) return;
    clearInterval(timer);
    act();
  }, 1);
}

describe('reading', () => {
  test('a missing file is undefined, an empty one is empty', async () => {
    expect(await readOnce()).toBeUndefined();
    write('');
    expect(await readOnce()).toHaveLength(0);
  });

  // aws/aws-cli#10648: `aws configure set` truncates, then writes.
  test('a file that is empty for a moment is read when it is filled again', async () => {
    write('');
    const reading = readOnce();
    write(BASE);
    expect((await reading)?.toString()).toBe(BASE);
  });

  test('a file cut at the end of a page is read when it is whole', async () => {
    const whole = 'x'.repeat(5000);
    write(whole.slice(0, 4096));
    const reading = readOnce();
    write(whole);
    expect((await reading)?.toString()).toBe(whole);
  });

  test('a folder in its place is a failure', async () => {
    mkdirSync(file());
    await expect(readOnce()).rejects.toMatchObject({
      problem: { kind: 'unreadable-file', path: file(), code: 'EISDIR' },
    });
  });
});

describe('writing', () => {
  test('a new file is 0600, and so is its new folder 0700, whatever the umask', async () => {
    const at = path.join(folder(), 'home/.aws/credentials');
    const umask = process.umask(0);
    try {
      expect(await withLockedUpdate(at, addOurs)).toBe(true);
    } finally {
      process.umask(umask);
    }
    expect(read(at)).toBe(OURS);
    expect(statSync(at).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(at)).mode & 0o777).toBe(0o700);
    expect(readdirSync(path.dirname(at))).toEqual(['credentials']);
  });

  // aws/aws-cli#7369 and Nike-Inc/gimme-aws-creds#180 left files 0644 that were not.
  test.each([0o600, 0o400, 0o640, 0o644, 0o660])('mode %o is kept', async (mode) => {
    write(BASE);
    chmodSync(file(), mode);
    await withLockedUpdate(file(), addOurs);
    expect(read()).toBe(BASE + OURS);
    expect(statSync(file()).mode & 0o777).toBe(mode);
  });

  test.each<[string, (bytes: Uint8Array) => Uint8Array | undefined]>([
    ['undefined', () => undefined],
    ['equal bytes', (bytes) => Buffer.from(bytes)],
  ])('an edit that returns %s writes nothing at all', async (_, edit) => {
    write(BASE);
    const { ino, mtimeNs, ctimeNs } = statSync(file(), { bigint: true });
    expect(await withLockedUpdate(file(), edit)).toBe(false);
    expect(statSync(file(), { bigint: true })).toMatchObject({ ino, mtimeNs, ctimeNs });
    expect(readdirSync(folder())).toEqual(['credentials']);
  });

  test('nor does one that has nothing to add to a missing file', async () => {
    expect(await withLockedUpdate(file(), () => undefined)).toBe(false);
    expect(readdirSync(folder())).toEqual([]);
  });

  test('an edit that fails changes nothing and gives the lock back', async () => {
    write(BASE);
    const failure = new Failure({ kind: 'no-long-term-key', profile: 'p', credentialsFile: 'c' });
    const update = withLockedUpdate(file(), () => {
      throw failure;
    });
    await expect(update).rejects.toBe(failure);
    expect(read()).toBe(BASE);
    expect(readdirSync(folder())).toEqual(['credentials']);
  });

  test.each([
    ['a folder', 'EISDIR', (at: string) => mkdirSync(at)],
    ['a device', 'EFTYPE', (at: string) => symlinkSync('/dev/null', at)],
  ])('%s is never replaced', async (_, code, make) => {
    make(file());
    const problem = { kind: 'unwritable-file', code };
    await expect(withLockedUpdate(file(), addOurs)).rejects.toMatchObject({ problem });
    const probed = assertWritable(file());
    await expect(probed).rejects.toMatchObject({ problem });
    expect(readdirSync(folder())).toEqual(['credentials']);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('an update waits for another holder and then says which lock it was', async () => {
    const lock = await tryLock(file());
    await expect(withLockedUpdate(file(), addOurs, { lockTimeoutMs: 100 })).rejects.toMatchObject({
      problem: { kind: 'lock-held', lock: `${file()}.lock` },
    });
    await lock?.release();
  });

  test('an interrupt before the write leaves everything as it is', async () => {
    write(BASE);
    const interrupt = new AbortController();
    interrupt.abort(new Failure({ kind: 'interrupted', signal: 'SIGINT' }));
    const update = withLockedUpdate(file(), addOurs, { signal: interrupt.signal });
    await expect(update).rejects.toMatchObject({ problem: { kind: 'interrupted' } });
    expect(read()).toBe(BASE);
    expect(readdirSync(folder())).toEqual(['credentials']);
  });
});

// Versent/saml2aws#45: a link into a repository of dotfiles was replaced by a file.
describe('symbolic links', () => {
  test.each<[string, () => string[]]>([
    ['absolute', () => [path.join(folder(), 'dotfiles/real')]],
    ['relative', () => ['dotfiles/real']],
    ['a chain', () => ['second', 'dotfiles/third', 'real']],
  ])('%s: stays, and the target is replaced', async (_, links) => {
    mkdirSync(path.join(folder(), 'dotfiles'));
    const target = path.join(folder(), 'dotfiles/real');
    writeFileSync(target, BASE);
    const made = makeLinks(links());
    expect(await withLockedUpdate(file(), addOurs)).toBe(true);
    expect(read(target)).toBe(BASE + OURS);
    for (const [at, to] of made) expect(readlinkSync(at)).toBe(to);
  });

  test.each<[string, string]>([
    ['into a folder that is there', 'dotfiles/real'],
    ['into a folder that is not', 'nowhere/aws/real'],
  ])('dangling, %s: stays, and the target is made', async (_, to) => {
    mkdirSync(path.join(folder(), 'dotfiles'));
    symlinkSync(to, file());
    await assertWritable(file());
    expect(existsSync(path.join(folder(), to))).toBe(false);
    expect(await withLockedUpdate(file(), addOurs)).toBe(true);
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
    expect(read(path.join(folder(), to))).toBe(OURS);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test('a linked folder and the real one share one lock', async () => {
    mkdirSync(path.join(folder(), 'real'));
    symlinkSync('real', path.join(folder(), 'linked'));
    const lock = await tryLock(path.join(folder(), 'real/credentials'));
    const update = withLockedUpdate(path.join(folder(), 'linked/credentials'), addOurs, {
      lockTimeoutMs: 50,
    });
    await expect(update).rejects.toMatchObject({ problem: { kind: 'lock-held' } });
    await lock?.release();
  });

  test('a circle of links is a failure', async () => {
    symlinkSync('credentials', file());
    await expect(withLockedUpdate(file(), addOurs)).rejects.toMatchObject({
      problem: { kind: 'unwritable-file', code: 'ELOOP' },
    });
  });

  /** Links `credentials` to the first, each to the next; each name relative to the one before. */
  function makeLinks(links: string[]): [string, string][] {
    let at = file();
    return links.map((to) => {
      symlinkSync(to, at);
      const made: [string, string] = [at, to];
      at = path.resolve(path.dirname(at), to);
      return made;
    });
  }
});

describe('somebody without a lock', () => {
  const THEIRS = BASE.replace('b = 1\n', 'b = 2\nnew = 1\n');

  test('who wrote while we edited is kept, and the edit made again', async () => {
    write(BASE);
    expect(
      await withLockedUpdate(
        file(),
        addOursAfter(() => write(THEIRS)),
      ),
    ).toBe(true);
    expect(read()).toBe(THEIRS + OURS);
  });

  test('who made the file while we edited is kept', async () => {
    await withLockedUpdate(
      file(),
      addOursAfter(() => write(THEIRS)),
    );
    expect(read()).toBe(THEIRS + OURS);
  });

  test('who writes the same bytes again changes nothing for us', async () => {
    write(BASE);
    await withLockedUpdate(
      file(),
      addOursAfter(() => write(BASE)),
    );
    expect(read()).toBe(BASE + OURS);
  });

  test('who opened the old file and writes it late is not lost', async () => {
    write(BASE);
    const edit = addOursAfter(() => {
      const descriptor = openSync(file(), 'r+');
      onceReplaced(() => {
        ftruncateSync(descriptor);
        writeSync(descriptor, THEIRS, 0);
        closeSync(descriptor);
      });
    });
    await withLockedUpdate(file(), edit);
    expect(read()).toBe(THEIRS + OURS);
  });

  test('who read the old file and writes over the new one loses us nothing', async () => {
    write(BASE);
    await withLockedUpdate(
      file(),
      addOursAfter(() => onceReplaced(() => write(THEIRS))),
    );
    expect(read()).toBe(THEIRS + OURS);
  });

  test('who does both, one after the other, loses neither', async () => {
    write(BASE);
    const edit = addOursAfter(() => {
      const descriptor = openSync(file(), 'a');
      onceReplaced(() => {
        writeSync(descriptor, '[late]\nx = 1\n');
        closeSync(descriptor);
        write(read().replace('b = 1\n', 'b = 2\nnew = 1\n'));
      });
    });
    await withLockedUpdate(file(), edit);
    expect(read()).toBe(`${THEIRS}${OURS}[late]\nx = 1\n`);
  });

  test('who writes late while the file is already as wanted is not lost', async () => {
    write(BASE);
    let rounds = 0;
    let late = -1;
    await withLockedUpdate(file(), (bytes) => {
      rounds += 1;
      if (rounds === 1) {
        late = openSync(file(), 'a');
        // Another writer leaves the new file as the edit would have it, with more in it.
        onceReplaced(() => write(`${read()}[more]\n`));
      } else if (rounds === 2) {
        writeSync(late, '[late]\nx = 1\n');
        closeSync(late);
      }
      return addOurs(bytes);
    });
    expect(read()).toBe(`${BASE}${OURS}[more]\n[late]\nx = 1\n`);
  });

  test('who takes back later what it wrote late has taken it back', async () => {
    write(BASE);
    let written = '';
    const edit = addOursAfter(() => {
      const descriptor = openSync(file(), 'a');
      onceReplaced(() => {
        writeSync(descriptor, '[late]\nx = 1\n');
        closeSync(descriptor);
        // Once that was carried over, its writer removes it again.
        onceReplaced(() => {
          written = read();
          write(written.replace('[late]\nx = 1\n', ''));
        });
      });
    });
    await withLockedUpdate(file(), edit);
    expect(written).toContain('[late]');
    expect(read()).toBe(BASE + OURS);
  });

  // aws/aws-cli#10648
  test('who dies between truncating and writing has emptied nothing', async () => {
    write(BASE);
    await withLockedUpdate(
      file(),
      addOursAfter(() => write('')),
    );
    expect(read()).toBe(BASE + OURS);
  });

  test('half a file that does not parse is read again before the edit fails', async () => {
    write('[default\n');
    const update = withLockedUpdate(file(), (bytes) => {
      if (!Buffer.from(bytes).includes(']')) throw new Error('no header');
      return addOurs(bytes);
    });
    await pause(5);
    write(BASE);
    await update;
    expect(read()).toBe(BASE + OURS);
  });

  test('who never stops is named', async () => {
    write(BASE);
    let count = 0;
    const update = withLockedUpdate(
      file(),
      (bytes) => {
        count += 1;
        write(`${BASE}n = ${count}\n`);
        return addOurs(bytes);
      },
      { keepTryingMs: 300 },
    );
    await expect(update).rejects.toMatchObject({
      problem: { kind: 'file-keeps-changing', path: file() },
    });
    expect(read()).toBe(`${BASE}n = ${count}\n`);
    expect(readdirSync(folder())).toEqual(['credentials']);
  });
});

describe('a lock that was taken over while we edited', () => {
  test('is waited for again before anything is written', async () => {
    write(BASE);
    const lock = `${file()}.lock`;
    const found: string[] = [];
    const takeOver = addOursAfter(() => {
      utimesSync(lock, Date.now() / 1000 + 0.7, Date.now() / 1000 + 0.7);
    });
    const onWait = jest.fn();
    const edit = (bytes: Uint8Array): Uint8Array => {
      found.push(read());
      return takeOver(bytes);
    };
    await withLockedUpdate(file(), edit, { onWait });
    expect(onWait).toHaveBeenCalledWith(lock, true);
    expect(found.slice(0, 2)).toEqual([BASE, BASE]);
    expect(read()).toBe(BASE + OURS);
  });
});

test('where no lock can be made that is told, and the file is written all the same', async () => {
  write(BASE);
  rememberKeepsAll(folder());
  const told: string[] = [];
  const act = jest.spyOn(fs, 'mkdirSync').mockImplementation(() => {
    throw Object.assign(new Error('refused'), { code: 'EROFS' });
  });
  try {
    await withLockedUpdate(file(), addOurs, { onNoLock: (target) => told.push(target) });
  } finally {
    act.mockRestore();
  }
  expect(told).toEqual([file()]);
  expect(read()).toBe(BASE + OURS);
});

test('where one can be made nothing is told', async () => {
  write(BASE);
  const onNoLock = jest.fn();
  await withLockedUpdate(file(), addOurs, { onNoLock });
  expect(onNoLock).not.toHaveBeenCalled();
});

describe('leftovers of a killed run', () => {
  test('old ones of this file are swept by the next write, all others stay', async () => {
    write(BASE);
    const old = temporaryPath(file());
    const fresh = temporaryPath(file());
    const link = temporaryPath(file());
    const gone = path.join(folder(), '.credentials.other_token.gate.lock');
    symlinkSync('nowhere', link);
    lutimesSync(link, 1e9, 1e9);
    mkdirSync(gone);
    utimesSync(gone, 1e9, 1e9);
    const foreign = temporaryPath(path.join(folder(), 'config'));
    const unlike = path.join(folder(), '.credentials.mfa-profile-notes.tmp');
    for (const at of [old, fresh, foreign, unlike]) writeFileSync(at, 'secret');
    for (const at of [old, foreign, unlike]) utimesSync(at, 1e9, 1e9);
    expect(path.basename(old)).toMatch(leftoverPattern);
    await withLockedUpdate(file(), addOurs);
    const expected = [
      'credentials',
      ...[fresh, foreign, unlike, link].map((at) => path.basename(at)),
    ];
    expect(readdirSync(folder()).sort()).toEqual(expected.sort());
  });
});

describe('assertWritable', () => {
  test.each([
    ['a file', () => write(BASE)],
    ['no file', () => undefined],
  ])('leaves no trace beside %s', async (_, make) => {
    make();
    const before = readdirSync(folder());
    await assertWritable(file());
    expect(readdirSync(folder())).toEqual(before);
  });

  test('removes the folders that it had to make', async () => {
    await assertWritable(path.join(folder(), 'home/.aws/credentials'));
    expect(readdirSync(folder())).toEqual([]);
  });
});
