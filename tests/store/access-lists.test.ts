/** Lists and attributes of files on Windows and macOS, with stand-ins for the programs that know of them. */
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { REAL_FILE_SYSTEM, writeFileAtomically } from '../../src/store/atomic-write.ts';
import type { RunHelper } from '../../src/store/helper-program.ts';
import { closeSnapshot, takeSnapshot } from '../../src/store/snapshot.ts';
import { othersOf, parseAccessList, readOwnNumber } from '../../src/store/windows-access.ts';
import { useFolder } from '../support/fixture-program.ts';

const ME = 'S-1-5-21-1004336348-1177238915-682003330-1001';
const OTHER = 'S-1-5-21-1004336348-1177238915-682003330-1002';
/** What a file in a person's own folder has. */
const USUAL = `D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;${ME})`;

describe('who is let in, by SDDL as icacls saves it', () => {
  test.each<[string, string, string[], string, string[]]>([
    ['the usual list', USUAL, [], 'read', []],
    ['a closed one', `D:PAI(A;;FA;;;${ME})`, [], 'read', []],
    ['nobody at all', 'D:P', [], 'read', []],
    [
      'the trusted',
      'D:(A;;FA;;;LA)(A;;FA;;;DA)(A;;FA;;;EA)(A;;FA;;;CO)(A;;FA;;;OW)',
      [],
      'read',
      [],
    ],
    [
      'the trusted by their numbers',
      'D:(A;;FA;;;S-1-5-18)(A;;FA;;;S-1-5-32-544)(A;;FA;;;S-1-3-0)(A;;FA;;;S-1-3-4)',
      [],
      'read',
      [],
    ],
    ['everybody, to read', 'D:PAI(A;;FR;;;WD)', ['Everyone'], 'read', ['S-1-1-0']],
    ['by the number', 'D:(A;;FR;;;S-1-1-0)', ['Everyone'], 'read', ['S-1-1-0']],
    ['users, to read and run', 'D:AI(A;ID;0x1200a9;;;BU)', ['Users'], 'read', ['S-1-5-32-545']],
    [
      'signed-in users, to modify',
      'D:AI(A;ID;0x1301bf;;;AU)',
      ['Authenticated Users'],
      'write',
      ['S-1-5-11'],
    ],
    ['another user', `D:AI(A;ID;FA;;;SY)(A;;FR;;;${OTHER})`, [OTHER], 'read', [OTHER]],
    [
      'several',
      `D:(A;;GR;;;BU)(A;;GW;;;${OTHER})`,
      ['Users', OTHER],
      'write',
      ['S-1-5-32-545', OTHER],
    ],
    [
      'one that names somebody twice',
      'D:(A;;FR;;;WD)(A;;FX;;;WD)',
      ['Everyone'],
      'read',
      ['S-1-1-0'],
    ],
    ['who may set the list', 'D:(A;;WD;;;BG)', ['Guests'], 'write', ['S-1-5-32-546']],
    ['a right that is neither', 'D:(A;;RC;;;WD)(A;;0x100080;;;WD)', [], 'read', []],
    ['a refusal', 'D:(D;;FA;;;WD)', [], 'read', []],
    ['what is only handed down', 'D:(A;OICIIO;FA;;;WD)', [], 'read', []],
    ['a condition', 'D:(XA;;FR;;;WD;(@User.x == "(a)"))', ['Everyone'], 'read', ['S-1-1-0']],
    ['an object’s', 'D:(OA;;FR;;;WD)', ['Everyone'], 'read', ['S-1-1-0']],
    ['one of callbacks', 'D:(ZA;;FR;;;WD;(x))', ['Everyone'], 'read', ['S-1-1-0']],
    ['a group of a domain', 'D:(A;;FR;;;DU)', ['DU'], 'read', []],
    ['no list', 'D:NO_ACCESS_CONTROL', ['Everyone'], 'write', ['S-1-1-0']],
    [
      'a list behind a name',
      `credentials\r\n${USUAL}(A;;FR;;;WD)\r\n`,
      ['Everyone'],
      'read',
      ['S-1-1-0'],
    ],
  ])('%s', (_, sddl, names, others, numbers) => {
    expect(othersOf(parseAccessList(sddl)!, ME)).toEqual({ own: ME, names, others, numbers });
  });

  test.each([
    ['PU', 'S-1-5-32-547', 'Power Users'],
    ['BO', 'S-1-5-32-551', 'Backup Operators'],
    ['AN', 'S-1-5-7', 'Anonymous'],
    ['IU', 'S-1-5-4', 'Interactive'],
    ['NU', 'S-1-5-2', 'Network'],
  ])('%s and %s are %s', (abbreviation, number, name) => {
    for (const who of [abbreviation, number]) {
      const found = othersOf(parseAccessList(`D:(A;;FR;;;${who})`)!, ME);
      expect(found).toEqual({ own: ME, names: [name], others: 'read', numbers: [number] });
    }
  });

  test('while the user’s own number is not known, single users do not count', () => {
    expect(othersOf(parseAccessList(`${USUAL}(A;;FR;;;BU)`)!, undefined).names).toEqual(['Users']);
  });

  test.each(['', 'credentials\n', 'O:BAG:SY', 'xD:(A;;FR;;;WD)'])('%j is no list', (text) => {
    expect(parseAccessList(text)).toBeUndefined();
  });

  test('whoami’s last number is the user’s, whatever the name', async () => {
    const run = jest.fn<Promise<string>, Parameters<RunHelper>>(
      async () => `"host\\S-1-5-18","${ME}"\r\n`,
    );
    expect(await readOwnNumber(run)).toBe(ME);
    // In no language has this form a header or other columns.
    expect(run.mock.calls[0]![1]).toEqual(['/user', '/fo', 'csv', '/nh']);
    expect(await readOwnNumber(async () => undefined)).toBeUndefined();
  });
});

const folder = useFolder();
const file = () => path.join(folder(), 'credentials');
const isTarget = (name: string) => path.basename(name) === 'credentials';
const isFresh = (name: string) =>
  /^\.credentials\.mfa-profile-[0-9a-f]{16}\.tmp$/.test(path.basename(name));

async function write(platform: string, run: RunHelper) {
  writeFileSync(file(), 'an older text, which is longer\n', { mode: 0o600 });
  const before = statSync(file()).ino;
  const snapshot = await takeSnapshot(file());
  try {
    const system = { ...REAL_FILE_SYSTEM, platform, run };
    const outcome = await writeFileAtomically(
      file(),
      snapshot,
      Buffer.from('new\n'),
      () => true,
      system,
    );
    expect(readFileSync(file(), 'utf8')).toBe('new\n');
    expect(readdirSync(folder())).toEqual(['credentials']);
    expect(statSync(file()).ino === before).toBe(outcome === 'in-place');
    return outcome;
  } finally {
    closeSnapshot(snapshot);
  }
}

describe('on Windows', () => {
  /** icacls as it saves lists: the name without its folder, then the list, in UTF-16. */
  const icacls =
    (ofTarget: string | undefined, ofFresh: string | undefined): RunHelper =>
    async (program, args) => {
      expect(program).toMatch(/^[A-Z]:\\Windows\\System32\\icacls\.exe$/i);
      const [name, save, to, quiet, ...rest] = args;
      expect([save, quiet, rest]).toEqual(['/save', '/q', []]);
      expect(isTarget(name!) || isFresh(name!)).toBe(true);
      const sddl = isTarget(name!) ? ofTarget : ofFresh;
      if (sddl === undefined) return undefined;
      writeFileSync(to!, `${path.basename(name!)}\r\n${sddl}\r\n`, 'utf16le');
      return '';
    };
  const OWN = `D:PAI(A;;FA;;;${ME})`;

  test.each([
    ['the folder’s list', USUAL, USUAL, 'replaced'],
    ['a list of its own', OWN, USUAL, 'in-place'],
    ['one entry more', `${USUAL}(A;;FR;;;${OTHER})`, USUAL, 'in-place'],
    ['the same entries, but protected', USUAL.replace('AI', 'PAI'), USUAL, 'in-place'],
    ['a list that only its folder’s tool marks', USUAL.replace('AI', ''), USUAL, 'replaced'],
    // As Python 3.12 makes folders: what is in them does not count as handed down.
    [
      'entries of its own that all files there get',
      OWN.replace('P', ''),
      OWN.replace('P', ''),
      'replaced',
    ],
    ['a list that cannot be read', undefined, USUAL, 'replaced'],
    ['one where the new file’s cannot be read', OWN, undefined, 'replaced'],
  ])('a file with %s', async (_, ofTarget, ofFresh, outcome) => {
    const left = () => readdirSync(os.tmpdir()).filter((name) => name.endsWith('.acl'));
    const before = left();
    expect(await write('win32', icacls(ofTarget, ofFresh))).toBe(outcome);
    expect(left()).toEqual(before);
  });
});

describe('on macOS', () => {
  /** ls and cp by their whole paths, with the options of BSD; what they were asked. */
  function programs(mark: string, copies: boolean) {
    const asked: string[] = [];
    const run: RunHelper = async (program, args) => {
      asked.push(program);
      if (program === '/bin/ls') {
        expect(args).toEqual(['-ld', file()]);
        return `-rw-------${mark} 1 me  staff  30 Nov 27 09:00 ${file()}\n`;
      }
      expect(program).toBe('/bin/cp');
      const [option, from, to, ...rest] = args;
      expect([option, from, rest]).toEqual(['-p', file(), []]);
      expect(isFresh(to!)).toBe(true);
      if (!copies) return undefined;
      writeFileSync(to!, readFileSync(from!));
      return '';
    };
    return { run, asked };
  }

  beforeEach(() => jest.spyOn(process, 'geteuid').mockReturnValue(501));
  afterEach(() => jest.restoreAllMocks());

  test.each([
    ['attributes', '@', true, 'replaced', ['/bin/ls', '/bin/cp']],
    ['a list', '+', true, 'replaced', ['/bin/ls', '/bin/cp']],
    ['attributes that cannot be copied', '@', false, 'in-place', ['/bin/ls', '/bin/cp']],
    ['neither', ' ', true, 'replaced', ['/bin/ls']],
  ])('a file with %s', async (_, mark, copies, outcome, asked) => {
    const { run, asked: really } = programs(mark, copies);
    expect(await write('darwin', run)).toBe(outcome);
    expect(really).toEqual(asked);
  });

  test('root copies to no name in another’s folder', async () => {
    jest.spyOn(process, 'geteuid').mockReturnValue(0);
    const { run, asked } = programs('@', true);
    expect(await write('darwin', run)).toBe('in-place');
    expect(asked).toEqual(['/bin/ls']);
  });

  test('without ls it is replaced, as before', async () => {
    expect(await write('darwin', async () => undefined)).toBe('replaced');
  });
});
