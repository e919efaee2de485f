/** Which terminal this program's questions go to: the same name for every program on it. */
import { execFileSync } from 'node:child_process';
import { fstatSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getuid, pid } from 'node:process';
import { isatty } from 'node:tty';
import type { Environment } from '../aws/environment.ts';

/** Undefined if the system does not tell, as on Windows. */
function terminalName(platform: string): string | undefined {
  const controlling = platform === 'linux' ? fromProc() : platform === 'win32' ? '' : fromPs();
  if (controlling) return controlling;
  const shared = platform === 'win32' ? undefined : [0, 2].find((each) => isatty(each));
  return shared === undefined ? undefined : String(fstatSync(shared).rdev);
}

/** Where questions queue: a name that all who would ask there know, and a folder of the user's own. */
export interface Queue {
  readonly folder: string;
  /** Of the terminal, or of what stands for one. */
  readonly terminal: string;
}

/**
 * Where questions on this program's terminal queue. Undefined if its name or the folder cannot be
 * had; then nobody queues.
 */
export function terminalQueue(env: Environment, platform: string): Queue | undefined {
  const terminal = terminalName(platform);
  return terminal === undefined ? undefined : queueOf(terminal, env);
}

/** The same for the windows of a person's desktop. */
export function windowQueue(env: Environment, platform: string): Queue | undefined {
  const display = platform === 'linux' ? env['WAYLAND_DISPLAY'] || env['DISPLAY'] : platform;
  return queueOf(`window ${display ?? ''}`, env);
}

function queueOf(terminal: string, env: Environment): Queue | undefined {
  const userId = getuid?.();
  if (userId === undefined) return undefined;
  const folder = path.join(env['XDG_RUNTIME_DIR'] || tmpdir(), `mfa-profile-${userId}`);
  try {
    mkdirSync(folder, { mode: 0o700, recursive: true });
    // In a folder that all users share, somebody else may have made it.
    const stats = lstatSync(folder);
    return stats.isDirectory() && stats.uid === userId ? { folder, terminal } : undefined;
  } catch {
    return undefined;
  }
}

/** proc(5): the seventh field is the controlling terminal's device, 0 for none. */
function fromProc(): string | undefined {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[4] === '0' ? undefined : fields[4];
  } catch {
    return undefined;
  }
}

function fromPs(): string | undefined {
  try {
    const name = execFileSync('ps', ['-o', 'tty=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return /^\w[\w/]*$/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}
