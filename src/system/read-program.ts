/** Waits for a program that is started for what it prints, and leaves nothing of it behind. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Environment } from '../aws/environment.ts';
import type { Said } from '../problems/text.ts';
import { HeardBytes } from './heard-text.ts';
import { endProcessTree } from './process-tree.ts';
import { words } from './words.ts';

/** Far more than a code or a pair of keys takes, in bytes. */
const STDOUT_LIMIT = 65_536;
/** What a program says of its failure: more than a line of it is never shown. */
const STDERR_LIMIT = 4096;
/** What was written before its end is in the pipes already, in ms. */
const LAST_WORDS_MS = 500;
/** Ctrl-C reaches both, and the program's end may be heard of first, in ms. */
const SIGNAL_DELAY_MS = 20;

export interface ReadOptions {
  readonly platform: string;
  /** By which Windows' own programs are found. */
  readonly env: Environment;
  /** Ends the program; the call then rejects with the signal's reason. */
  readonly interrupt: AbortSignal;
  readonly timeLimitMs: number;
  /** For its stdin, if that is a pipe. */
  readonly input?: string | undefined;
}

export type ProgramEnd =
  | {
      readonly kind: 'ended';
      /** Null if a signal ended it. */
      readonly status: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly stdout: string;
      readonly stderr: string;
    }
  | {
      readonly kind: 'not-started' | 'too-long' | 'too-much';
      /** In words that begin with "it". */
      readonly how: Said;
    };

/**
 * Reads those streams of a program that are pipes, up to its own end: what it leaves running, such
 * as an agent, may hold them and is not waited for. A program that takes too long, prints too much
 * or is interrupted is ended, with all that it has started.
 */
export async function readProgram(
  start: () => ChildProcess,
  { platform, env, interrupt, timeLimitMs, input }: ReadOptions,
): Promise<ProgramEnd> {
  interrupt.throwIfAborted();
  let child: ChildProcess;
  try {
    child = start();
  } catch (error) {
    return notStarted(error);
  }
  // A program that ends without reading it breaks the pipe; how it ended tells.
  child.stdin?.on('error', () => undefined).end(input);
  let stop = (): void => undefined;
  const stopped = new Promise<ProgramEnd>((resolve) => {
    stop = () => resolve({ kind: 'too-long', how: words.tooLong(timeLimitMs / 1000) });
  });
  const timer = setTimeout(stop, timeLimitMs);
  interrupt.addEventListener('abort', stop, { once: true });
  try {
    const end = await Promise.race([endOf(child, platform), stopped]);
    if (end.kind === 'ended' && end.status !== 0) await pause(SIGNAL_DELAY_MS);
    interrupt.throwIfAborted();
    return end;
  } finally {
    clearTimeout(timer);
    interrupt.removeEventListener('abort', stop);
    const { pid, exitCode, signalCode } = child;
    if (pid !== undefined && exitCode === null && signalCode === null) {
      await endProcessTree(pid, platform, env);
    }
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
    child.unref();
  }
}

function notStarted(error: unknown): ProgramEnd {
  const { code, name } = error as NodeJS.ErrnoException;
  return { kind: 'not-started', how: words.notStarted(code ?? name) };
}

function endOf(child: ChildProcess, platform: string): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const [stdout, stderr] = [new HeardBytes(), new HeardBytes()];
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout.add(chunk);
      if (stdout.length <= STDOUT_LIMIT) return;
      child.stdout?.destroy();
      resolve({ kind: 'too-much', how: words.tooMuch });
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      if (stderr.length < STDERR_LIMIT) stderr.add(chunk);
    });
    child.on('error', (error) => resolve(notStarted(error)));
    child.on('exit', (status, signal) => {
      const end = (): void =>
        resolve({
          ...{ kind: 'ended', status, signal },
          ...{ stdout: stdout.text(platform), stderr: stderr.text(platform) },
        });
      const lingering = setTimeout(end, LAST_WORDS_MS);
      child.on('close', () => {
        clearTimeout(lingering);
        end();
      });
    });
  });
}
