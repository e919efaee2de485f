/** What each command of the registry does. */
import type { Run } from './command.ts';
import { run as refresh } from './refresh.ts';
import { run as status } from './status.ts';

/**
 * These are called again and again, and are in the program's own file. All others have one of
 * theirs, read when they are called; a good session is found before any of them (good-session.ts).
 */
const AT_HAND: Readonly<Record<string, Run>> = {
  refresh,
  status,
};

const OTHERS: Readonly<Record<string, () => Promise<{ run: Run }>>> = {
  env: () => import('./env.ts'),
  'credential-process': () => import('./credential-process.ts'),
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
