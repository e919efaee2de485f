/**
 * Makes sure that a session is good: read → plan → gate → plan again → ask → exchange → write.
 * Any number of processes that want one session lead to one question and one exchange.
 */
import { readAwsFiles } from './aws-files.ts';
import { makeCodeDesk } from './codes.ts';
import type { CodeDesk } from './codes.ts';
import { canWriteName, parseDocument, readSection, sectionsNamed } from './core/document.ts';
import { Failure } from './core/errors.ts';
import { similarNames } from './core/names.ts';
import { planSession } from './core/plan.ts';
import type { Session } from './core/keys.ts';
import type { Plan } from './core/plan.ts';
import { listSources, readProfile, resolveSource } from './core/profiles.ts';
import type { AwsFiles, Profile } from './core/profiles.ts';
import { isLongTermKeyInTheWay, putSession, refuseLongTermKey } from './core/session-section.ts';
import type { SessionSettings } from './core/session-options.ts';
import { warnOfAccess, warnOfContents } from './file-warnings.ts';
import { performExchange, prepareExchange } from './exchange.ts';
import type { Reporter } from './reporter.ts';
import type { HeldLock, World } from './world.ts';

export interface Outcome {
  readonly profile: Profile;
  readonly sessionName: string;
  readonly session: Session;
  readonly action: 'reused' | 'refreshed';
}

/** The sessions of one run of the program: what one exchange learns of a device, the next knows. */
export interface Sessions {
  /** @throws Failure */
  ensure(name: string): Promise<Outcome>;
  close(): void;
}

// The contract: with nobody to ask here, a wait for another's answer ends after 30 seconds.
const UNATTENDED_WAIT_MS = 30_000;
const GATE_PAUSE_MS = 100;

/** One session to be made sure of, and the names on the way to it from the one that was asked for. */
export interface Wish {
  readonly name: string;
  readonly path: readonly string[];
  readonly force: boolean;
  /** The device of a role that leans on this profile, for a profile that names none itself. */
  readonly borrowedSerial?: string | undefined;
}

export interface RunContext {
  readonly settings: SessionSettings;
  readonly world: World;
  readonly reporter: Reporter;
  readonly codes: CodeDesk;
  /** Names of the sessions that were renewed in this run. */
  readonly renewed: Set<string>;
  ensure(wish: Wish): Promise<Outcome>;
}

export function startSessions(
  settings: SessionSettings,
  world: World,
  reporter: Reporter,
): Sessions {
  const codes = makeCodeDesk(settings.session, world, reporter);
  const context: RunContext = {
    settings,
    world,
    reporter,
    codes,
    renewed: new Set(),
    ensure: (wish) => ensureSession(wish, context),
  };
  return {
    ensure: (name) => context.ensure({ name, path: [], force: settings.session.force }),
    close: () => {
      codes.close();
    },
  };
}

/** The profile behind a name and the session it is kept in. @throws Failure no-such-profile */
export function findProfile(files: AwsFiles, name: string): Profile {
  const source = resolveSource(files, name);
  const profile = readProfile(files, source);
  if (profile) return profile;
  throw new Failure({
    kind: 'no-such-profile',
    profile: source,
    credentialsFile: files.credentials.path,
    configFile: files.config.path,
    similar: similarNames(
      source,
      listSources(files).map((known) => known.name),
    ),
  });
}

/**
 * What is to be done for a session by what the files say now. One that was renewed a moment ago is
 * as new as AWS gives them: neither --force nor a long --min-ttl asks for a newer one.
 * @throws Failure long-term-key-in-the-way
 */
function planFor(
  files: AwsFiles,
  sessionName: string,
  wish: Wish,
  context: RunContext,
  isRenewed = context.renewed.has(sessionName),
): Plan {
  const plan = planSession({
    values: readSection(files.credentials, sessionName),
    longTermKeyInTheWay: isLongTermKeyInTheWay(files.credentials, sessionName),
    sections: sectionsNamed(files.credentials, sessionName).length,
    now: context.world.now(),
    minTtlSeconds: isRenewed ? 0 : context.settings.session.minTtlSeconds,
    force: wish.force && !isRenewed,
  });
  if (plan.kind === 'refuse') refuseLongTermKey(files.credentials, sessionName);
  return plan;
}

async function ensureSession(wish: Wish, context: RunContext): Promise<Outcome> {
  const { settings, world, reporter } = context;
  const files = await readAwsFiles(settings.files, world);
  const profile = findProfile(files, wish.name);
  if (wish.path.includes(profile.name)) {
    throw new Failure({ kind: 'role-loop', profiles: [...wish.path, profile.name] });
  }
  // --session-profile names the session that was asked for, not the ones on the way to it.
  const override = wish.path.length === 0 ? settings.session.sessionProfile : undefined;
  const sessionName = override ?? profile.sessionName;
  checkSessionName(sessionName, profile);
  const plan = planFor(files, sessionName, wish, context);
  reporter.debug(
    `${profile.name}: [${sessionName}] in ${settings.files.credentials}: ${plan.kind}` +
      (plan.kind === 'exchange' ? ` (${plan.because})` : ''),
  );
  if (plan.kind === 'reuse') {
    return { profile, sessionName, session: plan.session, action: 'reused' };
  }
  return renewSession({ profile, sessionName, files }, wish, context);
}

function checkSessionName(sessionName: string, profile: Profile): void {
  const verdict = canWriteName(sessionName);
  const reason = verdict.ok
    ? sessionName === profile.name && 'it is the name of the source profile itself'
    : verdict.reason;
  if (reason) throw new Failure({ kind: 'bad-session-name', session: sessionName, reason });
}

interface Target {
  readonly profile: Profile;
  readonly sessionName: string;
  readonly files: AwsFiles;
}

async function renewSession(target: Target, wish: Wish, context: RunContext): Promise<Outcome> {
  const { settings, world } = context;
  const { profile, sessionName } = target;
  // Everything that can be checked is, before anybody is asked for anything.
  await prepareExchange(profile, target.files, wish, context);
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
    warnOfAccess(settings.files.credentials, world, context.reporter);
    warnOfContents(files.credentials, fresh.name, sessionName, context.reporter);
    const exchange = await prepareExchange(fresh, files, wish, context);
    const session = await performExchange(exchange, context);
    await store.withLockedUpdate(
      settings.files.credentials,
      (bytes) => writeSession(bytes, sessionName, session, fresh, context),
      {
        signal: world.interrupt,
        onWait: (lock) => {
          context.reporter.say(`waiting for ${lock}, which another program holds`);
        },
      },
    );
    context.renewed.add(sessionName);
    return { profile: fresh, sessionName, session, action: 'refreshed' };
  } finally {
    await entered.gate.release();
  }
}

function isRenewedSince(before: AwsFiles, now: AwsFiles, sessionName: string): boolean {
  const [old, current] = [before, now].map((files) =>
    readSection(files.credentials, sessionName)?.get('aws_access_key_id'),
  );
  return current !== old;
}

/** The edit, made on what the file holds at the moment of writing. */
function writeSession(
  bytes: Uint8Array,
  sessionName: string,
  session: Session,
  profile: Profile,
  context: RunContext,
): Uint8Array {
  const document = parseDocument(bytes, context.settings.files.credentials);
  // A key that came there while the code was typed stands, too.
  refuseLongTermKey(document, sessionName);
  return putSession(document, sessionName, session, profile.settings);
}

/** Waits until this process may ask, or until another's question has led to a good session. */
async function enterGate(
  { sessionName, files: before }: Target,
  wish: Wish,
  context: RunContext,
): Promise<{ gate: HeldLock } | { session: Session }> {
  const { settings, world, reporter, codes } = context;
  const store = await world.store();
  const started = world.now();
  for (let round = 0; ; round++) {
    const gate = await store.tryGate(settings.files.credentials, sessionName);
    if (gate) return { gate };
    if (round === 0) {
      reporter.say(`another mfa-profile is getting ${sessionName}: waiting for it`);
    }
    const waited = world.now() - started;
    if (waited > UNATTENDED_WAIT_MS && !(await codes.hasPerson())) {
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
