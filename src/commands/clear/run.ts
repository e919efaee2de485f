/** `clear`: removes sessions from the credentials file, and nothing else. */
import { readAwsFiles } from '../../session/aws-files.ts';
import { parseDocument, readSection } from '../../document/index.ts';
import type { Document } from '../../document/index.ts';
import { isReportable } from '../../problems/problem.ts';
import { readKeys } from '../../credentials/keys.ts';
import { viewSession } from '../../credentials/session-state.ts';
import { readProfile, resolveSource } from '../../profiles/profiles.ts';
import type { AwsFiles } from '../../profiles/profiles.ts';
import { sourceOfSessionName } from '../../profiles/names.ts';
import { MANAGER } from '../../profiles/session-keys.ts';
import { refuseLongTermKey, removeSession } from '../../profiles/session-section.ts';
import { findPlace } from '../../profiles/sessions.ts';
import { updateFile } from '../../session/update-file.ts';
import { makeReporter } from '../../output/reporter.ts';
import type { Reporter } from '../../output/reporter.ts';
import type { Clock, Machine, World } from '../../world.ts';
import { namesOrDefault, usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Own } from './command.ts';
import { similarNames } from '../../output/similar-names.ts';
import { words } from './words.ts';

export async function run(settings: Settings<Own>, world: World): Promise<number> {
  const reporter = makeReporter(settings, world);
  const files = await readAwsFiles(settings.files, world);
  hideWhatIsHeld(files.credentials);
  let exitCode = 0;
  const sessions = chooseSessions(settings, files, world);
  // Only to a person: a script that clears every evening needs no such line.
  if (sessions.length === 0 && world.stderr.isTerminal) {
    const { credentials } = settings.files;
    reporter.say(
      settings.own.has('all') ? words.noneOfOurs(credentials) : words.noneExpired(credentials),
    );
  }
  for (const session of sessions) {
    try {
      await clearOne(session, settings, world, reporter);
    } catch (error) {
      if (!isReportable(error)) throw error;
      const explanation = await reporter.problem(error.problem);
      exitCode ||= explanation.exitCode;
    }
  }
  return exitCode;
}

/** A section's name may repeat a secret: reading it makes it known as one. */
function hideWhatIsHeld(credentials: Document): void {
  for (const { name } of credentials.sections) {
    readKeys(readSection(credentials, name) ?? new Map<string, string>());
  }
}

/** The sections to clear. A session whose source no longer exists can still be named. */
function chooseSessions(
  settings: Settings<Own>,
  files: AwsFiles,
  world: Machine & Clock,
): string[] {
  const { own, names, session } = settings;
  const byState = own.has('all') || own.has('expired');
  if (byState && names.length > 0) throw usage(words.takeNoNames);
  if (!byState) {
    return namesOrDefault(settings, world.env).map(
      (name) =>
        findPlace(files, name, session.sessionProfile)?.sessionProfile ??
        session.sessionProfile ??
        sessionOfGoneSource(files, name),
    );
  }
  const ours = files.credentials.sections
    .map(({ name }) => name)
    .filter((name) => isManaged(files.credentials, name));
  const chosen = own.has('all')
    ? ours
    : ours.filter(
        (name) =>
          viewSession(readSection(files.credentials, name), world.now(), 0).state === 'expired',
      );
  return [...new Set(chosen)];
}

function sessionOfGoneSource(files: AwsFiles, name: string): string {
  const source = resolveSource(files, name);
  return readProfile(files, source)?.sessionName ?? `${source}_token`;
}

function isManaged(credentials: Document, name: string): boolean {
  return readSection(credentials, name)?.get('manager') === MANAGER;
}

/** Compared without the suffix, which makes short names alike. */
function similarSessions(session: string, credentials: Document): string[] {
  const bySource = new Map<string, string>();
  for (const { name } of credentials.sections) {
    const source = sourceOfSessionName(name);
    if (source !== undefined) bySource.set(source, name);
  }
  const source = sourceOfSessionName(session) ?? session;
  return similarNames(source, [...bySource.keys()]).map((name) => bySource.get(name)!);
}

async function clearOne(
  session: string,
  settings: Settings<Own>,
  world: World,
  reporter: Reporter,
): Promise<void> {
  const path = settings.files.credentials;
  const bytes = world.readFile(path);
  if (!bytes || readSection(parseDocument(bytes, path), session) === undefined) {
    reporter.say(words.notThere(session, path));
    const similar = bytes ? similarSessions(session, parseDocument(bytes, path)) : [];
    if (similar.length > 0) reporter.say(words.didYouMean(similar));
    return;
  }
  const edit = (document: Document): Uint8Array | undefined => {
    refuseLongTermKey(document, session);
    return removeSession(document, session);
  };
  const changed = await updateFile(path, edit, world, reporter);
  reporter.say(changed ? words.removed(session, path) : words.noSession(session, path));
}
