/** The programs that this one runs under, as Linux tells them. */
import { readFileSync } from 'node:fs';

export interface Caller {
  readonly name: string;
  readonly parent: number;
}

// A shell, a launcher such as npx, and what that runs under.
const MOST = 8;

export function callersByProc(parent: number): string[] {
  return walkCallers(parent, readProc);
}

/** Names from process `pid` on upwards, nearest first. */
export function walkCallers(pid: number, find: (pid: number) => Caller | undefined): string[] {
  const names: string[] = [];
  for (let at = pid; at > 1 && names.length < MOST;) {
    const caller = find(at);
    if (!caller) break;
    names.push(caller.name);
    at = caller.parent;
  }
  return names;
}

/** proc(5): `PID (NAME) STATE PARENT …`, where the name may hold blanks and brackets. */
function readProc(pid: number): Caller | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, name, parent] = /\((.*)\) \S+ (\d+)/s.exec(text) ?? [];
    return name === undefined ? undefined : { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
