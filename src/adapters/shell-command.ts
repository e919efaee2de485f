/** Runs a command line of the user's in the shell, with the terminal at its disposal, for its output. */
import { spawn } from 'node:child_process';

// Far more than a code or a pair of keys takes: the rest is some other program's output.
const OUTPUT_LIMIT = 65_536;
const TIME_LIMIT_MS = 60_000;

export interface ShellCommandOptions {
  readonly platform: string;
  /** Ends the command, and rejects with the signal's reason. */
  readonly interrupt: AbortSignal;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeLimitMs?: number;
}

/** What it printed, or how it failed in words that begin with "it" and hold none of its output. */
export type ShellCommandResult = { output: string } | { how: string };

/** Runs `command` by `sh -c` (`cmd /c` on Windows). */
export function readShellCommand(
  command: string,
  { platform, interrupt, env, timeLimitMs = TIME_LIMIT_MS }: ShellCommandOptions,
): Promise<ShellCommandResult> {
  const [shell, flag] = platform === 'win32' ? ['cmd.exe', '/c'] : ['/bin/sh', '-c'];
  return new Promise((resolve, reject) => {
    const child = spawn(shell, [flag, command], {
      // stdin and stderr are the person's: a command may ask for a touch or a PIN there.
      stdio: ['inherit', 'pipe', 'inherit'],
      windowsVerbatimArguments: platform === 'win32',
      env,
    });
    // What the shell has started may live on and hold the pipe: it is not waited for.
    const leave = (): void => {
      child.kill();
      child.stdout.destroy();
      child.unref();
    };
    const onInterrupt = (): void => {
      leave();
      reject(interrupt.reason as Error);
    };
    const timer = setTimeout(() => {
      leave();
      resolve({ how: `it ran longer than ${timeLimitMs / 1000} s` });
    }, timeLimitMs);
    interrupt.addEventListener('abort', onInterrupt, { once: true });
    const settle = (result: ShellCommandResult): void => {
      clearTimeout(timer);
      interrupt.removeEventListener('abort', onInterrupt);
      resolve(result);
    };
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (output.length < OUTPUT_LIMIT) output += chunk;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      settle({ how: `it could not be started (${error.code ?? error.name})` });
    });
    child.on('close', (status, signal) => {
      if (signal) settle({ how: `${signal} ended it` });
      else if (status !== 0) settle({ how: `it ended with status ${status}` });
      else settle({ output });
    });
  });
}
