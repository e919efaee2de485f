/** Waiting for what a test can only look at: a file that another program writes, a process that ends. */
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

const STEP_MS = 20;
/** An upper bound, for a machine that is busy. */
const LIMIT_MS = 60_000;

/** Resolves once it is so. @throws Error after a minute */
export async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`never so: ${isSo.toString()}`);
    await pause(STEP_MS);
  }
}

/** Needs `ps` of needs.ts. A zombie has ended: nobody has asked for its status yet. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z]/.test(stdout.trim());
}
