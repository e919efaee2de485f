/** Programs of the system that know of a file what Node cannot tell: its lists and attributes. */
import os from 'node:os';
import { env } from 'node:process';

/** A program that hangs on a dead network drive must not hold the lock, in ms. */
const TIME_LIMIT_MS = 10_000;

/** What a program is passed comes after its stdin, stdout and stderr. */
export const FIRST_PASSED = 3;

/** @returns what it printed; undefined if it is missing, failed, or took too long */
export type RunHelper = (
  program: string,
  args: readonly string[],
  descriptors?: readonly number[],
) => Promise<string | undefined>;

export const runHelper: RunHelper = async (program, args, descriptors = []) => {
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      timeout: TIME_LIMIT_MS,
      windowsHide: true,
      // Windows' programs need some of its variables.
      env: os.platform() === 'win32' ? env : { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore', ...descriptors],
    });
    let printed = '';
    child.stdout!.setEncoding('latin1').on('data', (chunk: string) => (printed += chunk));
    child.on('error', () => resolve(undefined));
    child.on('close', (status) => resolve(status === 0 ? printed : undefined));
  });
};
