/**
 * Who may ask and who may exchange, among all programs that want one session. Two gates stand for
 * that: the exchange's is held for the call and the write, the question's while a person is asked.
 * So a code in hand never waits for a person elsewhere, and a question ends when it is not needed
 * any more.
 */
import type { Session } from '../credentials/keys.ts';
import { readSection } from '../document/index.ts';
import { Failure, isFailure } from '../problems/problem.ts';
import type { AwsFiles } from '../profiles/profiles.ts';
import type { HeldLock, Store } from '../world.ts';
import { readAwsFiles } from './aws-files.ts';
import type { Waiting } from './codes.ts';
import type { Renewal, RunContext } from './context.ts';
import { planFor } from './lookup.ts';
import { words } from './words.ts';

// The contract: with nobody to ask here, a wait for another's answer ends after 30 seconds.
const UNATTENDED_WAIT_MS = 30_000;
const GATE_PAUSE_MS = 100;
const LOOK_MS = 300;

/** Another program has got the session meanwhile: nothing is left to be done for it. */
export class Overtaken extends Error {
  readonly renewal: Renewal;
  readonly session: Session;

  constructor(renewal: Renewal, session: Session) {
    super('overtaken');
    this.renewal = renewal;
    this.session = session;
  }
}

/** The question's gate was lost in a sleep: somebody else may be asking by now. */
class Overslept extends Error {}

/** Waits for the exchange's gate, and looks again. @throws Overtaken, Failure */
export async function enterExchange(renewal: Renewal, context: RunContext): Promise<void> {
  renewal.exchange = await enter(renewal, 'exchange', context);
  await look([renewal], context);
}

/** Ends another program's question for what has been got here; of a dead one, what it left. */
export function endQuestion({ target }: Renewal, store: Store, { settings }: RunContext): void {
  store.openGate(settings.files.credentials, { kind: 'question', of: target.sessionName });
}

/** How a code is waited for in this run. */
export function waitingOf(context: RunContext): Waiting {
  return {
    session: () => context.renewals.at(-1)?.target.sessionName,
    question: (put) => askAlone(put, context),
    others: () => awaitOthers(context),
    aside: (wait) => stepAside(wait, context),
  };
}

/**
 * Without the gates of what is renewed; they are entered again in the same order. @throws Overtaken
 */
async function stepAside<T>(act: () => Promise<T>, context: RunContext): Promise<T> {
  const renewals = [...context.renewals];
  await leaveExchanges(renewals);
  const result = await act();
  for (const renewal of renewals) await enterExchange(renewal, context);
  return result;
}

async function leaveExchanges(renewals: readonly Renewal[]): Promise<void> {
  for (const renewal of renewals) {
    await renewal.exchange?.release();
    renewal.exchange = undefined;
  }
}

async function askAlone<T>(
  put: (until: AbortSignal) => Promise<T>,
  context: RunContext,
): Promise<T> {
  const renewals = [...context.renewals];
  const asking = renewals.at(-1);
  return stepAside(async () => {
    for (;;) {
      if (asking && !asking.question) {
        asking.question = await enter(asking, 'question', context);
        await look(renewals, context);
      }
      try {
        return await putUntilNeedless(put, renewals, context);
      } catch (error) {
        if (!(error instanceof Overslept)) throw error;
        await asking?.question?.release();
        asking!.question = undefined;
      }
    }
  }, context);
}

/** Puts the question, and ends it once another program has brought what it is for. */
async function putUntilNeedless<T>(
  put: (until: AbortSignal) => Promise<T>,
  renewals: readonly Renewal[],
  context: RunContext,
): Promise<T> {
  const { world, settings } = context;
  const stop = new AbortController();
  const path = settings.files.credentials;
  let seen = world.lastWritten(path);
  const check = async (): Promise<void> => {
    const written = world.lastWritten(path);
    if (written !== seen) {
      seen = written;
      await look(renewals, context);
    }
    if (renewals.at(-1)?.question?.isCompromised()) throw new Overslept();
  };
  const timer = setInterval(() => {
    check().catch((error: unknown) => {
      // A file that somebody is at work on may be odd for a while.
      if (!isFailure(error)) stop.abort(error);
    });
  }, LOOK_MS);
  timer.unref();
  try {
    return await put(stop.signal);
  } finally {
    clearInterval(timer);
  }
}

/**
 * With nobody to ask here: waits while another program asks somebody. @throws Overtaken, Failure
 * still-asked
 */
async function awaitOthers(context: RunContext): Promise<void> {
  const renewals = [...context.renewals];
  const waiting = renewals.at(-1);
  if (!waiting) return;
  await leaveExchanges(renewals);
  const gate = await enter(waiting, 'question', context);
  await gate.release();
  await look(renewals, context);
}

/** @throws Overtaken, Failure still-asked where nobody is to ask here */
async function enter(
  renewal: Renewal,
  kind: 'exchange' | 'question',
  context: RunContext,
): Promise<HeldLock> {
  const { settings, world, reporter } = context;
  const { sessionName } = renewal.target;
  const store = await world.store();
  const started = world.now();
  for (let round = 0; ; round++) {
    const gate = await store.tryGate(settings.files.credentials, { kind, of: sessionName });
    if (gate) return gate;
    if (round === 0) {
      reporter.say(words.waitForSession(sessionName));
    }
    const waited = world.now() - started;
    if (waited > UNATTENDED_WAIT_MS && !(await (await context.codes()).hasPerson())) {
      throw new Failure({
        kind: 'still-asked',
        session: sessionName,
        seconds: Math.round(waited / 1000),
      });
    }
    await world.sleep(GATE_PAUSE_MS);
    await look(context.renewals, context);
  }
}

/** Whether what is renewed has been got by another program. @throws Overtaken, Failure */
async function look(renewals: readonly Renewal[], context: RunContext): Promise<void> {
  const files = await readAwsFiles(context.settings.files, context.world);
  for (const renewal of renewals) {
    const { sessionName, files: before } = renewal.target;
    const renewed = isRenewedSince(before, files, sessionName);
    const plan = planFor(files, sessionName, renewal.wish, context, renewed || undefined);
    if (plan.kind === 'reuse') throw new Overtaken(renewal, plan.session);
  }
}

function isRenewedSince(before: AwsFiles, now: AwsFiles, sessionName: string): boolean {
  const [old, current] = [before, now].map((files) =>
    readSection(files.credentials, sessionName)?.get('aws_access_key_id'),
  );
  return current !== old;
}
