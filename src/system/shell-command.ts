/**
 * Runs a command line of the user's in the shell, with the terminal at its disposal, for its
 * output.
 */
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { isatty } from 'node:tty';
import { readProgram } from './read-program.ts';
import { spawnShellLine } from './shell-line.ts';
import type { Environment } from '../aws/environment.ts';
import type { Said } from '../problems/text.ts';
import { ended } from './words.ts';

/** Long enough to find a security key and touch it, or to type a password. */
const TIME_LIMIT_MS = 60_000;

export interface ShellCommandOptions {
  readonly platform: string;
  /** Ends the command, and rejects with the signal's reason. */
  readonly interrupt: AbortSignal;
  /** Its whole environment. */
  readonly env: Environment;
  readonly timeLimitMs?: number;
}

/** What it printed, or how it failed in words that begin with "it" and hold none of its output. */
export type ShellCommandResult = { output: string } | { how: Said };

export async function readShellCommand(
  command: string,
  { platform, interrupt, env, timeLimitMs = TIME_LIMIT_MS }: ShellCommandOptions,
): Promise<ShellCommandResult> {
  const end = await readProgram(() => start(command, platform, env), {
    ...{ platform, env, interrupt, timeLimitMs },
  });
  if (end.kind !== 'ended') return { how: end.how };
  const { status, signal, stdout } = end;
  return status === 0 ? { output: stdout } : { how: ended(status, signal) };
}

function start(command: string, platform: string, env: Environment): ChildProcess {
  const stdin = openStdin(platform);
  const stderr = openStderr(platform);
  try {
    return spawnShellLine(command, [], { platform, env, stdio: [stdin, 'pipe', stderr] });
  } finally {
    for (const each of [stdin, stderr]) if (typeof each === 'number') closeSync(each);
  }
}

/** The terminal, or nothing: what is piped to this program is not for the command to eat. */
function openStdin(platform: string): 'inherit' | 'ignore' | number {
  if (isatty(0)) return 'inherit';
  try {
    return openSync(platform === 'win32' ? '\\\\.\\CONIN$' : '/dev/tty', 'r');
  } catch {
    return 'ignore';
  }
}

/**
 * The person's: a command may ask for a touch or a PIN there, even if an SDK keeps this program's
 * own stderr to itself.
 */
function openStderr(platform: string): 'inherit' | number {
  if (isatty(2)) return 'inherit';
  try {
    return openSync(platform === 'win32' ? '\\\\.\\CONOUT$' : '/dev/tty', 'r+');
  } catch {
    return 'inherit';
  }
}
