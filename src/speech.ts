/** The program's voice in one language; Japanese is loaded only for those who read it. */
import type { Language } from './output/language.ts';
import { speakEnglish } from './problems/text.ts';
import type { Speak } from './problems/text.ts';

export async function speakIn(language: Language): Promise<Speak> {
  return language === 'ja' ? (await import('./japanese.ts')).speakJapanese : speakEnglish;
}
