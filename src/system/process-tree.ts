/** Ends a program with everything that it has started. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { kill } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { windowsProgram } from '../aws/windows-program.ts';

/** What a program is given to put its terminal in order, in ms. */
const GRACE_MS = 300;

/**
 * Asks the process `root` and all below it to end, and makes those end that don't. It shares our
 * group of processes, for in one of its own it could not ask on the terminal: so the tree is
 * walked.
 */
export async function endProcessTree(
  root: number,
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (platform === 'win32') {
    try {
      const line = ['/pid', String(root), '/t', '/f'];
      execFileSync(windowsProgram('taskkill.exe', env), line, { stdio: 'ignore' });
    } catch {
      // It has none of these options, or may not be run: then at least the process itself.
      send([root], 'SIGKILL');
    }
    return;
  }
  const tree = processTree(root, platform);
  send(tree, 'SIGTERM');
  for (let waited = 0; waited < GRACE_MS && tree.some(isAlive); waited += 20) await pause(20);
  send(new Set([...tree, ...processTree(root, platform)]), 'SIGKILL');
}

function send(pids: Iterable<number>, signal: NodeJS.Signals): void {
  for (const pid of pids) quietly(() => kill(pid, signal));
}

function isAlive(pid: number): boolean {
  let alive = false;
  quietly(() => {
    alive = kill(pid, 0);
  });
  return alive;
}

/** A process that has ended meanwhile is what was wanted. */
function quietly(act: () => unknown): void {
  try {
    act();
  } catch {
    // Gone.
  }
}

/** `root` first, then all that it and its children have started. */
function processTree(root: number, platform: string): number[] {
  const parents = platform === 'linux' ? readProc() : readPs();
  const tree = [root];
  for (let at = 0; at < tree.length; at++) {
    for (const [pid, parent] of parents) if (parent === tree[at]) tree.push(pid);
  }
  return tree;
}

/** proc(5): `PID (NAME) STATE PARENT …`, where the name may hold blanks and brackets. */
function readProc(): [pid: number, parent: number][] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): [number, number][] => {
      let parent: string | undefined;
      quietly(() => {
        parent = /\) \S+ (\d+) [^)]*$/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1];
      });
      return parent === undefined ? [] : [[Number(name), Number(parent)]];
    });
}

// FreeBSD takes all behind the first `=` for a heading: one option a column.
function readPs(): [pid: number, parent: number][] {
  let table = '';
  quietly(() => {
    table = execFileSync('ps', ['-axww', '-o', 'pid=', '-o', 'ppid='], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  });
  return [...table.matchAll(/^\s*(\d+)\s+(\d+)\s*$/gm)].map(([, pid, parent]) => [
    Number(pid),
    Number(parent),
  ]);
}
