/** The wording of every problem and its hint in Japanese; exit codes are in explain.ts. */
import type { Problem } from '../problems/problem.ts';
import type { Translation } from '../problems/text.ts';
import type { english } from './explain.ts';
import { japanese as ofOutput } from './words.ja.ts';
import { wayTo } from './words/place.ts';
import { japanese as code } from './words/code.ja.ts';
import type { AllEntries, Of, Translated, Words } from './words/entry.ts';
import { japanese as toConsole } from './words/console.ja.ts';
import { japanese as file } from './words/file.ja.ts';
import { japanese as keyStore } from './words/key-store.ja.ts';
import { japanese as network } from './words/network.ja.ts';
import { japanese as profile } from './words/profile.ja.ts';
import { japanese as proxy } from './words/proxy.ja.ts';
import { japanese as refusal } from './words/refusal.ja.ts';
import { japanese as rotation } from './words/rotation.ja.ts';
import { japanese as run } from './words/run.ja.ts';
import { japanese as setup } from './words/setup.ja.ts';

/** A kind that is missing here does not compile. */
const WORDS: Translated<AllEntries> = {
  ...run,
  ...rotation,
  ...code,
  ...profile,
  ...setup,
  ...keyStore,
  ...toConsole,
  ...file,
  ...refusal,
  ...proxy,
  ...network,
};

const wordsOf = (problem: Of<Problem['kind']>): Words =>
  (WORDS[problem.kind] as (problem: Of<Problem['kind']>) => Words)(problem);

export const japanese: Translation<typeof english> = {
  message: (problem) => wordsOf(problem)[0] + wayTo(problem, ofOutput),
  hint: (problem) => wordsOf(problem)[1] ?? '',
};
