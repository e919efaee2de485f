/** The trial of a new key, before anything relies on it. */
import { Failure, isFailure } from '../../problems/problem.ts';
import type { Clock } from '../../world.ts';

const LONGEST_MS = 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2000;
/** IAM is eventually consistent: one server knows the key, the next one may not yet. */
const ACCEPTED_IN_A_ROW = 2;

export interface Trial {
  readonly profile: string;
  readonly newKeyId: string;
  /** The ARN of the user whose key it should be. */
  readonly user: string;
  /** Asks STS with the new key whose it is. @throws Failure */
  readonly identify: () => Promise<string>;
  /** What came of a try that failed, for --debug. */
  readonly debug: (line: string) => void;
}

/**
 * Waits until AWS accepts the new key, twice in a row and for the right user.
 * @throws Failure key-not-ready after a minute; interrupted
 */
export async function awaitNewKey(
  { profile, newKeyId, user, identify, debug }: Trial,
  clock: Pick<Clock, 'now' | 'sleep'>,
): Promise<void> {
  const began = clock.now();
  let accepted = 0;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      const arn = await identify();
      accepted = arn === user ? accepted + 1 : 0;
      debug(`${newKeyId}: ${arn}`);
      if (accepted === ACCEPTED_IN_A_ROW) return;
    } catch (error) {
      if (!isFailure(error) || error.problem.kind === 'interrupted') throw error;
      accepted = 0;
      debug(`${newKeyId}: ${error.problem.kind}`);
    }
    const waited = clock.now() - began;
    if (waited >= LONGEST_MS) {
      const seconds = Math.round(waited / 1000);
      throw new Failure({ kind: 'key-not-ready', profile, newKeyId, seconds });
    }
    await clock.sleep(Math.min(accepted > 0 ? FIRST_PAUSE_MS : pause, LONGEST_MS - waited));
  }
}
