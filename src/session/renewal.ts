/**
 * Renews a session: gate → plan again → ask → exchange → write. Any number of processes that want
 * one session lead to one question and one exchange.
 */
import { readAwsFiles } from './aws-files.ts';
import { parseDocument, readSection } from '../document/index.ts';
import { Failure } from '../problems/problem.ts';
import type { Session } from '../credentials/keys.ts';
import type { AwsFiles } from '../profiles/profiles.ts';
import { copiedSettings, putSession, refuseLongTermKey } from '../profiles/session-section.ts';
import { originOf } from '../profiles/origin.ts';
import { formatOrigin } from '../credentials/origin.ts';
import { Secret } from '../credentials/secret.ts';
import { performExchange, prepareExchange } from './exchange.ts';
import { warnOfAccess, warnOfContents, warnOfRefusal } from './file-warnings.ts';
import { lockWaiting } from './lock-wait.ts';
import { planFor } from './lookup.ts';
import { findProfile } from './lookup.ts';
import type { RunContext, Target } from './context.ts';
import type { Wish } from './context.ts';
import type { Outcome } from './context.ts';
import type { HeldLock } from '../world.ts';
import { words } from './words.ts';

export { makeCodeDesk } from './codes.ts';

// The contract: with nobody to ask here, a wait for another's answer ends after 30 seconds.
const UNATTENDED_WAIT_MS = 30_000;
const GATE_PAUSE_MS = 100;

/** Stands for a session in a write that is only tried. */
const REHEARSED: Session = {
  accessKeyId: 'ASIA',
  secretAccessKey: new Secret('x'),
  sessionToken: new Secret('x'),
  expiration: 0,
};

/** Checks all that can be checked of a renewal before anybody is asked. @throws Failure */
export async function checkRenewal(
  { profile, files }: Target,
  wish: Wish,
  context: RunContext,
): Promise<void> {
  await prepareExchange(profile, files, wish, context);
}

/** @throws Failure */
export async function renewSession(
  target: Target,
  wish: Wish,
  context: RunContext,
): Promise<Outcome> {
  const { settings, world } = context;
  const { profile, sessionName } = target;
  await checkRenewal(target, wish, context);
  const store = await world.store();
  await store.assertWritable(settings.files.credentials);

  const entered = await enterGate(target, wish, context);
  if ('session' in entered)
    return { profile, sessionName, session: entered.session, action: 'reused' };
  try {
    const files = await readAwsFiles(settings.files, world);
    const fresh = findProfile(files, profile.name);
    const renewed = isRenewedSince(target.files, files, sessionName);
    const plan = planFor(files, sessionName, wish, context, renewed);
    if (plan.kind === 'reuse')
      return { profile: fresh, sessionName, session: plan.session, action: 'reused' };
    const session = await exchangeAndWrite({ profile: fresh, sessionName, files }, wish, context);
    context.renewed.add(sessionName);
    return { profile: fresh, sessionName, session, action: 'refreshed' };
  } finally {
    await entered.gate.release();
  }
}

async function exchangeAndWrite(
  { profile, sessionName, files }: Target,
  wish: Wish,
  context: RunContext,
): Promise<Session> {
  const { settings, world, reporter } = context;
  const path = settings.files.credentials;
  warnOfAccess(path, world, reporter);
  warnOfContents(files.credentials, profile.name, sessionName, reporter);
  warnOfRefusal(files.config, reporter);
  const exchange = await prepareExchange(profile, files, wish, context);
  const copied = copiedSettings(files, profile, sessionName);
  // What cannot be written shows itself here, not when the code is spent.
  const { serialNumber } = settings.session;
  const source = originOf(files, profile, serialNumber);
  const origin = source && formatOrigin(source, exchange.device);
  putSession(files.credentials, sessionName, REHEARSED, copied, origin);
  const store = await world.store();
  const locking = lockWaiting(world, (line) => reporter.say(line));
  // A lock that nobody gives back shows itself before the code is asked for, not when it is spent.
  await store.assertLockable(path, locking);
  const session = await performExchange(exchange, wish, context);
  await store.withLockedUpdate(
    path,
    (bytes) => {
      const document = parseDocument(bytes, path);
      // A key that came there while the code was typed stands, too.
      refuseLongTermKey(document, sessionName);
      return putSession(document, sessionName, session, copied, origin);
    },
    locking,
  );
  return session;
}

function isRenewedSince(before: AwsFiles, now: AwsFiles, sessionName: string): boolean {
  const [old, current] = [before, now].map((files) =>
    readSection(files.credentials, sessionName)?.get('aws_access_key_id'),
  );
  return current !== old;
}

/** Waits until this process may ask, or until another's question has led to a good session. */
async function enterGate(
  { sessionName, files: before }: Target,
  wish: Wish,
  context: RunContext,
): Promise<{ gate: HeldLock } | { session: Session }> {
  const { settings, world, reporter } = context;
  const store = await world.store();
  const started = world.now();
  for (let round = 0; ; round++) {
    const gate = await store.tryGate(settings.files.credentials, sessionName);
    if (gate) return { gate };
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
    const files = await readAwsFiles(settings.files, world);
    const renewed = isRenewedSince(before, files, sessionName);
    const plan = planFor(files, sessionName, wish, context, renewed);
    if (plan.kind === 'reuse') return { session: plan.session };
  }
}
