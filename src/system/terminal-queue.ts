/** Which terminal this program's questions go to: the same name for every program on it. */
import { execFileSync } from 'node:child_process';
import { fstatSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getuid, pid } from 'node:process';
import { isatty } from 'node:tty';

/** Undefined if the system does not tell, as on Windows. */
function terminalName(platform: string): string | undefined {
  const controlling = platform === 'linux' ? fromProc() : platform === 'win32' ? '' : fromPs();
  if (controlling) return controlling;
  const shared = platform === 'win32' ? undefined : [0, 2].find((each) => isatty(each));
  return shared === undefined ? undefined : String(fstatSync(shared).rdev);
}

/**
 * Where questions on this program's terminal queue: the terminal's name, and a folder that is the
 * user's own. Undefined if either cannot be had; then nobody queues.
 */
export function terminalQueue(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): { readonly folder: string; readonly terminal: string } | undefined {
  const terminal = terminalName(platform);
  const userId = getuid?.();
  if (terminal === undefined || userId === undefined) return undefined;
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
