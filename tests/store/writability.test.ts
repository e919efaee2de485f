/** What keeps a file from being written is found before anything is spent; what only seems to does not. */
import fs from 'node:fs';
import path from 'node:path';
import { assertWritable } from '../../src/store/writability.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();
const file = () => path.join(fs.realpathSync(folder()), 'credentials');
beforeEach(() => fs.writeFileSync(file(), '[a]\nx = 1\n'));
afterEach(() => jest.restoreAllMocks());

const { O_RDWR } = fs.constants;
const openSync = fs.openSync.bind(fs);

/** The file, and what `isRefused` picks, cannot be opened for writing: root could open all. */
function refuseToOpen(code: string, isRefused: (file: fs.PathLike) => boolean = () => false): void {
  jest.spyOn(fs, 'openSync').mockImplementation((at, flags, mode) => {
    const isWriting = typeof flags === 'number' ? (flags & O_RDWR) !== 0 : flags !== 'r';
    if (isWriting && (at === file() || isRefused(at))) {
      throw Object.assign(new Error('refused'), { code });
    }
    return openSync(at, flags, mode);
  });
}
const refusal = (code: string) => ({ problem: { kind: 'unwritable-file', path: file(), code } });

test('a user’s own file without its write bit can be replaced', async () => {
  refuseToOpen('EACCES');
  await assertWritable(file());
  expect(fs.readdirSync(folder())).toEqual(['credentials']);
});

test.each(['EPERM', 'EROFS'])('%s, as of an immutable file, cannot', async (code) => {
  refuseToOpen(code);
  await expect(assertWritable(file())).rejects.toMatchObject(refusal(code));
});

test('nor can another user’s file that may not be written', async () => {
  const stranger = fs.statSync(file()).uid + 1;
  refuseToOpen('EACCES');
  jest.spyOn(process, 'geteuid').mockReturnValue(stranger);
  await expect(assertWritable(file())).rejects.toMatchObject(refusal('EACCES'));
});

test('nor one’s own in a folder that takes no other file', async () => {
  refuseToOpen('EACCES', (at) => String(at).endsWith('.tmp'));
  await expect(assertWritable(file())).rejects.toMatchObject(refusal('EACCES'));
});
