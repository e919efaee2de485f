/**
 * The short way: a session that is good, found in two plain files by a plain command line. That is
 * what a hook, a prompt or an SDK asks thousands of times; whatever is not as usual is left to the
 * whole program. Where this file answers, it answers as that would (tests/quick/answer.test.ts).
 */
import type { ParsedLine } from '../cli/line.ts';
import { credentialProcessJson } from '../credentials/json.ts';
import { enterSession } from '../credentials/environment.ts';
import { ORIGIN_KEY } from '../credentials/origin.ts';
import { holdsSession } from '../credentials/keys.ts';
import type { Session } from '../credentials/keys.ts';
import { SESSION_SUFFIX, defaultProfile, sourceOfSessionName } from '../profiles/names.ts';
import { accountOf, homeOf } from '../profiles/account.ts';
import { awsFilePath } from '../profiles/paths.ts';
import { findPlainSections, isPlainFile } from './plain-section.ts';
import type { PlainSection } from './plain-section.ts';
import { viewSession } from '../credentials/session-state.ts';
import { parseMinTtl } from '../session/options.ts';
import { sayOutcome } from '../session/outcome-words.ts';
import { SHELL_FORMATS } from '../shells/names.ts';
import { renderChange } from '../shells/formats.ts';
import { formatOfCaller } from '../shells/caller.ts';
import type { Values } from '../document/values.ts';
import type { NearWorld } from '../world.ts';
import type { Answer, PlainFiles } from './found.ts';
import type { Text } from '../problems/text.ts';

/** Found in the files. */
interface Good {
  readonly name: string;
  readonly sessionName: string;
  readonly session: Session;
  /** The credentials file's section of the source. */
  readonly source: PlainSection;
}

/** These neither change what is read here nor what is said of it, or are heeded below. */
const KNOWN_OPTIONS = new Set([
  ...['profile', 'credentials-file', 'config-file', 'quiet', 'no-color'],
  ...['no-prompt', 'if-expired', 'min-ttl', 'format', 'check'],
]);

/** A name that every reader takes for the same, and whose session has the usual name. */
const USUAL_NAME = /^(?!.*_token$)[A-Za-z0-9_./%@-]+$/;

const OWN_NAMES = /session_profile/i;

/** Headers of one profile that may be spelt in several ways, as in profiles/profiles.ts. */
const ODD_HEADERS = /["'\\]|profile(?:\t| [ \t])/;

/** @returns undefined where only the whole program can answer */
export async function answerAtOnce(line: ParsedLine, near: NearWorld): Promise<Answer | undefined> {
  const { command, options } = line;
  const answer = ANSWERS[command];
  if (!answer || line.rest) return undefined;
  const isList = command === 'status' && line.names.length === 0 && !options.has('profile');
  for (const option of options.keys()) {
    if (!KNOWN_OPTIONS.has(option) && !(isList && option === 'json')) return undefined;
  }
  if (command === 'status' && !isList && !options.has('check')) return undefined;
  const names = namesOf(line, near);
  const minTtlSeconds = parseMinTtl(options.get('min-ttl') as string | undefined);
  if (!names?.every((name) => USUAL_NAME.test(name)) || minTtlSeconds === undefined) {
    return undefined;
  }
  const files = readPlainFiles(line, near);
  if (!files) return undefined;
  if (isList) {
    // One of the sessions may be this shell's own, which the list then says.
    if (near.env['AWS_ACCESS_KEY_ID'] || near.env['MFA_PROFILE_SERIAL_NUMBER']) return undefined;
    const { listAtOnce } = await import('./list.ts');
    return listAtOnce(files, line, near, minTtlSeconds);
  }
  const serialNumber = near.env['MFA_PROFILE_SERIAL_NUMBER'] || undefined;
  const found: Good[] = [];
  for (const name of names) {
    const good = findGoodSession(name, files, near.now(), minTtlSeconds, serialNumber);
    if (!good) return undefined;
    found.push(good);
  }
  return answer(found, files, line, near);
}

const ANSWERS: Readonly<
  Record<
    string,
    (found: Good[], files: PlainFiles, line: ParsedLine, near: NearWorld) => Answer | undefined
  >
> = {
  refresh: (found, _files, { options }, near) => {
    const say = (good: Good): Text => sayOutcome({ ...good, action: 'reused' }, near.now());
    return { product: '', said: options.has('quiet') ? [] : found.map(say) };
  },
  'credential-process': ([good], files) => {
    const settings = settingsOf(good!, files);
    if (!settings) return undefined;
    return { product: credentialProcessJson(good!.session, accountOf(settings)), said: [] };
  },
  status: () => ({ product: '', said: [] }),
  env: ([good], files, { options }, near) => {
    const settings = settingsOf(good!, files);
    const callers = options.has('format') ? [] : near.callers();
    if (!settings || settings.has('role_arn') || !callers) return undefined;
    const wanted = options.get('format') ?? formatOfCaller(callers, near.platform, near.env);
    // Both JSON forms, and what a shell cannot quote, are told of by the whole program.
    const format = SHELL_FORMATS.find((each) => each === wanted);
    if (!format) return undefined;
    const change = enterSession(good!.session, homeOf(settings, near.env));
    return { product: renderChange(format, change), said: [] };
  },
};

/** A session's name means its source, which has to be there (findGoodSession). */
const sourceOf = (name: string): string => sourceOfSessionName(name) ?? name;

/** The sources that are meant; undefined where the line names them in two ways. */
function namesOf({ names, options }: ParsedLine, { env }: NearWorld): string[] | undefined {
  const profile = options.get('profile');
  if (profile === undefined) {
    const given = names.length > 0 ? [...new Set(names)] : [defaultProfile(env)];
    return given.map(sourceOf);
  }
  return names.length === 0 ? [sourceOf(profile as string)] : undefined;
}

function readPlainFiles({ options }: ParsedLine, near: NearWorld): PlainFiles | undefined {
  const { env, home } = near;
  const read = (option: string, fromEnv: string | undefined, file: string): Buffer | undefined => {
    const given = options.get(option) as string | undefined;
    const path = awsFilePath(file, given ?? fromEnv, home);
    if (!near.canBeReadAgain(path)) return undefined;
    const bytes = near.readFile(path);
    if (!bytes) return Buffer.alloc(0);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return isPlainFile(buffer) ? buffer : undefined;
  };
  const credentials = read('credentials-file', env['AWS_SHARED_CREDENTIALS_FILE'], 'credentials');
  const config = read('config-file', env['AWS_CONFIG_FILE'], 'config');
  // Where sessions have names of their own, any section may be the one that tells.
  if (!credentials || !config || OWN_NAMES.test(config.toString('latin1'))) return undefined;
  return { credentials, config };
}

function findGoodSession(
  name: string,
  files: PlainFiles,
  now: number,
  minTtlSeconds: number,
  serialNumber: string | undefined,
): Good | undefined {
  const sessionName = name + SESSION_SUFFIX;
  const sections = findPlainSections(files.credentials, name, [name, sessionName]);
  if (sections === 'odd') return undefined;
  const [source, values] = sections;
  if (!source && !isInConfig(name, files)) return undefined;
  // Of a source that holds a session itself, commands mean different things.
  if (!values || (source && holdsSession(source))) return undefined;
  const { state, session } = viewSession(values, now, minTtlSeconds);
  const good = state === 'valid' && session ? { name, sessionName, session, source } : undefined;
  const origin = values.get(ORIGIN_KEY);
  return good && (!origin || origin === plainOrigin(good, files, serialNumber)) ? good : undefined;
}

/** What a plain source's session is got for; profiles/origin.ts judges whatever differs from it. */
function plainOrigin(
  good: Good,
  files: PlainFiles,
  serialNumber: string | undefined,
): string | undefined {
  const settings = settingsOf(good, files);
  if (!settings || settings.has('role_arn')) return undefined;
  return `${good.source?.get('aws_access_key_id')} ${serialNumber ?? settings.get('mfa_serial')}`;
}

function isInConfig(name: string, files: PlainFiles): boolean {
  const sections = findInConfig(name, files);
  return sections !== 'odd' && sections[0] !== undefined;
}

function findInConfig(name: string, { config }: PlainFiles): readonly PlainSection[] | 'odd' {
  if (ODD_HEADERS.test(config.toString('latin1'))) return 'odd';
  if (name !== 'default') return findPlainSections(config, name, [`profile ${name}`]);
  return config.includes('profile default') ? 'odd' : findPlainSections(config, name, [name]);
}

/** The config file's settings over the credentials file's; undefined where they are not plain. */
function settingsOf({ name, source }: Good, files: PlainFiles): Values | undefined {
  const sections = findInConfig(name, files);
  return sections === 'odd' ? undefined : new Map([...(source ?? []), ...(sections[0] ?? [])]);
}
