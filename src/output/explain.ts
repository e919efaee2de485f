/** The wording of every problem, its hint and its exit code: one entry a kind, in words/. */
import type { Problem } from '../problems/problem.ts';
import { texts } from '../problems/text.ts';
import type { Text } from '../problems/text.ts';
import { english as ofOutput } from './words.ts';
import { wayTo } from './words/place.ts';
import { code } from './words/code.ts';
import type { AllEntries, Of, Words } from './words/entry.ts';
import { file } from './words/file.ts';
import { keyStore } from './words/key-store.ts';
import { toConsole } from './words/console.ts';
import { network } from './words/network.ts';
import { quotedIn } from './printable.ts';
import { profile } from './words/profile.ts';
import { rotation } from './words/rotation.ts';
import { run } from './words/run.ts';
import { proxy } from './words/proxy.ts';
import { refusal } from './words/refusal.ts';
import { setup } from './words/setup.ts';

/** What a person and a script get to see of a problem. */
export interface Explanation {
  readonly exitCode: number;
  /** English, which is what programs read; lower case, without a full stop. */
  readonly message: string;
  /** What to do next, in English. */
  readonly hint: string | undefined;
  /** The same for a person, in whatever language. */
  readonly told: { readonly message: Text; readonly hint: Text | undefined };
}

/** A kind that is missing here does not compile. */
const ENTRIES: AllEntries = {
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

type Worded = (problem: Of<Problem['kind']>) => Words;

const wordsOf = (problem: Of<Problem['kind']>): Words =>
  (ENTRIES[problem.kind].words as Worded)(problem);

export const english = {
  message: (problem: Of<Problem['kind']>) => wordsOf(problem)[0] + wayTo(problem, ofOutput),
  hint: (problem: Of<Problem['kind']>) => wordsOf(problem)[1] ?? '',
};
const told = texts('problems', english);

/**
 * Explains a problem. What others have said of it, whichever field it is in, passes the gate here.
 */
export function explain(problem: Problem): Explanation {
  // The texts speak the sentences that a problem holds.
  const spoken = quotedIn(problem) as Of<Problem['kind']>;
  const message = told.message(spoken);
  const hint = told.hint(spoken);
  return {
    exitCode: ENTRIES[problem.kind].exit,
    message: message.english,
    hint: hint.english || undefined,
    told: { message, hint: hint.english ? hint : undefined },
  };
}
