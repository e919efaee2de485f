/**
 * Makes sure that a session is good: read → plan, and only where the plan says so, renewal.ts.
 * Most runs end with a good session, so that what only a renewal needs is not even loaded here.
 */
import { readAwsFiles } from './aws-files.ts';
import type { CodeDesk } from './codes.ts';
import { canWriteName, readSection, sectionsNamed } from '../document/index.ts';
import { Failure } from '../problems/problem.ts';
import { similarNames } from '../profiles/names.ts';
import { planSession } from '../credentials/session-state.ts';
import type { Session } from '../credentials/keys.ts';
import type { Plan } from '../credentials/session-state.ts';
import { listSources, readProfile, resolveSource } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { isLongTermKeyInTheWay, refuseLongTermKey } from '../profiles/session-section.ts';
import { DEFAULT_MIN_TTL_SECONDS } from './options.ts';
import type { SessionSettings } from './options.ts';
import type { Target } from './renewal.ts';
import type { Reporter } from '../output/reporter.ts';
import type { SuppliedKeysCache } from './source-keys.ts';
import type { World } from '../world.ts';

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
  /** Where codes come from, one for the whole run. */
  codes(): Promise<CodeDesk>;
  /** Names of the sessions that were renewed in this run. */
  readonly renewed: Set<string>;
  readonly supplied: SuppliedKeysCache;
  ensure(wish: Wish): Promise<Outcome>;
  /** Checks all that can be checked of a session without asking; of a good one, nothing. @throws Failure */
  check(wish: Wish): Promise<void>;
}

export function startSessions(
  settings: SessionSettings,
  world: World,
  reporter: Reporter,
): Sessions {
  let desk: Promise<CodeDesk> | undefined;
  const openDesk = async (): Promise<CodeDesk> => {
    const { makeCodeDesk } = await import('./renewal.ts');
    return makeCodeDesk(settings.session, world, reporter);
  };
  const context: RunContext = {
    settings,
    world,
    reporter,
    codes: () => (desk ??= openDesk()),
    renewed: new Set(),
    supplied: new Map(),
    ensure: (wish) => ensureSession(wish, context),
    check: (wish) => checkSession(wish, context),
  };
  return {
    ensure: (name) => context.ensure({ name, path: [], force: settings.session.force }),
    close: () => {
      void desk?.then((opened) => opened.close());
    },
  };
}

/** The profile behind a name and the session it is kept in. @throws Failure no-such-profile */
export function findProfile(files: AwsFiles, name: string): Profile {
  const source = resolveSource(files, name);
  const profile = readProfile(files, source);
  if (!profile) throw noSuchProfile(files, source);
  return profile;
}

/** The failure for a name that neither file has. */
export function noSuchProfile(files: AwsFiles, source: string): Failure {
  return new Failure({
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
export function planFor(
  files: AwsFiles,
  sessionName: string,
  wish: Wish,
  context: RunContext,
  isRenewed = context.renewed.has(sessionName),
): Plan {
  // --min-ttl is about the session that was asked for; its source's has only to last for the call.
  const { minTtlSeconds } = context.settings.session;
  const wanted = wish.path.length === 0 ? minTtlSeconds : DEFAULT_MIN_TTL_SECONDS;
  const plan = planSession({
    values: readSection(files.credentials, sessionName),
    longTermKeyInTheWay: isLongTermKeyInTheWay(files.credentials, sessionName),
    sections: sectionsNamed(files.credentials, sessionName).length,
    now: context.world.now(),
    minTtlSeconds: isRenewed ? 0 : wanted,
    force: wish.force && !isRenewed,
  });
  if (plan.kind === 'refuse') refuseLongTermKey(files.credentials, sessionName);
  return plan;
}

async function ensureSession(wish: Wish, context: RunContext): Promise<Outcome> {
  const { target, plan } = await lookUp(wish, context);
  const { profile, sessionName } = target;
  context.reporter.debug(
    `${profile.name}: [${sessionName}] in ${context.settings.files.credentials}: ${plan.kind}` +
      (plan.kind === 'exchange' ? ` (${plan.because})` : ''),
  );
  if (plan.kind === 'reuse') {
    return { profile, sessionName, session: plan.session, action: 'reused' };
  }
  const { renewSession } = await import('./renewal.ts');
  return renewSession(target, wish, context);
}

async function checkSession(wish: Wish, context: RunContext): Promise<void> {
  const { target, plan } = await lookUp(wish, context);
  if (plan.kind === 'exchange') {
    const { checkRenewal } = await import('./renewal.ts');
    await checkRenewal(target, wish, context);
  }
}

/** What the files say of a session, and what is to be done for it. @throws Failure */
async function lookUp(wish: Wish, context: RunContext): Promise<{ target: Target; plan: Plan }> {
  const { settings, world } = context;
  const files = await readAwsFiles(settings.files, world);
  const profile = findProfile(files, wish.name);
  // --session-profile names the session that was asked for, not the ones on the way to it.
  const override = wish.path.length === 0 ? settings.session.sessionProfile : undefined;
  const sessionName = override ?? profile.sessionName;
  checkSessionName(sessionName, profile);
  const plan = planFor(files, sessionName, wish, context);
  return { target: { profile, sessionName, files }, plan };
}

function checkSessionName(sessionName: string, profile: Profile): void {
  const verdict = canWriteName(sessionName);
  const reason = verdict.ok
    ? sessionName === profile.name && 'it is the name of the source profile itself'
    : verdict.reason;
  if (reason) throw new Failure({ kind: 'bad-session-name', session: sessionName, reason });
}
