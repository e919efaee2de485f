/**
 * Programs that belong to Windows, by their whole path: a bare name is looked for in the current
 * folder first.
 */
import type { Environment } from './environment.ts';

/** @param name with its ending, such as `cmd.exe` */
export function windowsProgram(name: string, env: Environment): string {
  const key = Object.keys(env).find((each) => each.toUpperCase() === 'SYSTEMROOT');
  return `${(key && env[key]) || 'C:\\Windows'}\\System32\\${name}`;
}
