/** What each command of the registry does. */
import type { Run } from '../cli/command.ts';
import { run as refresh } from './refresh/run.ts';
import { run as status } from './status/run.ts';

/**
 * These are called again and again, and are in the program's own file. All others have one of
 * theirs, read when they are called; a good session is found before any of them (good-session.ts).
 */
const AT_HAND: Readonly<Record<string, Run>> = {
  refresh,
  status,
};

const OTHERS: Readonly<Record<string, () => Promise<{ run: Run }>>> = {
  env: () => import('./env/run.ts'),
  'credential-process': () => import('./credential-process/run.ts'),
  exec: () => import('./exec/run.ts'),
  clear: () => import('./clear/run.ts'),
  whoami: () => import('./whoami/run.ts'),
  init: () => import('./init/run.ts'),
  doctor: () => import('./doctor/run.ts'),
  hook: () => import('./hook/run.ts'),
  schedule: () => import('./schedule/run.ts'),
  completion: () => import('./completion/run.ts'),
};

/** @param command its name in the registry */
export async function findRun(command: string): Promise<Run> {
  return AT_HAND[command] ?? (await OTHERS[command]!()).run;
}
