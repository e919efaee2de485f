/** Looks a session up in the files, and plans what is to be done for it. */
import { Failure } from '../problems/problem.ts';
import { similarNames } from '../output/similar-names.ts';
import { findKeyLine } from '../profiles/key-lines.ts';
import {
  listSources,
  namesOfKeyHolders,
  readProfile,
  resolveSource,
} from '../profiles/profiles.ts';
import { isAdoptable } from '../profiles/aws-mfa.ts';
import { looksLike } from '../profiles/lookalikes.ts';
import { canWriteName } from '../document/index.ts';
import { refuseLongTermKey } from '../profiles/session-section.ts';
import type { Wish, RunContext, Target } from './context.ts';
import { DEFAULT_MIN_TTL_SECONDS } from './options.ts';
import { planProfile } from './plan.ts';
import type { Plan } from './plan.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { readAwsFiles } from './aws-files.ts';
import { words } from './words.ts';

/** The profile that a name means and the session it is kept in. @throws Failure no-such-profile */
export function findProfile(files: AwsFiles, name: string): Profile {
  const source = resolveSource(files, name);
  const profile = readProfile(files, source);
  if (!profile) throw noSuchProfile(files, source);
  return profile;
}

const MOST_SIMILAR = 3;

/** The names that may have been meant: those that look the same come first. */
export function namesMeantBy(name: string, names: readonly string[]): string[] {
  const alike = names.filter((other) => looksLike(name, other));
  return [...new Set([...alike, ...similarNames(name, names)])].slice(0, MOST_SIMILAR);
}

/** The failure for a name that neither file has. */
export function noSuchProfile(files: AwsFiles, source: string): Failure {
  const known = listSources(files);
  const names = known.flatMap(({ name, sessionName }) => [name, sessionName]);
  return new Failure({
    kind: 'no-such-profile',
    profile: source,
    credentialsFile: files.credentials.path,
    configFile: files.config.path,
    similar: namesMeantBy(source, names),
    sources: namesOfKeyHolders(known),
    isAdoptable: isAdoptable(files.credentials, source),
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
  const plan = planProfile(files, findProfile(files, wish.name), sessionName, {
    now: context.world.now(),
    minTtlSeconds: isRenewed ? 0 : wanted,
    force: wish.force && !isRenewed,
    serialNumber: context.settings.session.serialNumber,
  });
  if (plan.kind === 'refuse') refuseLongTermKey(files.credentials, sessionName);
  return plan;
}

/** What the files say of a session, and what is to be done for it. @throws Failure */
export async function lookUp(
  wish: Wish,
  context: RunContext,
): Promise<{ target: Target; plan: Plan }> {
  const { settings, world } = context;
  const files = await readAwsFiles(settings.files, world);
  const profile = findProfile(files, wish.name);
  // --session-profile names the session that was asked for, not the ones on the way to it.
  const sessions = [...wish.path, wish.name].map((name, index) => {
    const named = index === 0 ? settings.session.sessionProfile : undefined;
    return named ?? findProfile(files, name).sessionName;
  });
  const sessionName = sessions.at(-1)!;
  const sharing = wish.path[sessions.indexOf(sessionName)];
  checkSessionName(sessionName, profile, files, sharing);
  const plan = planFor(files, sessionName, wish, context);
  return { target: { profile, sessionName, files }, plan };
}

/**
 * @param sharing a role on the way here whose session has the same name: it would wait for itself
 * @throws Failure bad-session-name
 */
function checkSessionName(
  sessionName: string,
  { name }: Profile,
  files: AwsFiles,
  sharing: string | undefined,
): void {
  const verdict = canWriteName(sessionName);
  const taken = sharing !== undefined && words.sharedWithRole(sharing);
  const reason = verdict.ok
    ? (sessionName === name && words.sameAsSource) || taken
    : verdict.reason;
  if (!reason) return;
  const at = findKeyLine(files, name, 'session_profile', sessionName);
  throw new Failure({ kind: 'bad-session-name', session: sessionName, reason, ...(at && { at }) });
}
