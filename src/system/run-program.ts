/**
 * Replaces this process by a program, as far as node can: it has this program's own stdin, stdout,
 * stderr and process group, so that the terminal and its job control reach it directly; signals
 * that reach only this program are passed on.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { batchLine } from './batch-line.ts';
import { Failure } from '../problems/problem.ts';
import type { Program } from '../world.ts';
import { windowsProgram } from '../aws/windows-program.ts';
import { findProgram, isOfNoProgram } from './program-path.ts';

/** What this file needs of the process that it is in. */
export interface Host {
  readonly platform: string;
  readonly onSignal: (signal: NodeJS.Signals, handler: (signal: NodeJS.Signals) => void) => void;
  /** Descriptors beyond the three streams that this program was handed (inherited.ts). */
  readonly inherited: readonly number[];
}

const PASSED_ON = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGALRM'] as const;
/** The keyboard sends these to the whole group of processes, the program among them. */
const FROM_KEYBOARD = ['SIGINT', 'SIGQUIT'] as const;
/** Ctrl-C and Ctrl-Break. */
const FROM_CONSOLE = ['SIGINT', 'SIGBREAK'] as const;

/**
 * @returns the program's own exit code, or 128 + n where signal n ended it
 * @throws Failure program-not-found, program-not-runnable
 */
export function runProgram(program: Program, host: Host): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(explainStart(program, host.platform, error as NodeJS.ErrnoException));
    };
    try {
      const child = start(program, host);
      child.on('error', fail);
      child.on('exit', (status, signal) => {
        resolve(status ?? 128 + constants.signals[signal!]);
      });
    } catch (error) {
      fail(error);
    }
  });
}

function start(
  { file, args, env }: Program,
  { platform, onSignal, inherited }: Host,
): ChildProcess {
  let child: ChildProcess | undefined;
  // The handlers stay: between the program's end and ours, a signal must not change the exit code.
  const passOn = (signal: NodeJS.Signals): void => void child?.kill(signal);
  for (const signal of PASSED_ON) if (platform !== 'win32') onSignal(signal, passOn);
  const keyboard = hasTerminal(platform) ? passOnTwice(passOn) : passOn;
  for (const signal of FROM_KEYBOARD) if (platform !== 'win32') onSignal(signal, keyboard);
  // Every program on a console of Windows hears of the key, and what is sent there ends a program.
  for (const signal of FROM_CONSOLE) if (platform === 'win32') onSignal(signal, () => undefined);
  const options: SpawnOptions = { stdio: streamsOf(inherited), env };
  if (platform === 'win32') return (child = startOnWindows(file, args, options));
  // An empty name is no program, which spawn reports as a mistake of the caller.
  if (file === '') throw Object.assign(new Error('no name'), { code: 'ENOENT' });
  return (child = spawn(file, args, options));
}

const TWICE_MS = 2000;

/**
 * With a terminal a first signal is taken for the keyboard's, which the program has got too; one
 * that comes again at once was sent only to this process, as by `docker kill -s INT`.
 */
function passOnTwice(passOn: (signal: NodeJS.Signals) => void): (signal: NodeJS.Signals) => void {
  const last = new Map<NodeJS.Signals, number>();
  return (signal) => {
    const now = performance.now();
    const isAgain = now - (last.get(signal) ?? -TWICE_MS) < TWICE_MS;
    last.set(signal, now);
    if (isAgain) passOn(signal);
  };
}

/** Each descriptor under its own number: make's jobserver, `3< <(…)`, a lock of flock's. */
function streamsOf(inherited: readonly number[]): SpawnOptions['stdio'] {
  if (inherited.length === 0) return 'inherit';
  const last = Math.max(...inherited);
  return Array.from({ length: last + 1 }, (_, fd) =>
    fd <= 2 || inherited.includes(fd) ? fd : 'ignore',
  );
}

/** node refuses to run batch files itself (CVE-2024-27980): cmd.exe does it. */
function startOnWindows(
  file: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const found = findProgram(file, options.env ?? {}, 'win32');
  if (found === undefined) throw Object.assign(new Error('not on PATH'), { code: 'ENOENT' });
  if (!/\.(?:cmd|bat)$/i.test(found)) return spawn(found, args, options);
  const line = batchLine(found, args);
  if (line === undefined) throw Object.assign(new Error('line break'), { code: 'EINVAL' });
  return spawn(
    windowsProgram('cmd.exe', options.env ?? {}),
    ['/e:ON', '/v:OFF', '/d', '/c', line],
    {
      ...options,
      windowsVerbatimArguments: true,
    },
  );
}

/** True if Ctrl-C at a keyboard would reach this program's group of processes. */
function hasTerminal(platform: string): boolean {
  if (platform === 'win32') return true;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}

function explainStart(
  { file, env }: Program,
  platform: string,
  { code = 'unknown' }: NodeJS.ErrnoException,
): Failure {
  const isWindows = platform === 'win32';
  // The system says ENOENT for a missing interpreter as well.
  const exists =
    findProgram(file, env, platform) !== undefined || (isWindows && isOfNoProgram(file, env));
  // A folder on PATH that may not be searched makes a name that is nowhere look forbidden.
  const isMissing = !exists && (code === 'ENOENT' || !file.includes('/'));
  // Windows has no interpreters: what is there, and was not started, is no program to it.
  const reason = isWindows && code !== 'EINVAL' ? 'ENOEXEC' : code;
  return new Failure(
    isMissing
      ? { kind: 'program-not-found', program: file, ...(isWindows && { isWindows }) }
      : { kind: 'program-not-runnable', program: file, code: reason },
  );
}
