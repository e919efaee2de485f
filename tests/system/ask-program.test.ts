/** A program that keeps secrets: its words, its stdin, its ends. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Secret } from '../../src/credentials/secret.ts';
import { speakEnglish } from '../../src/problems/text.ts';
import { askProgram } from '../../src/system/ask-program.ts';
import type { ProgramQuestion } from '../../src/world.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mfa profile's "));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function program(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

async function ask(
  question: ProgramQuestion,
  more: { timeLimitMs?: number; interrupt?: AbortSignal } = {},
) {
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  const interrupt = new AbortController().signal;
  const answer = await askProgram(question, { platform: 'linux', env, interrupt, ...more });
  return 'how' in answer
    ? { how: speakEnglish(answer.how) }
    : { ...answer, output: answer.output.reveal() };
}

test('gets words as they are, its text on stdin, and is heard apart on both streams', async () => {
  program('echo-all', 'cat; printf "|%s" "$@"; echo "so it is" >&2; exit 3');
  const question = {
    command: ['echo-all', 'a b', "it's", '$HOME'],
    input: new Secret('made-up-text', 'text'),
  } as const;
  expect(await ask(question)).toEqual({
    status: 3,
    output: "made-up-text|a b|it's|$HOME",
    said: 'so it is',
  });
});

test('a command line of the user’s gets the words behind its own', async () => {
  const file = program('own', 'printf "%s|" "$@"');
  const line = `VALUE=1 '${file.replaceAll("'", "'\\''")}' "x y"`;
  const question = { command: [line, 'read', "it's $HOME"], isShellLine: true } as const;
  expect(await ask(question)).toMatchObject({ status: 0, output: "x y|read|it's $HOME|" });
});

test('one that is nowhere, cannot be started, or is ended by a signal says how', async () => {
  expect(await ask({ command: ['no-such-program'] })).toEqual({ how: 'it is not on this machine' });
  const file = program('plain', 'true');
  chmodSync(file, 0o644);
  const refused = await ask({ command: ['plain'] });
  expect(refused).toEqual({ how: 'it could not be started (EACCES)' });
  program('suicide', 'kill -9 $$');
  expect(await ask({ command: ['suicide'] })).toEqual({ how: 'SIGKILL ended it' });
});

test('one that floods, or takes too long, is ended with what it started', async () => {
  program('flood', 'while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done');
  expect(await ask({ command: ['flood'] })).toEqual({
    how: 'it printed more than 64 KiB and was ended',
  });
  program('slow', 'sleep 1000');
  expect(await ask({ command: ['slow'] }, { timeLimitMs: 200 })).toEqual({
    how: 'it ran longer than 0.2 s and was ended',
  });
});

test('an interrupt ends it', async () => {
  program('slow', 'sleep 1000');
  const stop = new AbortController();
  const asked = ask({ command: ['slow'] }, { interrupt: stop.signal });
  stop.abort(new Error('interrupted'));
  await expect(asked).rejects.toThrow('interrupted');
});
