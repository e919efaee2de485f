/**
 * Who may ask and who may exchange, among all programs that want one session. Three gates stand for
 * that: the exchange's is held for the call and the write, the question's while a person is asked,
 * the command's while a program is run for a code. So a code in hand never waits for a person
 * elsewhere, and a question or a command ends when it is not needed any more.
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
import { sharedProblem } from './shared-failure.ts';
import { words } from './words.ts';

// The contract: with nobody to ask here, a wait for another's answer ends after 30 seconds.
const UNATTENDED_WAIT_MS = 30_000;
// A command may have to be asked again at the device's next code, and a call be made three times.
const WORKING_WAIT_MS = 90_000;
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

type Waited = 'question' | 'command';

/** The gate was lost in a sleep: somebody else may be asking by now. */
class Overslept extends Error {}

/** Waits for the exchange's gate, and looks again. @throws Overtaken, Failure */
export async function enterExchange(renewal: Renewal, context: RunContext): Promise<void> {
  renewal.exchange = await enter(renewal, 'exchange', context);
  await look([renewal], context);
}

/**
 * Ends other programs' questions and commands for what has been got here; removes what dead ones
 * left.
 */
export function endWaits({ target, waits }: Renewal, store: Store, { settings }: RunContext): void {
  for (const kind of ['question', 'command'] as const) {
    if (waits[kind]) continue;
    store.openGate(settings.files.credentials, { kind, of: target.sessionName });
  }
}

/** How a code is waited for in this run. */
export function waitingOf(context: RunContext): Waiting {
  return {
    session: () => context.renewals.at(-1)?.target.sessionName,
    aside: (act, gate) => stepAside(() => waitFor(act, gate, context), context),
    others: () => awaitOthers(context),
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

async function waitFor<T>(
  act: (until: AbortSignal) => Promise<T>,
  gate: Waited | undefined,
  context: RunContext,
): Promise<T> {
  const renewals = [...context.renewals];
  const waits = renewals.at(-1)?.waits;
  for (;;) {
    if (gate && waits && !waits[gate]) {
      waits[gate] = await enter(renewals.at(-1)!, gate, context);
      await look(renewals, context);
    }
    try {
      const result = await actUntilNeedless(act, gate, renewals, context);
      context.since = context.world.now();
      return result;
    } catch (error) {
      if (!(error instanceof Overslept)) throw error;
      await waits?.[gate!]?.release();
      waits![gate!] = undefined;
    }
  }
}

/** Ends what is waited for once another program has brought what it is for. */
async function actUntilNeedless<T>(
  act: (until: AbortSignal) => Promise<T>,
  gate: Waited | undefined,
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
    if (gate && renewals.at(-1)?.waits[gate]?.isCompromised()) throw new Overslept();
  };
  const timer = setInterval(() => {
    check().catch((error: unknown) => {
      // A file that is being written may be odd for a moment.
      if (!isFailure(error)) stop.abort(error);
    });
  }, LOOK_MS);
  timer.unref();
  try {
    return await act(stop.signal);
  } finally {
    clearInterval(timer);
  }
}

/**
 * With nobody to ask here: waits while another program asks somebody, or a command.
 * @throws Overtaken, Failure still-asked
 */
async function awaitOthers(context: RunContext): Promise<void> {
  const renewals = [...context.renewals];
  const waiting = renewals.at(-1);
  if (!waiting) return;
  await leaveExchanges(renewals);
  for (const kind of ['question', 'command'] as const) {
    const gate = await enter(waiting, kind, context);
    await gate.release();
  }
  await look(renewals, context);
}

/** @throws Overtaken, Failure still-asked if nobody may be asked here */
async function enter(
  renewal: Renewal,
  kind: 'exchange' | Waited,
  context: RunContext,
): Promise<HeldLock> {
  const { settings, world, reporter } = context;
  const { sessionName } = renewal.target;
  const store = await world.store();
  const started = world.now();
  for (let round = 0; ; round++) {
    const gate = await store.tryGate(settings.files.credentials, { kind, of: sessionName });
    if (gate) {
      if (round > 0)
        reporter.debug(`${kind} of ${sessionName}: after ${round * GATE_PAUSE_MS} ms of pauses`);
      return gate;
    }
    if (round === 0) {
      reporter.say(words.waitForSession(sessionName));
    }
    const waited = world.now() - started;
    const limit = kind === 'question' ? UNATTENDED_WAIT_MS : WORKING_WAIT_MS;
    if (waited > limit && !(await (await context.codes()).hasPerson(renewal.prompt))) {
      throw new Failure({
        kind: 'still-asked',
        session: sessionName,
        seconds: Math.round(waited / 1000),
        at: kind,
      });
    }
    await world.sleep(GATE_PAUSE_MS);
    await look(context.renewals, context);
  }
}

/**
 * Whether what is renewed has been got by another program, or could not be got by it just now.
 * @throws Overtaken, Failure
 */
async function look(renewals: readonly Renewal[], context: RunContext): Promise<void> {
  const files = await readAwsFiles(context.settings.files, context.world);
  const store = await context.world.store();
  for (const renewal of renewals) {
    const { sessionName, files: before } = renewal.target;
    const renewed = isRenewedSince(before, files, sessionName);
    const plan = planFor(files, sessionName, renewal.wish, context, renewed || undefined);
    if (plan.kind === 'reuse') throw new Overtaken(renewal, plan.session);
    const problem = sharedProblem(renewal, store, context);
    if (problem) throw new Failure(problem);
  }
}

function isRenewedSince(before: AwsFiles, now: AwsFiles, sessionName: string): boolean {
  const [old, current] = [before, now].map((files) =>
    readSection(files.credentials, sessionName)?.get('aws_access_key_id'),
  );
  return current !== old;
}
