/** A program run without a terminal of any kind, its output kept, and its end waited for. */
import { spawn } from 'node:child_process';
import { WatchedText } from './watched-text.ts';

export interface RunOptions {
  /** Variables to set, or with `undefined` to remove. */
  env?: NodeJS.ProcessEnv;
  /** What it reads; nothing (the end at once) unless given. */
  stdin?: string | Uint8Array;
  cwd?: string;
  /** It is killed after this time, and the result rejects; 120 s unless given. */
  timeoutMs?: number;
}

export interface RunResult {
  /** Null if a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Child {
  readonly pid: number;
  /** What came so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** Wait for a match in what came since the previous match; a minute unless told otherwise. */
  waitForStdout(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  waitForStderr(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Sends a signal to the program alone. */
  signal(signal: NodeJS.Signals): void;
  /** Ends the program and everything that it started. */
  kill(): void;
  /** Rejects where it cannot be started or does not end in time. */
  readonly result: Promise<RunResult>;
}

/** Starts a program in a session of its own (setsid), so that it has no `/dev/tty` to open. */
export function spawnChild(file: string, args: string[], options: RunOptions = {}): Child {
  const { stdin, timeoutMs = 120_000, env, cwd } = options;
  const child = spawn(file, args, {
    ...{ env, cwd, detached: true },
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const stdout = new WatchedText();
  const stderr = new WatchedText();
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => stdout.add(piece));
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => stderr.add(piece));
  // A program that ends without reading its input breaks the pipe; its exit code tells.
  child.stdin?.on('error', () => undefined).end(stdin);
  const kill = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  };
  const result = new Promise<RunResult>((resolve, reject) => {
    const timer = setTimeout(() => {
      kill();
      const name = [file, ...args].join(' ');
      reject(new Error(`${name} did not end within ${timeoutMs} ms; stderr:\n${stderr.text}`));
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      for (const text of [stdout, stderr]) text.end(`the program ended with ${signal ?? code}`);
      resolve({ code, signal, stdout: stdout.text, stderr: stderr.text });
    });
  });
  return {
    pid: child.pid ?? -1,
    get stdout() {
      return stdout.text;
    },
    get stderr() {
      return stderr.text;
    },
    waitForStdout: (pattern, ms) => stdout.waitFor(pattern, ms),
    waitForStderr: (pattern, ms) => stderr.waitFor(pattern, ms),
    signal: (signal) => void child.kill(signal),
    kill,
    result,
  };
}
