/**
 * All commands in the order of the help; what each one does is in runs.ts, its words in help.ts.
 */
import { command as clear } from './clear/command.ts';
import { command as completion } from './completion/command.ts';
import { command as toConsole } from './console/command.ts';
import { command as credentialProcess } from './credential-process/command.ts';
import { command as doctor } from './doctor/command.ts';
import { command as env } from './env/command.ts';
import { command as exec } from './exec/command.ts';
import { command as hook } from './hook/command.ts';
import { command as init } from './init/command.ts';
import { command as keys } from './keys/command.ts';
import { command as refresh } from './refresh/command.ts';
import { command as rotate } from './rotate/command.ts';
import { command as schedule } from './schedule/command.ts';
import { command as status } from './status/command.ts';
import { command as whoami } from './whoami/command.ts';

export const COMMANDS = [
  refresh,
  status,
  env,
  exec,
  toConsole,
  credentialProcess,
  clear,
  whoami,
  init,
  keys,
  rotate,
  hook,
  schedule,
  completion,
  doctor,
] as const;

export type CommandName = (typeof COMMANDS)[number]['name'];

/** The names of a command's options, beside the global ones. */
export type OptionName<Name extends CommandName> = Extract<
  (typeof COMMANDS)[number],
  { name: Name }
>['options'][number]['name'];
