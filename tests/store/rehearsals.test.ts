/** A folder that another program has made for a rehearsal goes in the moment in which it is needed. */
import fs from 'node:fs';
import path from 'node:path';
import { keepPrivate } from '../../src/store/private-file.ts';
import { assertWritable } from '../../src/store/writability.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();
const file = () => path.join(fs.realpathSync(folder()), 'not-yet', 'file');
const openSync = fs.openSync.bind(fs);
afterEach(() => jest.restoreAllMocks());

/** Removes the folder right before something in it is opened, so many times. */
function removeBeforeOpening(times: number): void {
  let left = times;
  jest.spyOn(fs, 'openSync').mockImplementation((at, flags, mode) => {
    if (left > 0 && String(at).startsWith(path.dirname(file()))) {
      left -= 1;
      fs.rmdirSync(path.dirname(file()));
    }
    return openSync(at, flags, mode);
  });
}

test.each([1, 3])('it is made anew where a write is tried, %i times', async (times) => {
  removeBeforeOpening(times);
  await assertWritable(file());
  expect(fs.readdirSync(folder())).toEqual([]);
});

test.each([1, 3])('it is made anew for a file that is kept, %i times', async (times) => {
  removeBeforeOpening(times);
  await keepPrivate(file(), Buffer.from('kept'));
  expect(fs.readFileSync(file(), 'utf8')).toBe('kept');
});

test('one that keeps vanishing is an error', async () => {
  removeBeforeOpening(1000);
  const refusal = { problem: { kind: 'unwritable-file', path: file(), code: 'ENOENT' } };
  await expect(assertWritable(file())).rejects.toMatchObject(refusal);
  await expect(keepPrivate(file(), Buffer.from('kept'))).rejects.toMatchObject(refusal);
});

test('many at once find that they may write', async () => {
  const tries = ['a', 'b', 'c', 'd', 'e'].map((name) => assertWritable(`${file()}-${name}`));
  await Promise.all([...tries, keepPrivate(file(), Buffer.from('kept'))]);
  expect(fs.readdirSync(path.dirname(file()))).toEqual(['file']);
});
