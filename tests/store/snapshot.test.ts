/** A file as it was at one moment, and whether it still is. */
import fs, {
  appendFileSync,
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { LateWriters } from '../../src/store/late-writers.ts';
import { readDescriptor } from '../../src/store/bounded-read.ts';
import {
  closeSnapshot,
  isSameFile,
  isUnchanged,
  readNow,
  takeSnapshot,
} from '../../src/store/snapshot.ts';
import { useFolder } from '../support/fixture-program.ts';

const folder = useFolder();
const file = () => path.join(folder(), 'credentials');
const TEXT = '[a]\nx = 1\n';

test('a large file is read whole, from its beginning, wherever its descriptor stands', () => {
  const text = `${'x'.repeat(200_000)}end`;
  writeFileSync(file(), text);
  const descriptor = openSync(file(), 'r');
  try {
    expect(readDescriptor(descriptor).toString()).toBe(text);
    expect(readDescriptor(descriptor).toString()).toBe(text);
  } finally {
    closeSync(descriptor);
  }
});

test('what a path holds now', () => {
  expect(readNow(file())).toHaveLength(0);
  writeFileSync(file(), TEXT);
  expect(readNow(file()).toString()).toBe(TEXT);
  mkdirSync(`${file()}.d`);
  expect(() => readNow(`${file()}.d`)).toThrow(
    expect.objectContaining({
      problem: { kind: 'unreadable-file', path: `${file()}.d`, code: 'EISDIR' },
    }) as Error,
  );
  symlinkSync(file(), `${file()}.link`);
  expect(() => readNow(`${file()}.link`)).toThrow('unreadable-file');
});

/** What becomes of a snapshot of a file by `act`. */
async function stays(act: () => void): Promise<boolean> {
  writeFileSync(file(), TEXT);
  const snapshot = await takeSnapshot(file());
  try {
    act();
    return isUnchanged(file(), snapshot);
  } finally {
    closeSnapshot(snapshot);
  }
}

/** Writes other bytes of the same length, and gives the file the dates that it had. */
function forge(): void {
  const { atimeMs, mtimeMs } = statSync(file());
  writeFileSync(file(), TEXT.replace('1', '2'));
  utimesSync(file(), atimeMs / 1000, mtimeMs / 1000);
}

test.each<[string, boolean, () => void]>([
  ['nothing', true, () => undefined],
  ['a read', true, () => void readFileSync(file())],
  ['more bytes', false, () => appendFileSync(file(), 'y = 2\n')],
  ['other bytes', false, () => writeFileSync(file(), TEXT.replace('1', '2'))],
  ['other bytes of the same date', false, forge],
  ['another date', false, () => utimesSync(file(), 1e9, 1e9)],
  ['another mode', false, () => chmodSync(file(), 0o640)],
  [
    'another file of the same bytes',
    false,
    () => (renameSync(file(), `${file()}.old`), writeFileSync(file(), TEXT)),
  ],
  ['its removal', false, () => unlinkSync(file())],
  [
    'a link in its place',
    false,
    () => (renameSync(file(), `${file()}.old`), symlinkSync('credentials.old', file())),
  ],
])('after %s a file is unchanged: %s', async (_what, expected, act) => {
  expect(await stays(act)).toBe(expected);
});

test('a file that was not there is unchanged until it is', async () => {
  const before = await takeSnapshot(file());
  expect(before).toMatchObject({ stats: undefined, descriptor: undefined });
  expect(before.bytes).toHaveLength(0);
  expect(isUnchanged(file(), before)).toBe(true);
  expect(() => closeSnapshot(before)).not.toThrow();
  writeFileSync(file(), '');
  expect(isUnchanged(file(), before)).toBe(false);
});

test('two looks at one file, and at two', () => {
  writeFileSync(file(), TEXT);
  writeFileSync(`${file()}2`, TEXT);
  const look = (name: string) => statSync(name, { bigint: true });
  expect(isSameFile(look(file()), look(file()))).toBe(true);
  expect(isSameFile(look(file()), look(`${file()}2`))).toBe(false);
  expect(isSameFile(undefined, look(file()))).toBe(false);
  expect(isSameFile(look(file()), undefined)).toBe(false);
  const elsewhere = Object.assign(look(file()), { dev: 7n });
  expect(isSameFile(look(file()), elsewhere)).toBe(false);
});

test('a link is not followed', async () => {
  symlinkSync('credentials', file());
  await expect(takeSnapshot(file())).rejects.toMatchObject({
    problem: { kind: 'unreadable-file', path: file(), code: 'ELOOP' },
  });
});

describe('writers into a file that was replaced', () => {
  const base = Buffer.from(TEXT);
  const ours = Buffer.from(`${TEXT}[ours]\nk = 1\n`);

  async function watched() {
    writeFileSync(file(), base);
    const writers = new LateWriters();
    const snapshot = await takeSnapshot(file());
    expect(writers.watch(snapshot, ours)).toBe(true);
    const descriptor = openSync(file(), 'r+');
    renameSync(file(), `${file()}.old`);
    writeFileSync(file(), ours);
    return { writers, descriptor, old: `${file()}.old` };
  }

  test('are found once, and what they wrote is carried over until it is forgotten', async () => {
    const { writers, descriptor, old } = await watched();
    expect(await writers.find()).toBe(false);
    expect(writers.carriedOver(ours, ours)).toBe(ours);
    appendFileSync(old, 'y = 2\n');
    expect(await writers.find()).toBe(true);
    // The file is as we left it: theirs stands as it is, for the edit to be made again.
    expect(Buffer.from(writers.carriedOver(ours, ours)).toString()).toBe(`${TEXT}y = 2\n`);
    // Somebody wrote there, too: only what they changed is carried over.
    const both = Buffer.from(`${ours.toString()}[more]\n`);
    expect(Buffer.from(writers.carriedOver(both, both)).toString()).toBe(
      `${TEXT}y = 2\n[ours]\nk = 1\n[more]\n`,
    );
    expect(await writers.find()).toBe(false);
    writers.forget();
    expect(writers.carriedOver(both, both)).toBe(both);
    closeSync(descriptor);
    writers.close();
  });

  test('one that died in the middle is not waited for twice, nor believed', async () => {
    const { writers, descriptor, old } = await watched();
    writeFileSync(old, '');
    expect(await writers.find()).toBe(false);
    expect(writers.carriedOver(ours, ours)).toBe(ours);
    closeSync(descriptor);
    writers.close();
  });

  test('a file that is not open is not watched', async () => {
    const writers = new LateWriters();
    const snapshot = await takeSnapshot(file());
    expect(writers.watch(snapshot, ours)).toBe(false);
    expect(await writers.find()).toBe(false);
    writers.close();
  });
});

test('a file that cannot be read is closed again', async () => {
  const close = jest.spyOn(fs, 'closeSync');
  await expect(takeSnapshot(folder())).rejects.toMatchObject({
    problem: { kind: 'unreadable-file', code: 'EISDIR' },
  });
  expect(close).toHaveBeenCalledTimes(1);
  close.mockRestore();
});
