/**
 * The names of the programs that this one runs under, if only `ps` knows; on Linux:
 * callers-linux.ts.
 */
import { execFileSync } from 'node:child_process';
import { walkCallers } from './callers-linux.ts';
import type { Caller } from './callers-linux.ts';

/** Nearest first; empty if the system does not tell (Windows) or hides its processes. */
export function callingPrograms(platform: string, parent: number): string[] {
  return platform === 'win32' ? [] : walkCallers(parent, readPs());
}

// FreeBSD takes all behind the first `=` for a heading: one option a column.
function readPs(): (pid: number) => Caller | undefined {
  const callers = new Map<number, Caller>();
  try {
    const table = execFileSync('ps', ['-axww', '-o', 'pid=', '-o', 'ppid=', '-o', 'comm='], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for (const [, pid, parent, name] of table.matchAll(/^\s*(\d+)\s+(\d+)\s+(.+?)\s*$/gm)) {
      callers.set(Number(pid), { name: name!, parent: Number(parent) });
    }
  } catch {
    // Without ps there is the usual format.
  }
  return (pid) => callers.get(pid);
}
