/**
 * Renews a session: gate → plan again → ask → plan again → exchange → write. Any number of
 * processes that want one session lead to one question and one exchange (gates.ts).
 */
import { readAwsFiles } from './aws-files.ts';
import { encodeText, parseDocument, readSection } from '../document/index.ts';
import type { Document } from '../document/index.ts';
import type { Problem } from '../problems/problem.ts';
import type { Session } from '../credentials/keys.ts';
import { copiedSettings, putSession, refuseLongTermKey } from '../profiles/session-section.ts';
import { originOf } from '../profiles/origin.ts';
import { formatOrigin } from '../credentials/origin.ts';
import { Secret } from '../credentials/secret.ts';
import { performExchange, prepareExchange, requestOf } from './exchange.ts';
import {
  codePageOf,
  warnOfAccess,
  warnOfLostHeader,
  warnOfRefusal,
  warnOfSession,
} from './file-warnings.ts';
import { isDirect } from './role.ts';
import { lockWaiting } from './lock-wait.ts';
import { Overtaken, endWaits, enterExchange, waitingOf } from './gates.ts';
import { attemptOf, forgetFailure, shareFailure } from './shared-failure.ts';
import { findProfile } from './lookup.ts';
import { whyUnstored } from './unstored.ts';
import { makeCodeDesk } from './codes.ts';
import type { CodeDesk } from './codes.ts';
import type { Outcome, Renewal, RunContext, Target, Wish } from './context.ts';

/** The code desk of a run: its questions take other programs into account. */
export function openCodeDesk(context: RunContext): CodeDesk {
  const { settings, world, reporter } = context;
  return makeCodeDesk(settings.session, world, reporter, waitingOf(context));
}

const WRITE_TRIES = 3;
const WRITE_PAUSE_MS = 200;

/** A dummy session for the dry run of the write. */
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
  const planned = await prepareExchange(profile, target.files, wish, context);
  const store = await world.store();
  await store.assertWritable(settings.files.credentials);

  const attempt = await attemptOf(planned, context);
  const prompt = requestOf(planned)?.prompt;
  const renewal: Renewal = { target, wish, prompt, attempt, exchange: undefined, waits: {} };
  context.renewals.push(renewal);
  try {
    await enterExchange(renewal, context);
    const files = await readAwsFiles(settings.files, world);
    const fresh = findProfile(files, profile.name);
    const found = { profile: fresh, sessionName, files };
    const written = await exchangeAndWrite(found, wish, context);
    context.renewed.add(sessionName);
    endWaits(renewal, store, context);
    forgetFailure(renewal, store, context);
    const wasThere = readSection(files.credentials, sessionName) !== undefined;
    const isFirst = !wasThere && !written.unstored;
    return { ...written, profile: fresh, sessionName, isFirst, action: 'refreshed' };
  } catch (error) {
    if (!(error instanceof Overtaken)) shareFailure(error, renewal, store, context);
    if (!(error instanceof Overtaken) || error.renewal !== renewal) throw error;
    return { profile, sessionName, session: error.session, action: 'reused' };
  } finally {
    context.renewals.pop();
    if (context.renewals.length === 0) context.since = world.now();
    await renewal.exchange?.release();
    await renewal.waits.question?.release();
    await renewal.waits.command?.release();
  }
}

async function exchangeAndWrite(
  { profile, sessionName, files }: Target,
  wish: Wish,
  context: RunContext,
): Promise<Pick<Outcome, 'session' | 'unstored' | 'isDirect'>> {
  const { settings, world, reporter } = context;
  const path = settings.files.credentials;
  await warnOfFiles({ profile, sessionName, files }, context);
  const exchange = await prepareExchange(profile, files, wish, context);
  const copied = copiedSettings(files, profile, sessionName);
  // Dry run: fail before the code is used.
  const { serialNumber } = settings.session;
  const source = originOf(files, profile, serialNumber);
  const origin = source && formatOrigin(source, exchange.device);
  const rehearsed = putSession(files.credentials, sessionName, REHEARSED, copied, origin);
  warnOfLostHeader(files.credentials, rehearsed, sessionName, reporter);
  const store = await world.store();
  const locking = lockWaiting(world, reporter);
  // Fail on a lock that is never given back before the code is asked for, not after it is used.
  await store.assertLockable(path, locking);
  const session = await performExchange(exchange, wish, context);
  const write = (): Promise<unknown> =>
    store.withLockedUpdate(
      path,
      (bytes) => {
        const document = parseDocument(bytes, path);
        // A key that was put there while the code was typed is kept, too.
        refuseLongTermKey(document, sessionName);
        const edited = putSession(document, sessionName, session, copied, origin);
        context.ownWork = document.text === files.credentials.text ? edited : undefined;
        return edited;
      },
      locking,
    );
  return {
    session,
    unstored: await writeInTheEnd(write, context),
    isDirect: exchange.kind === 'role' && isDirect(exchange),
  };
}

/** Warns of what is odd about the files that a session is got by and written to. */
async function warnOfFiles(
  { profile, sessionName, files }: Target,
  context: RunContext,
): Promise<void> {
  const { settings, world, reporter } = context;
  const { credentials, config } = files;
  warnOfAccess(settings.files.credentials, world, reporter);
  const codePage = await codePageOf([credentials, config], world);
  if (!isOwnWork(credentials, context)) {
    warnOfRefusal(credentials, { reporter, codePage }, sessionName);
  }
  warnOfSession(credentials, profile.name, sessionName, reporter);
  warnOfRefusal(config, { reporter, codePage });
}

/**
 * Whether the file is as this run left it, after it had looked through what was there before. To look
 * through it again for each of many profiles would take time by their square.
 */
function isOwnWork({ text }: Document, { ownWork }: RunContext): boolean {
  return ownWork !== undefined && Buffer.compare(encodeText(text), ownWork) === 0;
}

/**
 * A code was spent, and the write has been tried before: what refuses it now is given a moment to
 * pass.
 */
async function writeInTheEnd(
  write: () => Promise<unknown>,
  { world, reporter }: RunContext,
): Promise<Problem | undefined> {
  for (let tries = 1; ; tries++) {
    const unstored = await write().then(() => undefined, whyUnstored);
    const isRefused = unstored?.kind === 'unwritable-file' || unstored?.kind === 'unreadable-file';
    if (!isRefused || tries === WRITE_TRIES) return unstored;
    reporter.debug(`write refused (${unstored.code}), tried again`);
    await world.sleep(WRITE_PAUSE_MS);
  }
}
