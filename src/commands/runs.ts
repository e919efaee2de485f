/** What each command of the list does. */
import type { Run } from '../cli/command.ts';
import type { CommandName, OptionName } from './index.ts';
import { run as refresh } from './refresh/run.ts';
import { run as status } from './status/run.ts';

/**
 * `refresh` and `status` are called again and again, and are in the program's own file. All others
 * have one of theirs, read when they are called; a session that is still valid is found before any
 * of them (quick/answer.ts).
 */
type Loaded<Name extends CommandName> = { run: Run<OptionName<Name>> };
type Runs = { readonly [Name in CommandName]: () => Loaded<Name> | Promise<Loaded<Name>> };

const RUNS: Runs = {
  refresh: () => ({ run: refresh }),
  status: () => ({ run: status }),
  env: () => import('./env/run.ts'),
  console: () => import('./console/run.ts'),
  'credential-process': () => import('./credential-process/run.ts'),
  exec: () => import('./exec/run.ts'),
  clear: () => import('./clear/run.ts'),
  whoami: () => import('./whoami/run.ts'),
  init: () => import('./init/run.ts'),
  keys: () => import('./keys/run.ts'),
  rotate: () => import('./rotate/run.ts'),
  doctor: () => import('./doctor/run.ts'),
  hook: () => import('./hook/run.ts'),
  schedule: () => import('./schedule/run.ts'),
  completion: () => import('./completion/run.ts'),
};

/** @param command its name in the list of commands */
export async function findRun(command: string): Promise<Run<string>> {
  return (await RUNS[command as CommandName]()).run;
}
