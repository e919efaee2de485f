/** Runs the user's `mfa_process`: a command line whose output is the MFA code. */
import { spawn } from 'node:child_process';
import { Failure } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';

const TIME_LIMIT_MS = 60_000;
// A code is six digits; more than this is some other program's output.
const OUTPUT_LIMIT = 4096;

export interface CodeCommandOptions {
  readonly platform: string;
  readonly interrupt: AbortSignal;
  readonly timeLimitMs?: number;
}

/**
 * Runs `command` by `sh -c` (`cmd /c` on Windows) with the terminal at its disposal.
 * @throws Failure code-command-failed, which names its status and never its output
 */
export function runCodeCommand(
  command: string,
  session: string,
  { platform, interrupt, timeLimitMs = TIME_LIMIT_MS }: CodeCommandOptions,
): Promise<Secret> {
  const [shell, flag] = platform === 'win32' ? ['cmd.exe', '/c'] : ['/bin/sh', '-c'];
  return new Promise((resolve, reject) => {
    const fail = (how: string): void => {
      end(new Failure({ kind: 'code-command-failed', session, how }));
    };
    const child = spawn(shell, [flag, command], {
      // stdin and stderr are the person's: a command may ask for a touch or a PIN there.
      stdio: ['inherit', 'pipe', 'inherit'],
      windowsVerbatimArguments: platform === 'win32',
    });
    // What the shell has started may live on and hold the pipe: it is not waited for.
    const end = (reason: Error): void => {
      child.kill();
      child.stdout.destroy();
      child.unref();
      reject(reason);
    };
    const onInterrupt = (): void => end(interrupt.reason as Error);
    const timer = setTimeout(() => fail(`it ran longer than ${timeLimitMs / 1000} s`), timeLimitMs);
    interrupt.addEventListener('abort', onInterrupt, { once: true });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (output.length < OUTPUT_LIMIT) output += chunk;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      fail(`it could not be started (${error.code ?? error.name})`);
    });
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      interrupt.removeEventListener('abort', onInterrupt);
      if (signal) fail(`${signal} ended it`);
      else if (status !== 0) fail(`it ended with status ${status}`);
      else {
        const code = output.trim();
        if (/^\d{6}$/.test(code)) resolve(new Secret(code));
        else fail('it did not print six digits and nothing else');
      }
    });
  });
}
