/** Everything that the program says, in Japanese; loaded only for those who read it. */
import { japanese as aws } from './aws/words.ja.ts';
import { japanese as commands } from './commands/words.ja.ts';
import { japanese as exec } from './commands/exec/said.ja.ts';
import { japanese as credentials } from './credentials/words.ja.ts';
import { japanese as doctor } from './commands/doctor/report-words.ja.ts';
import { japanese as findings } from './document/finding-words.ja.ts';
import { japanese as document } from './document/words.ja.ts';
import { japanese as problems } from './output/explain.ja.ts';
import { japanese as output } from './output/words.ja.ts';
import { japanese as outcome } from './session/outcome-words.ja.ts';
import { japanese as session } from './session/words.ja.ts';
import { japanese as setup } from './setup/words.ja.ts';
import { speakBy } from './problems/text.ts';
import { japanese as system } from './system/words.ja.ts';

/** By the names that the rooms give their catalogues. */
export const JAPANESE = {
  aws,
  commands,
  credentials,
  doctor,
  document,
  findings,
  exec,
  outcome,
  output,
  problems,
  session,
  setup,
  system,
};

export const speakJapanese = speakBy(JAPANESE);
