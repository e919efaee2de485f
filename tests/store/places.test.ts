/** Where a file really is, what lies beside it, and what of that a look may tell or remove. */
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isClosedFolder, makeFolderOf, privateFolder } from '../../src/store/folder.ts';
import { diagnostics } from '../../src/store/diagnostics.ts';
import { store } from '../../src/store/index.ts';
import {
  findLeftovers,
  gateName,
  isLongDead,
  lockPlaces,
  sweepLeftovers,
  temporaryPath,
} from '../../src/store/leftovers.ts';
import { lockBeside } from '../../src/store/lock.ts';
import { resolveTarget } from '../../src/store/target.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();
const at = (...names: string[]): string => path.join(realpathSync(folder()), ...names);
const NOW = Date.UTC(2026, 10, 20, 12);
const dated = (file: string, secondsAgo: number): string => {
  utimesSync(file, NOW / 1000 - secondsAgo, NOW / 1000 - secondsAgo);
  return file;
};

describe('the file that is meant', () => {
  test.each<[string, () => string, string]>([
    ['a file', () => (writeFileSync(at('f'), ''), 'f'), 'f'],
    ['no file', () => 'f', 'f'],
    ['no folder', () => 'a/b/f', 'a/b/f'],
    ['a link', () => (writeFileSync(at('f'), ''), symlinkSync('f', at('l')), 'l'), 'f'],
    ['a link that dangles', () => (symlinkSync('f', at('l')), 'l'), 'f'],
    ['a link into a folder that is missing', () => (symlinkSync('a/f', at('l')), 'l'), 'a/f'],
    ['a link up', () => (mkdirSync(at('d')), symlinkSync('../f', at('d/l')), 'd/l'), 'f'],
    ['a linked folder', () => (mkdirSync(at('d')), symlinkSync('d', at('k')), 'k/f'), 'd/f'],
    ['a whole path', () => (symlinkSync(at('f'), at('l')), 'l'), 'f'],
  ])('%s', (_what, make, expected) => {
    expect(resolveTarget(at(make()))).toBe(at(expected));
  });

  test('a name of any length that a file may have has a lock and a gate', async () => {
    for (const length of [1, 120, 200, 231, 246, 250, 251, 255]) {
      for (const session of ['a_token', 'b'.repeat(300), '本'.repeat(80)]) {
        const file = at('f'.repeat(length));
        const lock = lockBeside(file);
        const gate = { kind: 'exchange', of: session } as const;
        const held = await store.tryGate(file, gate);
        expect(held).toBeDefined();
        expect(await store.tryGate(file, gate)).toBeUndefined();
        mkdirSync(lock);
        const names = lockPlaces(file).map((place) => path.basename(place.path));
        expect(names.sort()).toEqual(readdirSync(at()).sort());
        expect(names).toHaveLength(2);
        rmSync(lock, { recursive: true });
        await held!.release();
        expect(readdirSync(at())).toEqual([]);
      }
    }
    expect(lockBeside(at('f'.repeat(250)))).toBe(at(`${'f'.repeat(250)}.lock`));
    expect(lockBeside(at('f'.repeat(251)))).not.toBe(lockBeside(at(`${'f'.repeat(250)}g`)));
  });

  test.each([
    [39, undefined],
    [45, 'ELOOP'],
  ])('%i dangling links in a row: %s', (count, code) => {
    for (let link = 0; link < count; link++) symlinkSync(`l${link + 1}`, at(`l${link}`));
    if (code === undefined) expect(resolveTarget(at('l0'))).toBe(at(`l${count}`));
    else expect(() => resolveTarget(at('l0'))).toThrow(expect.objectContaining({ code }) as Error);
  });

  test('a link to another place whose folder is missing leads nowhere', () => {
    symlinkSync(at('gone', 'f'), at('l'));
    expect(() => resolveTarget(at('l'))).toThrow(
      expect.objectContaining({ code: 'LINK_TO_NOWHERE' }) as Error,
    );
    const failure = { problem: { kind: 'unwritable-file', code: 'LINK_TO_NOWHERE' } };
    for (const act of [
      () => store.readNote(at('l'), 's'),
      () => store.leaveNote(at('l'), 's', 'x'),
    ]) {
      expect(act).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining(failure.problem) as unknown,
        }) as Error,
      );
    }
  });
});

describe('folders', () => {
  test('what is made is named by its topmost, and closed to others', () => {
    expect(makeFolderOf(at('a/b/c/f'))).toBe(at('a'));
    for (const each of ['a', 'a/b', 'a/b/c']) expect(statSync(at(each)).mode & 0o777).toBe(0o700);
    expect(makeFolderOf(at('a/b/c/g'))).toBeUndefined();
    expect(makeFolderOf(at('a/d/f'))).toBe(at('a/d'));
  });

  test('also where a umask would close it to its owner', () => {
    const before = process.umask(0o277);
    try {
      makeFolderOf(at('u/f'));
    } finally {
      process.umask(before);
    }
    expect(statSync(at('u')).mode & 0o777).toBe(0o700);
  });

  test('but for one that somebody else makes at the same moment', () => {
    const mkdir = fs.mkdirSync.bind(fs);
    const act = jest.spyOn(fs, 'mkdirSync').mockImplementationOnce((folder) => {
      mkdir(folder);
      chmodSync(folder, 0o755);
      return mkdir(folder) as undefined;
    });
    try {
      expect(makeFolderOf(at('theirs/f'))).toBeUndefined();
    } finally {
      act.mockRestore();
    }
    expect(statSync(at('theirs')).mode & 0o777).toBe(0o755);
  });

  test('a file instead of a folder is reported', () => {
    writeFileSync(at('f'), '');
    expect(() => makeFolderOf(at('f/g'))).toThrow(
      expect.objectContaining({ code: 'ENOTDIR' }) as Error,
    );
  });

  test.each([
    ['EACCES', true],
    ['EPERM', true],
    ['EROFS', true],
    ['ENOENT', false],
    [undefined, false],
  ])('%s says that a folder is closed: %s', (code, expected) => {
    expect(isClosedFolder(Object.assign(new Error('x'), { code }))).toBe(expected);
  });

  describe('one that is private', () => {
    const saved = process.env['XDG_RUNTIME_DIR'];
    afterEach(() => {
      if (saved === undefined) delete process.env['XDG_RUNTIME_DIR'];
      else process.env['XDG_RUNTIME_DIR'] = saved;
      jest.restoreAllMocks();
    });
    const makeLocks = (mode: number): void => {
      const locks = at('home/.local/state/mfa-profile/locks');
      mkdirSync(locks, { recursive: true });
      chmodSync(locks, mode);
    };
    const failing = (host: typeof os, name: 'homedir') =>
      jest.spyOn(host, name).mockImplementation(() => {
        throw new Error('uv_os_homedir returned ENOENT');
      });
    const inTmp = (): string => at('tmp', `mfa-profile-${process.geteuid!()}`);

    beforeEach(() => {
      mkdirSync(at('run'));
      mkdirSync(at('tmp'));
      process.env['XDG_RUNTIME_DIR'] = at('run');
      jest.spyOn(os, 'tmpdir').mockReturnValue(at('tmp'));
      jest.spyOn(os, 'homedir').mockReturnValue(at('home'));
    });

    test('is in the home, wherever TMPDIR and XDG_RUNTIME_DIR lead', () => {
      mkdirSync(at('home'));
      const locks = at('home/.local/state/mfa-profile/locks');
      expect(privateFolder()).toBe(locks);
      expect(statSync(locks).mode & 0o777).toBe(0o700);
      delete process.env['XDG_RUNTIME_DIR'];
      jest.spyOn(os, 'tmpdir').mockReturnValue(at('other'));
      expect(privateFolder()).toBe(locks);
    });

    test.each<[string, () => void]>([
      ['relative', () => jest.spyOn(os, 'homedir').mockReturnValue('home')],
      ['of a user whom the system does not know', () => failing(os, 'homedir')],
      ['open where the locks are', () => makeLocks(0o755)],
      ['a file there', () => (mkdirSync(at('home')), writeFileSync(at('home/.local'), ''))],
    ])('and if the home is %s, elsewhere; nothing is made then', (_what, make) => {
      make();
      expect(privateFolder()).toBe(at('run/mfa-profile'));
    });

    test('is the session’s own, made where it is missing', () => {
      expect(privateFolder()).toBe(at('run/mfa-profile'));
      expect(statSync(at('run/mfa-profile')).mode & 0o777).toBe(0o700);
      expect(privateFolder()).toBe(at('run/mfa-profile'));
    });

    test.each<[string, () => void]>([
      [
        'open to others',
        () => (mkdirSync(at('run/mfa-profile')), chmodSync(at('run/mfa-profile'), 0o755)),
      ],
      [
        'open only to its group',
        () => (mkdirSync(at('run/mfa-profile')), chmodSync(at('run/mfa-profile'), 0o710)),
      ],
      ['a file', () => writeFileSync(at('run/mfa-profile'), '')],
      [
        'a link',
        () => (mkdirSync(at('x'), { mode: 0o700 }), symlinkSync(at('x'), at('run/mfa-profile'))),
      ],
      ['not there, nor its folder', () => rmSync(at('run'), { recursive: true })],
      [
        'no whole path',
        () => void (process.env['XDG_RUNTIME_DIR'] = path.relative(process.cwd(), at('run'))),
      ],
      ['not set', () => void delete process.env['XDG_RUNTIME_DIR']],
    ])('and if that is %s, one in the folder for temporary files', (_what, make) => {
      make();
      expect(privateFolder()).toBe(inTmp());
      expect(statSync(inTmp()).mode & 0o777).toBe(0o700);
    });

    test('where that one is somebody else’s, too, it is in /tmp', () => {
      delete process.env['XDG_RUNTIME_DIR'];
      writeFileSync(inTmp(), '');
      const there = path.join('/tmp', path.basename(inTmp()));
      const looked: string[] = [];
      jest.spyOn(fs, 'mkdirSync').mockImplementation((folder) => {
        looked.push(String(folder));
        throw Object.assign(new Error('refused'), { code: 'EROFS' });
      });
      expect(privateFolder()).toBeUndefined();
      expect(looked).toEqual([inTmp(), there]);
    });
  });
});

describe('what killed runs leave', () => {
  const target = (): string => at('credentials');

  test('temporary files of this file, once they are old', () => {
    const old = temporaryPath(target());
    const fresh = temporaryPath(target());
    const link = temporaryPath(target());
    const other = temporaryPath(at('config'));
    for (const each of [old, fresh, other]) writeFileSync(each, '');
    symlinkSync(old, link);
    dated(old, 61);
    dated(fresh, 59);
    dated(other, 99);
    writeFileSync(dated(temporaryPathLike(old, 'x'), 99), '');
    expect(findLeftovers(target(), NOW)).toEqual([old]);
    expect(new Set([old, fresh].map((each) => path.dirname(each)))).toEqual(new Set([at()]));
  });

  /** A name that only resembles one, made at once. */
  function temporaryPathLike(file: string, more: string): string {
    const name = `${file}${more}`;
    writeFileSync(name, '');
    return name;
  }

  test('the name of a temporary file fits, however long the file’s own is', () => {
    const long = at('c'.repeat(255));
    expect(path.basename(temporaryPath(long)).length).toBeLessThan(255);
    writeFileSync(temporaryPath(long), '');
    const [name] = readdirSync(at());
    dated(at(name!), 99);
    expect(findLeftovers(long, NOW)).toEqual([at(name!)]);
  });

  test('locks and gates of this file are told from all else', () => {
    const names = [
      'credentials.lock',
      `${gateName(target(), 'a_token')}.lock`,
      'other.lock',
      '.other.a.gate.lock',
      '.credentials.a.gate',
      'credentials.lock.x',
      '.credentials.notes.lock',
    ];
    for (const name of names) mkdirSync(at(name));
    expect(
      lockPlaces(target())
        .map((place) => path.basename(place.path))
        .sort(),
    ).toEqual(['.credentials.a_token.gate.lock', 'credentials.lock']);
  });

  test.each([
    [61, true],
    [59, false],
    [-59, false],
    [-61, true],
  ])('a lock dated %i s ago is long dead: %s', (ago, expected) => {
    mkdirSync(at('credentials.lock'));
    dated(at('credentials.lock'), ago);
    const [place] = lockPlaces(target());
    expect(isLongDead(place!, NOW)).toBe(expected);
  });

  test('a file instead of a lock is nobody’s lock', () => {
    writeFileSync(at('credentials.lock'), '');
    dated(at('credentials.lock'), 999);
    expect(isLongDead(lockPlaces(target())[0]!, NOW)).toBe(false);
  });

  test('a sweep removes what is long dead, and nothing else', () => {
    const old = temporaryPath(target());
    writeFileSync(old, '');
    dated(old, 99);
    mkdirSync(at('credentials.lock'));
    dated(at('credentials.lock'), 10);
    mkdirSync(at('.credentials.a.gate.lock'));
    dated(at('.credentials.a.gate.lock'), 99);
    mkdirSync(at('.credentials.b.gate.lock'));
    writeFileSync(at('.credentials.b.gate.lock/mine'), '');
    dated(at('.credentials.b.gate.lock'), 99);
    sweepLeftovers(target(), NOW);
    expect(readdirSync(at()).sort()).toEqual(['.credentials.b.gate.lock', 'credentials.lock']);
  });

  test('what another sweeps at the same moment is gone all the same', () => {
    const old = temporaryPath(target());
    writeFileSync(old, '');
    dated(old, 99);
    const unlink = fs.unlinkSync.bind(fs);
    const act = jest.spyOn(fs, 'unlinkSync').mockImplementation((at) => {
      unlink(at);
      unlink(at);
    });
    try {
      expect(() => sweepLeftovers(target(), NOW)).not.toThrow();
    } finally {
      act.mockRestore();
    }
    expect(readdirSync(at())).toEqual([]);
  });

  test('where there is no folder there is nothing', () => {
    expect(findLeftovers(at('no/f'), NOW)).toEqual([]);
    expect(() => sweepLeftovers(at('no/f'), NOW)).not.toThrow();
  });
});

describe('what doctor sees and removes', () => {
  test('temporary files, locks without a holder, and what is no lock', () => {
    const target = at('credentials');
    const temporary = temporaryPath(target);
    writeFileSync(temporary, '');
    dated(temporary, 99);
    mkdirSync(at('credentials.lock'));
    dated(at('credentials.lock'), 5.6);
    mkdirSync(at('.credentials.a.gate.lock'));
    dated(at('.credentials.a.gate.lock'), 5.4);
    writeFileSync(at('.credentials.b.gate.lock'), '');
    expect(diagnostics.leftovers(target, NOW).sort((a, b) => a.kind.localeCompare(b.kind))).toEqual(
      [
        { path: at('.credentials.b.gate.lock'), kind: 'file in the place of a lock' },
        { path: at('credentials.lock'), kind: 'lock' },
        { path: temporary, kind: 'temporary file' },
      ],
    );
    symlinkSync('round', at('round'));
    expect(diagnostics.leftovers(at('round'), NOW)).toEqual([]);
  });

  test('a lock that somebody has taken over stays', () => {
    mkdirSync(at('credentials.lock'));
    const remove = () => diagnostics.remove({ path: at('credentials.lock'), kind: 'lock' });
    expect(remove).toThrow(expect.objectContaining({ code: 'EBUSY' }) as Error);
    expect(existsSync(at('credentials.lock'))).toBe(true);
    utimesSync(at('credentials.lock'), 1e9, 1e9);
    remove();
    expect(existsSync(at('credentials.lock'))).toBe(false);
    writeFileSync(at('x.tmp'), '');
    diagnostics.remove({ path: at('x.tmp'), kind: 'temporary file' });
    expect(readdirSync(at())).toEqual([]);
  });

  test('a file and the folder .aws are closed to others, no other folder is', () => {
    writeFileSync(at('f'), '');
    mkdirSync(at('.aws'));
    mkdirSync(at('other'));
    mkdirSync(at('shared'));
    mkdirSync(at('shared/.aws'));
    for (const each of ['f', '.aws', 'other']) chmodSync(at(each), 0o755);
    chmodSync(at('shared/.aws'), 0o1777);
    const close = (name: string) => diagnostics.closeToOthers(at(name));
    close('f');
    close('.aws');
    for (const each of ['other', 'shared/.aws']) {
      expect(() => close(each)).toThrow(expect.objectContaining({ code: 'EPERM' }) as Error);
    }
    const modes = ['f', '.aws', 'other', 'shared/.aws'].map(
      (each) => statSync(at(each)).mode & 0o7777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o755, 0o1777]);
  });
});

describe('gates', () => {
  const gateFolders = (): string[] =>
    readdirSync(at()).filter((name) => name.endsWith('.gate.lock'));

  test.each([
    ['exchange', 'a_token', '.credentials.a_token.gate.lock'],
    ['question', 'a_token', '.credentials.a_token+question.gate.lock'],
    ['exchange', 'a/b c', '.credentials.a%2Fb%20c.gate.lock'],
    ['exchange', 'x'.repeat(120), `.credentials.${'x'.repeat(120)}.gate.lock`],
  ] as const)('%s of %s is %s', async (kind, of, name) => {
    const held = await store.tryGate(at('credentials'), { kind, of });
    expect(gateFolders()).toEqual([name]);
    expect(await store.tryGate(at('credentials'), { kind, of })).toBeUndefined();
    await held?.release();
    expect(gateFolders()).toEqual([]);
  });

  test('a name too long for a folder has one of its own all the same', async () => {
    const gates = ['x'.repeat(121), 'y'.repeat(300)].map((of) => ({
      kind: 'exchange' as const,
      of,
    }));
    const held = [];
    for (const gate of gates) held.push(await store.tryGate(at('credentials'), gate));
    expect(gateFolders()).toHaveLength(2);
    for (const name of gateFolders())
      expect(name).toMatch(/^\.credentials\.[0-9a-f]{64}\.gate\.lock$/);
    for (const each of held) await each?.release();
  });

  test('one that nobody holds is opened without a word, one that is held is gone', async () => {
    const gate = { kind: 'question' as const, of: 'a' };
    expect(() => store.openGate(at('credentials'), gate)).not.toThrow();
    mkdirSync(at('.credentials.a+question.gate.lock'));
    store.openGate(at('credentials'), gate);
    expect(gateFolders()).toEqual([]);
  });

  test('a file in its place is a failure that names it', async () => {
    writeFileSync(at('.credentials.a.gate.lock'), '');
    await expect(
      store.tryGate(at('credentials'), { kind: 'exchange', of: 'a' }),
    ).rejects.toMatchObject({
      problem: {
        kind: 'lock-held',
        lock: at('.credentials.a.gate.lock'),
        isLock: false,
        seconds: 0,
      },
    });
  });
});
