/** Runs shell scripts as root in a mount namespace of their own, so that no mount outlives them. */
import { execFileSync } from 'node:child_process';
import { findTool } from './tools.ts';

const isRoot = process.getuid?.() === 0;
const PREFIX = isRoot ? [] : ['sudo', '-n'];

/** Why such scripts can't be run here; undefined where they can. */
function reasonToSkip(): string | undefined {
  if (process.platform !== 'linux') return 'mount namespaces are Linux only';
  if (isRoot && findTool('unshare')) return undefined;
  if (process.env['CI']) return undefined;
  return isRoot ? 'no unshare here' : 'not root';
}

/** `describe` for tests that mount; outside CI skipped where that is not possible. */
export function describePrivileged(name: string, fn: () => void): void {
  const reason = reasonToSkip();
  if (reason === undefined) describe(name, fn);
  else describe.skip(`${name} (skipped: ${reason})`, fn);
}

/** @returns the script's output; throws with its errors where a command of it fails */
export function runPrivileged(script: string, cwd: string): string {
  const command = [...PREFIX, 'unshare', '-m', 'sh', '-ec', script];
  const [program = '', ...args] = command;
  return execFileSync(program, args, { cwd, encoding: 'utf8', timeout: 60_000 });
}
