/** Starts a command line of the user's: by `sh -c`, on Windows by `cmd /c`. */
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import type { Environment } from '../aws/environment.ts';
import { windowsProgram } from '../aws/windows-program.ts';

interface LineOptions extends SpawnOptions {
  readonly platform: string;
  readonly env: Environment;
}

/** @param args words for behind its own; on Windows only such as need no quotes */
export function spawnShellLine(
  line: string,
  args: readonly string[],
  { platform, ...options }: LineOptions,
): ChildProcess {
  if (platform === 'win32') {
    const all = `"${[line, ...args].join(' ')}"`;
    return spawn(windowsProgram('cmd.exe', options.env), ['/d', '/s', '/c', all], {
      ...options,
      windowsVerbatimArguments: true,
    });
  }
  const words = args.length > 0 ? [`${line} "$@"`, 'sh', ...args] : [line];
  return spawn('/bin/sh', ['-c', ...words], options);
}
