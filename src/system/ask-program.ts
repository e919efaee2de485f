/**
 * Runs a program that keeps secrets: what it is to keep comes to it on stdin, what it kept is on its
 * stdout, and neither is ever an argument, which others could see in the list of processes.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { findProgram } from './program-path.ts';
import { endProcessTree } from './process-tree.ts';
import { windowsProgram } from '../aws/windows-program.ts';
import type { Environment } from '../aws/environment.ts';
import { Secret } from '../credentials/secret.ts';
import type { ProgramAnswer, ProgramQuestion } from '../world.ts';
import { ended, words } from './words.ts';

/** Far more than a pair of keys takes, in characters. */
const OUTPUT_LIMIT = 65_536;
/** What a program says of its failure: more than a line of it is never shown. */
const SAID_LIMIT = 2000;
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
  question: ProgramQuestion,
  { platform, env, interrupt, timeLimitMs = TIME_LIMIT_MS }: AskOptions,
): Promise<ProgramAnswer> {
  interrupt.throwIfAborted();
  const { command, input } = question;
  const [file, ...args] = command;
  const found = question.isShellLine ? file : findProgram(file, env, platform);
  if (found === undefined) return { how: words.notHere };
  let child: ChildProcess;
  try {
    child = start(found, args, question, { platform, env });
  } catch (error) {
    return { how: words.notStarted((error as NodeJS.ErrnoException).code ?? 'unknown') };
  }
  // A program that ends without reading it breaks the pipe; how it ended tells.
  child.stdin!.on('error', () => undefined).end(input?.reveal());
  const stop = new AbortController();
  const giveUp = (): void => {
    stop.abort();
  };
  const timer = setTimeout(giveUp, timeLimitMs);
  interrupt.addEventListener('abort', giveUp, { once: true });
  try {
    const answer = await Promise.race([finish(child), stopped(stop.signal)]);
    interrupt.throwIfAborted();
    if (answer !== 'stopped' && answer !== 'flood') return answer;
    return { how: answer === 'flood' ? words.tooMuch : words.tooLong(timeLimitMs / 1000) };
  } finally {
    clearTimeout(timer);
    interrupt.removeEventListener('abort', giveUp);
    const { pid, exitCode, signalCode } = child;
    if (pid !== undefined && exitCode === null && signalCode === null) {
      await endProcessTree(pid, platform, env);
    }
    // What it has left running, such as an agent, may hold the pipes.
    for (const stream of [child.stdout, child.stderr]) stream?.destroy();
    child.unref();
  }
}

function start(
  file: string,
  args: readonly string[],
  question: ProgramQuestion,
  { platform, env }: Pick<AskOptions, 'platform' | 'env'>,
): ChildProcess {
  const options: SpawnOptions = { stdio: ['pipe', 'pipe', 'pipe'], env, windowsHide: true };
  if (!question.isShellLine) return spawn(file, args, options);
  return platform === 'win32'
    ? spawn(windowsProgram('cmd.exe', env), ['/d', '/s', '/c', `"${[file, ...args].join(' ')}"`], {
        ...options,
        windowsVerbatimArguments: true,
      })
    : spawn('/bin/sh', ['-c', `${file} "$@"`, 'sh', ...args], options);
}

function stopped(signal: AbortSignal): Promise<'stopped'> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve('stopped');
    });
  });
}

/** What was written before its end is in the pipes already, in ms. */
const LAST_WORDS_MS = 500;

function finish(child: ChildProcess): Promise<ProgramAnswer | 'flood'> {
  return new Promise((resolve) => {
    let output = '';
    let said = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.length > OUTPUT_LIMIT) resolve('flood');
    });
    child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
      if (said.length < SAID_LIMIT) said += chunk;
    });
    child.on('error', ({ code }: NodeJS.ErrnoException) => {
      resolve({ how: words.notStarted(code ?? 'unknown') });
    });
    child.on('exit', (status, signal) => {
      const end = (): void => {
        resolve(
          status === null
            ? { how: ended(status, signal) }
            : { status, output: new Secret(output, 'text'), said: said.trim() },
        );
      };
      const lingering = setTimeout(end, LAST_WORDS_MS);
      child.on('close', () => {
        clearTimeout(lingering);
        end();
      });
    });
  });
}
