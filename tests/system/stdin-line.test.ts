/** The code on stdin: a pipe that nobody writes into, or closes, is not waited for without an end. */
import { PassThrough } from 'node:stream';
import { HeardBytes } from '../../src/system/heard-text.ts';
import { readLine as readInto } from '../../src/system/stdin-line.ts';

const never = new AbortController().signal;
async function readLine(
  stdin: PassThrough & { isTTY?: boolean },
  signal: AbortSignal,
  limitMs: number,
): Promise<string> {
  const heard = new HeardBytes();
  await readInto(stdin, heard, signal, limitMs);
  return heard.text('linux');
}

const ONCE = 1;
const LONG = 600_000;

test('a pipe that stays open and says nothing', async () => {
  expect(await readLine(new PassThrough(), never, ONCE)).toBe('');
});

test('a code that nobody ends', async () => {
  const stdin = new PassThrough();
  stdin.write('123456');
  expect(await readLine(stdin, never, 100)).toBe('123456');
});

test('a line is enough', async () => {
  const stdin = new PassThrough();
  stdin.write('12');
  const line = readLine(stdin, never, LONG);
  stdin.write('3456\n789');
  expect(await line).toBe('123456');
});

test('what has come after the line is no part of it', async () => {
  const stdin = new PassThrough();
  stdin.write('123456\n');
  stdin.write('789');
  expect(await readLine(stdin, never, LONG)).toBe('123456');
});

test('a flood is no line', async () => {
  const stdin = new PassThrough();
  stdin.write('1'.repeat(5000));
  expect(await readLine(stdin, never, LONG)).toHaveLength(5000);
});

test('a person at a terminal may take longer', async () => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const line = readLine(stdin, never, ONCE);
  await new Promise((resolve) => setTimeout(resolve, 20 * ONCE));
  stdin.write('123456\n');
  expect(await line).toBe('123456');
});

test('an interruption ends it', async () => {
  const stop = new AbortController();
  const line = readLine(new PassThrough(), stop.signal, LONG);
  stop.abort(new Error('stopped'));
  await expect(line).rejects.toThrow('stopped');
});
