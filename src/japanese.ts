/** Everything that the program says, in Japanese; loaded only for those who read it. */
import { japanese as output } from './output/words.ja.ts';
import { speakBy } from './problems/text.ts';
import { japanese as system } from './system/words.ja.ts';

/** By the names that the rooms give their catalogues. */
export const JAPANESE = {
  output,
  system,
};

export const speakJapanese = speakBy(JAPANESE);
