/** The help of every command in Japanese. */
import type { Help, HelpTexts } from '../cli/help.ts';
import { FRAME, OPTION_WORDS } from '../cli/words.ja.ts';
import type { CommandName } from './index.ts';
import { help as clear } from './clear/words.ja.ts';
import { help as completion } from './completion/words.ja.ts';
import { help as toConsole } from './console/words.ja.ts';
import { help as credentialProcess } from './credential-process/words.ja.ts';
import { help as doctor } from './doctor/words.ja.ts';
import { help as env } from './env/words.ja.ts';
import { help as exec } from './exec/words.ja.ts';
import { help as hook } from './hook/words.ja.ts';
import { help as init } from './init/words.ja.ts';
import { help as keys } from './keys/words.ja.ts';
import { help as refresh } from './refresh/words.ja.ts';
import { help as rotate } from './rotate/words.ja.ts';
import { help as schedule } from './schedule/words.ja.ts';
import { help as status } from './status/words.ja.ts';
import { help as whoami } from './whoami/words.ja.ts';

const HELP: Readonly<Record<CommandName, Help<string>>> = {
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
