/** A program that is started for what it prints: what is read of it, and that none of it stays. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { speakEnglish } from '../../src/problems/text.ts';
import { readProgram } from '../../src/system/read-program.ts';
import type { ReadOptions } from '../../src/system/read-program.ts';
import { quoted } from '../support/quote.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mfa profile's "));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const HOUR_MS = 3_600_000;

async function read(script: string, more: Partial<ReadOptions> = {}) {
  const { platform, env } = process;
  const interrupt = new AbortController().signal;
  const end = await readProgram(() => spawn('/bin/sh', ['-c', script], { stdio: 'pipe' }), {
    ...{ platform, env, interrupt, timeLimitMs: HOUR_MS },
    ...more,
  });
  return 'how' in end ? { ...end, how: speakEnglish(end.how) } : end;
}

/** Holds the pipes for as long as the folder is there. */
const HELPER = (): string => `while [ -d ${quoted(folder)} ]; do sleep 0.1; done &`;

test.each([0, 3])('status %p: what it leaves running is not waited for', async (status) => {
  expect(await read(`${HELPER()} echo out; echo err >&2; exit ${status}`)).toEqual({
    ...{ kind: 'ended', status, signal: null, stdout: 'out\n', stderr: 'err\n' },
  });
});

test('a signal that ended it is told, with what it had printed', async () => {
  expect(await read('echo out; kill -KILL $$')).toEqual({
    ...{ kind: 'ended', status: null, signal: 'SIGKILL', stdout: 'out\n', stderr: '' },
  });
});

test('input that is never read holds nothing up', async () => {
  const input = 'x'.repeat(1_000_000);
  expect(await read(`${HELPER()} echo out`, { input })).toMatchObject({ status: 0 });
});

test('what spawn throws, and what it tells later, is one kind of end', async () => {
  const quiet = new AbortController().signal;
  const options = { ...{ platform: 'linux', env: {}, interrupt: quiet }, timeLimitMs: HOUR_MS };
  const thrown = await readProgram(() => {
    throw Object.assign(new Error('too big'), { code: 'E2BIG' });
  }, options);
  const told = await readProgram(() => spawn(path.join(folder, 'none')), options);
  expect(thrown).toMatchObject({
    kind: 'not-started',
    how: { english: 'it could not be started (E2BIG)' },
  });
  expect(told).toMatchObject({
    kind: 'not-started',
    how: { english: 'it could not be started (ENOENT)' },
  });
});

test('no file that is left to open is such an end, too', async () => {
  const options = { ...{ platform: 'linux', env: {}, interrupt: new AbortController().signal } };
  // Node then gives it no streams at all.
  const end = await readProgram(
    () => {
      const child = Object.assign(new EventEmitter(), { unref: () => undefined });
      const error = Object.assign(new Error('spawn EMFILE'), { code: 'EMFILE' });
      setImmediate(() => child.emit('error', error));
      return child as ChildProcess;
    },
    { ...options, timeLimitMs: HOUR_MS },
  );
  expect(end).toMatchObject({ how: { english: 'it could not be started (EMFILE)' } });
});

test('one that takes too long is ended', async () => {
  expect(await read('sleep 1000', { timeLimitMs: 200 })).toEqual({
    kind: 'too-long',
    how: 'it ran longer than 0.2 s and was ended',
  });
});

test('a flood is ended', async () => {
  expect(await read('while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done')).toEqual({
    kind: 'too-much',
    how: 'it printed more than 64 KiB and was ended',
  });
});

test('an interrupt that was there before starts nothing', async () => {
  const reason = new Error('interrupted');
  const interrupt = AbortSignal.abort(reason);
  const options = { ...{ platform: 'linux', env: {}, interrupt }, timeLimitMs: HOUR_MS };
  let isStarted = false;
  const reading = readProgram(() => {
    isStarted = true;
    return spawn('true');
  }, options);
  await expect(reading).rejects.toBe(reason);
  expect(isStarted).toBe(false);
});

test('an interrupt that is heard of after the end is thrown all the same', async () => {
  const stop = new AbortController();
  const reason = new Error('interrupted');
  const reading = readProgram(
    () => {
      const child = spawn('/bin/sh', ['-c', 'exit 130'], { stdio: 'pipe' });
      // After all that its end sets going at once, and before any timer.
      const abort = () => process.nextTick(() => stop.abort(reason));
      child.on('close', () => queueMicrotask(abort));
      return child;
    },
    {
      ...{ platform: 'linux', env: {}, interrupt: stop.signal },
      timeLimitMs: HOUR_MS,
    },
  );
  await expect(reading).rejects.toBe(reason);
});
