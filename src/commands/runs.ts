/** What each command of the registry does. */
import type { Run } from './command.ts';
import { run as credentialProcess } from './credential-process.ts';
import { run as env } from './env.ts';
import { run as refresh } from './refresh.ts';
import { run as status } from './status.ts';

/**
 * A shell, a prompt or an SDK calls these again and again and mostly finds a good session: they are
 * in the program's first file. All others have a file of their own, read when they are called.
 */
const AT_HAND: Readonly<Record<string, Run>> = {
  refresh,
  status,
  env,
  'credential-process': credentialProcess,
};

const OTHERS: Readonly<Record<string, () => Promise<{ run: Run }>>> = {
  exec: () => import('./exec.ts'),
  clear: () => import('./clear.ts'),
  whoami: () => import('./whoami.ts'),
  init: () => import('./init.ts'),
  doctor: () => import('./doctor.ts'),
  hook: () => import('./hook.ts'),
  schedule: () => import('./schedule.ts'),
  completion: () => import('./completion.ts'),
};

/** @param command its name in the registry */
export async function findRun(command: string): Promise<Run> {
  return AT_HAND[command] ?? (await OTHERS[command]!()).run;
}
