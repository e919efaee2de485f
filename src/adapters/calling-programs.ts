/** The names of the programs that this one runs under, so that the calling shell is known. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Entry {
  readonly name: string;
  readonly parent: number;
}

// A shell, a launcher such as npx, and what that runs under.
const MOST = 8;

/** Nearest first; empty where the system does not tell (Windows) or hides its processes. */
export function callingPrograms(platform: string, parent: number): string[] {
  if (platform === 'win32') return [];
  const find = platform === 'linux' ? readProc : readPs();
  const names: string[] = [];
  let pid = parent;
  while (pid > 1 && names.length < MOST) {
    const entry = find(pid);
    if (!entry) break;
    names.push(entry.name);
    pid = entry.parent;
  }
  return names;
}

/** proc(5): `PID (NAME) STATE PARENT …`, where the name may hold blanks and brackets. */
function readProc(pid: number): Entry | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, name, parent] = /\((.*)\) \S+ (\d+)/s.exec(text) ?? [];
    return name === undefined ? undefined : { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

function readPs(): (pid: number) => Entry | undefined {
  const entries = new Map<number, Entry>();
  try {
    const table = execFileSync('ps', ['-axo', 'pid=,ppid=,comm='], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for (const [, pid, parent, name] of table.matchAll(/^\s*(\d+)\s+(\d+)\s+(.+?)\s*$/gm)) {
      entries.set(Number(pid), { name: name!, parent: Number(parent) });
    }
  } catch {
    // Without ps there is the usual format.
  }
  return (pid) => entries.get(pid);
}
