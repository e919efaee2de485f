/** A write over a file, seen by somebody who looks at every moment of it. */
import fs from 'node:fs';
import path from 'node:path';
import { overwrite } from '../../src/store/in-place-write.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();
const file = () => path.join(folder(), 'credentials');
const BEFORE = '[a]\nx = 1\n';
const LONGER = '[a]\nx = 1\n[a_token]\ny = 2\n';
const SHORTER = '[a]\n';

afterEach(() => jest.restoreAllMocks());

/** Writes on a disk with room for a file of `room` bytes, which takes `most` at a time. */
async function writeOn(after: string, room: number, most = Infinity) {
  fs.writeFileSync(file(), BEFORE);
  const seen: string[] = [];
  const write = fs.writeSync.bind(fs);
  const look = (): void => void seen.push(fs.readFileSync(file(), 'latin1'));
  jest.spyOn(fs, 'writeSync').mockImplementation(((
    descriptor: number,
    bytes: Uint8Array,
    from: number,
    length: number,
    position: number,
  ) => {
    const count = Math.min(length, most, room - position);
    if (count <= 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    const done = write(descriptor, bytes, from, count, position);
    look();
    return done;
  }) as typeof fs.writeSync);
  const descriptor = fs.openSync(file(), 'r+');
  const outcome = await overwrite(descriptor, Buffer.from(BEFORE), Buffer.from(after)).then(
    () => 'done',
    (error: NodeJS.ErrnoException) => error.code,
  );
  fs.closeSync(descriptor);
  look();
  return { outcome, seen, left: seen.at(-1) };
}

/** What a reader makes of a text that ends in blank lines. */
const words = (text: string): string => text.replace(/\n+$/, '\n');

test.each([LONGER, SHORTER, BEFORE])(
  'a reader meets the old text or the new one: %j',
  async (after) => {
    const { outcome, seen, left } = await writeOn(after, 1000);
    expect([outcome, left]).toEqual(['done', after]);
    for (const text of seen) expect([BEFORE, after]).toContain(words(text));
  },
);

test.each([BEFORE.length, BEFORE.length + 5, LONGER.length - 1])(
  'on a disk with room for %i bytes a longer text is not begun, and the old one stands',
  async (room) => {
    const { outcome, seen, left } = await writeOn(LONGER, room);
    expect([outcome, left]).toEqual(['ENOSPC', BEFORE]);
    for (const text of seen) expect(words(text)).toBe(BEFORE);
  },
);

test('a system that takes a byte at a time gets them all', async () => {
  const { outcome, left } = await writeOn(LONGER, 1000, 1);
  expect([outcome, left]).toEqual(['done', LONGER]);
});

test('a write that takes nothing is a full disk, and no endless loop', async () => {
  jest.spyOn(fs, 'writeSync').mockReturnValueOnce(0);
  fs.writeFileSync(file(), BEFORE);
  const descriptor = fs.openSync(file(), 'r+');
  await expect(
    overwrite(descriptor, Buffer.from(BEFORE), Buffer.from(LONGER)),
  ).rejects.toMatchObject({ code: 'ENOSPC' });
  fs.closeSync(descriptor);
  expect(fs.readFileSync(file(), 'latin1')).toBe(BEFORE);
});
