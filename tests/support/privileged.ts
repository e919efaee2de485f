/** Runs shell scripts with root's rights; what each needs of them its test asks for by needs.ts. */
import { execFileSync } from 'node:child_process';

/** @returns the script's output; throws with its errors where a command of it fails */
export function runScript(script: string, cwd: string): string {
  return execute('sh', ['-ec', script], cwd);
}

/** The same in a mount namespace of its own, so that no mount outlives it. */
export function runMounting(script: string, cwd: string): string {
  return execute('unshare', ['-m', 'sh', '-ec', script], cwd);
}

function execute(program: string, args: string[], cwd: string): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', timeout: 170_000 });
}
