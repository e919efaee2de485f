/**
 * The short way: a session that is valid, found by a plain command line. That is what a hook, a
 * prompt or an SDK asks thousands of times. Files are read and sessions judged as in the whole
 * program; whatever needs more than a look (a code, a warning, a wait) is left to that.
 */
import type { ParsedLine } from '../cli/line.ts';
import { givenFiles } from '../cli/paths.ts';
import { command as credentialProcess } from '../commands/credential-process/command.ts';
import { command as env } from '../commands/env/command.ts';
import { command as refresh } from '../commands/refresh/command.ts';
import { command as status } from '../commands/status/command.ts';
import { credentialProcessJson } from '../credentials/json.ts';
import { enterSession } from '../credentials/environment.ts';
import type { Session } from '../credentials/keys.ts';
import { canWriteName, looksCut, parseDocument } from '../document/index.ts';
import type { Document } from '../document/index.ts';
import { accountOf, homeOf } from '../profiles/account.ts';
import { defaultProfile } from '../profiles/names.ts';
import { readProfile, resolveSource } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { describeSession, findPlace } from '../profiles/sessions.ts';
import type { Viewpoint } from '../profiles/sessions.ts';
import { parseMinTtl } from '../session/options.ts';
import { sayOutcome } from '../session/outcome-words.ts';
import { planProfile } from '../session/plan.ts';
import { SHELL_FORMATS } from '../shells/names.ts';
import { renderChange } from '../shells/formats.ts';
import { formatOfCaller } from '../shells/caller.ts';
import type { NearWorld } from '../world.ts';
import type { Answer, Question } from './found.ts';
import { listAtOnce } from './list.ts';

/** The commands that may be answered. */
export const QUICK_COMMANDS = [refresh, status, env, credentialProcess] as const;

/** These neither change what is read nor what is said of it, or are dealt with below. */
const KNOWN_OPTIONS = new Set([
  ...['profile', 'credentials-file', 'config-file', 'quiet', 'no-color'],
  ...['no-prompt', 'prompt', 'if-expired', 'min-ttl', 'format', 'check'],
]);

/** @returns undefined if only the whole program can answer */
export async function answerAtOnce(line: ParsedLine, near: NearWorld): Promise<Answer | undefined> {
  const { command, options } = line;
  const answer = ANSWERS[command];
  const { env } = near;
  // They stand for options that are not handled here.
  if (env['MFA_PROFILE_SERIAL_NUMBER'] || env['MFA_PROFILE_DURATION']) return undefined;
  if (!answer || line.rest) return undefined;
  // The two may contradict each other.
  if (options.has('prompt') && options.has('no-prompt')) return undefined;
  const isList = command === 'status' && line.names.length === 0 && !options.has('profile');
  for (const option of options.keys()) {
    if (!KNOWN_OPTIONS.has(option) && !(isList && option === 'json')) return undefined;
  }
  if (command === 'status' && !isList && !options.has('check')) return undefined;
  const names = namesOf(line, near);
  const minTtlSeconds = parseMinTtl(options.get('min-ttl') as string | undefined);
  if (!names || minTtlSeconds === undefined) return undefined;
  const files = readFiles(line, near);
  if (!files) return undefined;
  const heldKeyId = env['AWS_ACCESS_KEY_ID'] || undefined;
  const view = { now: near.now(), minTtlSeconds, heldKeyId };
  const question = { line, near, files, view };
  if (!isList) return answer(names, question);
  return listAtOnce(question);
}

/** A session that is valid as it is. */
interface Found {
  readonly profile: Profile;
  readonly sessionName: string;
  readonly session: Session;
}

const ANSWERS: Readonly<
  Record<string, (names: readonly string[], question: Question) => Answer | undefined>
> = {
  refresh: (names, question) => {
    const found = findSessions(names, question);
    const { options } = question.line;
    const said = found?.map((each) => sayOutcome({ ...each, action: 'reused' }, question.view.now));
    return said && { product: '', said: options.has('quiet') ? [] : said };
  },
  'credential-process': (names, question) => {
    const [found] = findSessions(names, question) ?? [];
    if (!found) return undefined;
    const { session, profile } = found;
    return { product: credentialProcessJson(session, accountOf(profile.settings)), said: [] };
  },
  status: (names, { files, view }) => {
    const isValid = (name: string): boolean => {
      const place = findPlace(files, name);
      return place !== undefined && describeSession(files, place, view).state === 'valid';
    };
    return names.every(isValid) ? { product: '', said: [] } : undefined;
  },
  env: (names, question) => {
    const { line, near } = question;
    const callers = line.options.has('format') ? [] : near.callers();
    // At a terminal more is said than the assignments.
    if (!callers || near.stdout.isTerminal) return undefined;
    const wanted = line.options.get('format') ?? formatOfCaller(callers, near.platform, near.env);
    // Both JSON forms, and what a shell cannot quote, are left to the whole program.
    const format = SHELL_FORMATS.find((each) => each === wanted);
    const [found] = (format && findSessions(names, question)) ?? [];
    if (!format || !found) return undefined;
    const change = enterSession(found.session, homeOf(found.profile.settings, near.env));
    return { product: renderChange(format, change), said: [] };
  },
};

/** The names that are meant; undefined if the line gives them in two ways. */
function namesOf(
  { names, options }: ParsedLine,
  { env }: NearWorld,
): readonly string[] | undefined {
  const profile = options.get('profile');
  if (profile === undefined) return names.length > 0 ? [...new Set(names)] : [defaultProfile(env)];
  return names.length === 0 ? [profile as string] : undefined;
}

/**
 * Undefined for a file that may be cut off for the moment, or that can be read only once.
 * @throws Failure unreadable-file, unparsable-file
 */
function readFiles({ options }: ParsedLine, near: NearWorld): AwsFiles | undefined {
  const read = (path: string): Document | undefined => {
    const bytes = near.readFile(path);
    if (bytes ? looksCut(bytes) : !near.canBeReadAgain(path)) return undefined;
    return parseDocument(bytes ?? new Uint8Array(0), path);
  };
  const paths = givenFiles(options, near);
  const credentials = read(paths.credentials);
  const config = credentials && read(paths.config);
  return config && { credentials, config };
}

/** The sessions of these names; undefined if one of them is not valid as it is. */
function findSessions(names: readonly string[], { files, view }: Question): Found[] | undefined {
  const found: Found[] = [];
  for (const name of names) {
    const session = findSession(name, files, view);
    if (!session) return undefined;
    found.push(session);
  }
  return found;
}

function findSession(
  name: string,
  files: AwsFiles,
  { now, minTtlSeconds }: Viewpoint,
): Found | undefined {
  const profile = readProfile(files, resolveSource(files, name));
  if (!profile) return undefined;
  const { sessionName } = profile;
  if (sessionName === profile.name || !canWriteName(sessionName).ok) return undefined;
  const demand = { now, minTtlSeconds, serialNumber: undefined, force: false };
  const plan = planProfile(files, profile, sessionName, demand);
  return plan.kind === 'reuse' ? { profile, sessionName, session: plan.session } : undefined;
}
