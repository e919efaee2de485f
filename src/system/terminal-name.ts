/** What this program's questions go to: the same name for every program that asks there. */
import { execFileSync } from 'node:child_process';
import { fstatSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { pid } from 'node:process';
import { isatty } from 'node:tty';
import type { Environment } from '../aws/environment.ts';

/**
 * The terminal, with its host: hosts that share a home each have a first terminal. Undefined if
 * the system does not tell, as on Windows.
 */
export function terminalName(platform: string): string | undefined {
  const name = onThisHost(platform);
  return name === undefined ? undefined : `${hostname()} ${name}`;
}

/** The same for the windows of a person's desktop. */
export function desktopName(env: Environment, platform: string): string | undefined {
  if (platform === 'win32') return undefined;
  const display = platform === 'linux' ? env['WAYLAND_DISPLAY'] || env['DISPLAY'] : platform;
  return `${hostname()} window ${display ?? ''}`;
}

function onThisHost(platform: string): string | undefined {
  const controlling = platform === 'linux' ? fromProc() : platform === 'win32' ? '' : fromPs();
  if (controlling) return controlling;
  const shared = platform === 'win32' ? undefined : [0, 2].find((each) => isatty(each));
  return shared === undefined ? undefined : String(fstatSync(shared).rdev);
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
