/**
 * Runs a program that keeps secrets: what it is to keep comes to it on stdin, what it kept is on its
 * stdout, and neither is ever an argument, which others could see in the list of processes.
 */
import { spawn } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';
import { findProgram } from './program-path.ts';
import { readProgram } from './read-program.ts';
import { spawnShellLine } from './shell-line.ts';
import type { Environment } from '../aws/environment.ts';
import { Secret } from '../credentials/secret.ts';
import type { ProgramAnswer, ProgramQuestion } from '../world.ts';
import { ended, words } from './words.ts';

/** Long enough to unlock a keyring or to touch a key. */
const TIME_LIMIT_MS = 60_000;

export interface AskOptions {
  readonly platform: string;
  /** The program's whole environment. */
  readonly env: Environment;
  /** Ends the program; the call then rejects with the signal's reason. */
  readonly interrupt: AbortSignal;
  readonly timeLimitMs?: number;
}

export async function askProgram(
  { command: [file, ...args], isShellLine, input }: ProgramQuestion,
  { platform, env, interrupt, timeLimitMs = TIME_LIMIT_MS }: AskOptions,
): Promise<ProgramAnswer> {
  const found = isShellLine ? file : findProgram(file, env, platform);
  if (found === undefined) return { how: words.notHere };
  const options: SpawnOptions = { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true };
  const end = await readProgram(
    () =>
      isShellLine
        ? spawnShellLine(file, args, { ...options, platform, env })
        : spawn(found, args, { ...options, env }),
    { platform, env, interrupt, timeLimitMs, input: input?.reveal() },
  );
  if (end.kind !== 'ended') return { how: end.how };
  const { status, signal, stdout, stderr } = end;
  return status === null
    ? { how: ended(status, signal) }
    : { status, output: new Secret(stdout, 'text'), said: stderr.trim() };
}
