/** Everything that the program says, in Japanese; loaded only for those who read it. */
import { japanese as aws } from './aws/words.ja.ts';
import { japanese as commands } from './commands/words.ja.ts';
import { japanese as cli } from './cli/mistakes.ja.ts';
import { japanese as clear } from './commands/clear/words.ja.ts';
import { japanese as completion } from './commands/completion/words.ja.ts';
import { japanese as toConsole } from './commands/console/words.ja.ts';
import { japanese as env } from './commands/env/words.ja.ts';
import { japanese as exec } from './commands/exec/words.ja.ts';
import { japanese as init } from './commands/init/words.ja.ts';
import { japanese as refresh } from './commands/refresh/words.ja.ts';
import { japanese as rotate } from './commands/rotate/words.ja.ts';
import { japanese as schedule } from './commands/schedule/words.ja.ts';
import { japanese as status } from './commands/status/words.ja.ts';
import { japanese as credentials } from './credentials/words.ja.ts';
import { japanese as doctor } from './commands/doctor/report-words.ja.ts';
import { japanese as findings } from './document/finding-words.ja.ts';
import { japanese as document } from './document/words.ja.ts';
import { japanese as problems } from './output/explain.ja.ts';
import { japanese as keys } from './commands/keys/words.ja.ts';
import { japanese as keyStores } from './key-stores/words.ja.ts';
import { japanese as output } from './output/words.ja.ts';
import { japanese as outcome } from './session/outcome-words.ja.ts';
import { japanese as session } from './session/words.ja.ts';
import { japanese as setup } from './setup/words.ja.ts';
import { speakBy } from './problems/text.ts';
import { japanese as sts } from './sts/words.ja.ts';
import { japanese as system } from './system/words.ja.ts';

/** By the names that the rooms give their catalogues. */
export const JAPANESE = {
  aws,
  commands,
  clear,
  cli,
  completion,
  console: toConsole,
  credentials,
  doctor,
  document,
  env,
  exec,
  findings,
  init,
  keys,
  'key-stores': keyStores,
  outcome,
  output,
  problems,
  refresh,
  rotate,
  schedule,
  session,
  setup,
  status,
  sts,
  system,
};

export const speakJapanese = speakBy(JAPANESE);
