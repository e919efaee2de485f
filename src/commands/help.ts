/** The help of every command in English. */
import type { Help, HelpTexts } from '../cli/help.ts';
import { FRAME, OPTION_WORDS } from '../cli/words.ts';
import type { CommandName } from './index.ts';
import { help as clear } from './clear/words.ts';
import { help as completion } from './completion/words.ts';
import { help as toConsole } from './console/words.ts';
import { help as credentialProcess } from './credential-process/words.ts';
import { help as doctor } from './doctor/words.ts';
import { help as env } from './env/words.ts';
import { help as exec } from './exec/words.ts';
import { help as hook } from './hook/words.ts';
import { help as init } from './init/words.ts';
import { help as keys } from './keys/words.ts';
import { help as refresh } from './refresh/words.ts';
import { help as rotate } from './rotate/words.ts';
import { help as schedule } from './schedule/words.ts';
import { help as status } from './status/words.ts';
import { help as whoami } from './whoami/words.ts';

export const HELP: Readonly<Record<CommandName, Help<string>>> = {
  refresh,
  status,
  env,
  exec,
  console: toConsole,
  'credential-process': credentialProcess,
  clear,
  whoami,
  init,
  keys,
  rotate,
  hook,
  schedule,
  completion,
  doctor,
};

export const HELP_TEXTS: HelpTexts = { frame: FRAME, options: OPTION_WORDS, commands: HELP };
