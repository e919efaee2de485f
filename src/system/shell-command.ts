/**
 * Runs a command line of the user's in the shell, with the terminal at its disposal, for its
 * output.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { endProcessTree } from './process-tree.ts';
import { windowsProgram } from '../aws/windows-program.ts';
import type { Said } from '../problems/text.ts';
import { ended, words } from './words.ts';

// Far more than a code or a pair of keys takes: the rest is some other program's output.
const OUTPUT_LIMIT = 65_536;
// Long enough to find a security key and touch it, or to type a password.
const TIME_LIMIT_MS = 60_000;
// What was written before the end is in the pipe already.
const LAST_WORDS_MS = 500;
const SIGNAL_DELAY_MS = 20;

export interface ShellCommandOptions {
  readonly platform: string;
  /** Ends the command, and rejects with the signal's reason. */
  readonly interrupt: AbortSignal;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeLimitMs?: number;
}

/** What it printed, or how it failed in words that begin with "it" and hold none of its output. */
export type ShellCommandResult = { output: string } | { how: Said };

/** Runs `command` by `sh -c` (`cmd /c` on Windows). */
export async function readShellCommand(
  command: string,
  { platform, interrupt, env, timeLimitMs = TIME_LIMIT_MS }: ShellCommandOptions,
): Promise<ShellCommandResult> {
  interrupt.throwIfAborted();
  const child = start(command, platform, env);
  const stop = new AbortController();
  const giveUp = (): void => {
    stop.abort();
  };
  const timer = setTimeout(giveUp, timeLimitMs);
  interrupt.addEventListener('abort', giveUp, { once: true });
  try {
    const result = await Promise.race([finish(child), whenAborted(stop.signal)]);
    if (result !== 'stopped' && result !== 'flood') {
      // Ctrl-C reaches both: the command's end may be heard of first.
      if ('how' in result) await pause(SIGNAL_DELAY_MS);
      interrupt.throwIfAborted();
      return result;
    }
    if (child.pid !== undefined) await endProcessTree(child.pid, platform, env);
    interrupt.throwIfAborted();
    return { how: result === 'flood' ? words.tooMuch : words.tooLong(timeLimitMs / 1000) };
  } finally {
    clearTimeout(timer);
    interrupt.removeEventListener('abort', giveUp);
    // What it has left running may hold the pipe: it is not waited for.
    child.stdout?.destroy();
    child.unref();
  }
}

function start(command: string, platform: string, env: ShellCommandOptions['env']): ChildProcess {
  const stdin = openStdin(platform);
  const stderr = openStderr(platform);
  const options: SpawnOptions = { stdio: [stdin, 'pipe', stderr], env };
  try {
    return platform === 'win32'
      ? spawn(windowsProgram('cmd.exe', env), ['/d', '/s', '/c', `"${command}"`], {
          ...options,
          windowsVerbatimArguments: true,
        })
      : spawn('/bin/sh', ['-c', command], options);
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

function whenAborted(signal: AbortSignal): Promise<'stopped'> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve('stopped');
    });
  });
}

/** `flood`: it has printed more than anybody needs, and may never end. */
function finish(child: ChildProcess): Promise<ShellCommandResult | 'flood'> {
  return new Promise((resolve) => {
    let output = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.length <= OUTPUT_LIMIT) return;
      child.stdout!.destroy();
      resolve('flood');
    });
    child.on('error', ({ code, name }: NodeJS.ErrnoException) => {
      resolve({ how: words.notStarted(code ?? name) });
    });
    child.on('exit', (status, signal) => {
      const end = (): void => {
        resolve(status === 0 ? { output } : { how: ended(status, signal) });
      };
      const lingering = setTimeout(end, LAST_WORDS_MS);
      child.on('close', () => {
        clearTimeout(lingering);
        end();
      });
    });
  });
}
