/**
 * From the user's text to checked values: every mistake on the command line is found here, exit 2.
 */
import { isHttpUrl } from '../aws/connection.ts';
import type { ConnectionOptions } from '../aws/connection.ts';
import { canWriteName } from '../document/index.ts';
import {
  LONGEST_SESSION_SECONDS,
  SHORTEST_SESSION_SECONDS,
  parseDuration,
} from '../aws/duration.ts';
import { Failure, isFailure } from '../problems/problem.ts';
import { isRegion } from '../aws/partition.ts';
import { defaultProfile } from '../profiles/names.ts';
import type { PathHost } from '../profiles/paths.ts';
import { Secret } from '../credentials/secret.ts';
import { judgeSerial } from '../aws/mfa-device.ts';
import { parseMinTtl } from '../session/options.ts';
import { readTokenCode } from '../aws/mfa-device.ts';
import type { FilePaths, PromptWay, SessionOptions, SessionSettings } from '../session/options.ts';
import type { Environment } from '../aws/environment.ts';
import type { GlobalOption, OptionSpec, SessionOption } from './options.ts';
import type { ParsedLine } from './line.ts';
import { givenFiles } from './paths.ts';
import type { Said } from '../problems/text.ts';
import { words } from './mistakes.ts';

/** Options by name, of which only the names that a command declares can be asked for. */
export interface OwnOptions<in Name extends string> {
  has(name: Name): boolean;
  /** The text, or true for a flag. */
  get(name: Name): string | true | undefined;
}

/** @typeParam Own the names of the command's own options */
export interface Settings<Own extends string = never> extends SessionSettings {
  readonly command: string;
  /** Names as given, with `--profile`; empty if none was given. */
  readonly names: readonly string[];
  /** The word of a fixed list that the command was given, such as a shell. */
  readonly choice: string | undefined;
  readonly rest: readonly string[] | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
  /** False with --no-color. */
  readonly mayColor: boolean;
  /** The options that were given, by the names that this command has. */
  readonly own: OwnOptions<Own | GlobalOption | SessionOption>;
  /** All of them as they were given: the text, or true for a flag. */
  readonly given: ReadonlyMap<string, string | true>;
}

export function usage(message: Said, hint?: Said): Failure {
  return new Failure(
    hint === undefined ? { kind: 'usage', message } : { kind: 'usage', message, hint },
  );
}

/** What of a {@link Command} decides how its line is read. */
interface Terms {
  readonly options: readonly OptionSpec[];
  readonly longestSeconds?: number;
}

/** @throws Failure usage, naming the option but never a code's value */
export function readSettings<Own extends string>(
  line: ParsedLine,
  terms: Terms,
  host: PathHost,
): Settings<Own> {
  const { options } = line;
  return {
    command: line.command,
    names: readNames(line),
    choice: line.choice,
    rest: line.rest,
    files: readFiles(options, host),
    connection: readConnection(options),
    session: readSession(line, terms, host.env),
    json: options.has('json'),
    quiet: options.has('quiet'),
    debug: options.has('debug'),
    mayColor: !options.has('no-color'),
    own: options,
    given: options,
  };
}

/** The names given, or the default profile: `$AWS_PROFILE`, `$MFA_PROFILE`, else `default`. */
export function namesOrDefault(settings: Settings, env: Environment): readonly string[] {
  return settings.names.length > 0 ? settings.names : [defaultProfile(env)];
}

type Options = ParsedLine['options'];

function text(options: Options, name: string): string | undefined {
  const value = options.get(name);
  if (value === undefined || value === true) return undefined;
  if (value === '') throw usage(words.needsValue(`--${name}`));
  return value;
}

function readNames({ names, options }: ParsedLine): readonly string[] {
  const profile = text(options, 'profile');
  if (names.includes('')) throw usage(words.emptyProfile);
  if (profile === undefined) return [...new Set(names)];
  if (names.length > 0) throw usage(words.profileTwice);
  return [profile];
}

function readFiles(options: Options, host: PathHost): FilePaths {
  for (const name of ['credentials-file', 'config-file']) text(options, name);
  return givenFiles(options, host);
}

function readConnection(options: Options): ConnectionOptions {
  const region = text(options, 'region');
  if (region !== undefined && !isRegion(region)) throw usage(words.noRegion(region));
  const endpointUrl = text(options, 'endpoint-url');
  if (endpointUrl !== undefined && !isHttpUrl(endpointUrl)) {
    throw usage(words.noEndpoint);
  }
  return {
    region,
    endpointUrl,
    caBundle: text(options, 'ca-bundle'),
    verifyCertificates: !options.has('no-verify-ssl'),
    connectTimeoutSeconds: readSeconds(options, 'cli-connect-timeout') ?? 10,
    readTimeoutSeconds: readSeconds(options, 'cli-read-timeout') ?? 30,
  };
}

function readSeconds(options: Options, name: string): number | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,6}$/.test(value)) throw usage(words.wholeSeconds(`--${name}`));
  return Number(value);
}

function readSession(
  { names, options }: ParsedLine,
  { options: taken, longestSeconds }: Terms,
  allEnv: Environment,
): SessionOptions {
  // A command that gets no session ignores the variables that say how.
  const env = taken.some(({ name }) => name === 'token-code') ? allEnv : {};
  const sessionProfile = text(options, 'session-profile');
  if (sessionProfile !== undefined) {
    const verdict = canWriteName(sessionProfile);
    if (!verdict.ok) throw usage(words.badSessionProfile(verdict.reason));
    if (names.length > 1 || options.has('all')) throw usage(words.oneSessionProfile);
  }
  return {
    tokenCode: readCode(options),
    serialNumber: readSerial(options, env),
    durationSeconds: readDuration(options, env, longestSeconds),
    isDurationOnLine: options.has('duration') || options.has('duration-seconds'),
    minTtlSeconds: readMinTtl(options),
    force: options.has('force'),
    ...readPrompt(options, env),
    mfaProcess: text(options, 'mfa-process'),
    sessionProfile,
  };
}

/** @throws Failure usage for two options that say different things */
function readPrompt(
  options: Options,
  env: Environment,
): Pick<SessionOptions, 'mayPrompt' | 'prompt'> {
  const prompt = text(options, 'prompt') as PromptWay | undefined;
  const isForbidden = options.has('no-prompt');
  if (isForbidden && prompt !== undefined && prompt !== 'none') throw usage(words.twoPrompts);
  if (prompt !== undefined) return { mayPrompt: prompt !== 'none', prompt };
  return { mayPrompt: !isForbidden && !isSet(env['MFA_PROFILE_NO_PROMPT']) };
}

/** What is wrong with the variables that stand for options, as a command that gets a session says it. */
export function judgeVariables(env: Environment): { readonly name: string; readonly said: Said }[] {
  const readers = [
    ['MFA_PROFILE_SERIAL_NUMBER', readSerial],
    ['MFA_PROFILE_DURATION', readDuration],
  ] as const;
  return readers.flatMap(([name, read]) => {
    try {
      read(new Map(), env);
      return [];
    } catch (error) {
      if (!isFailure(error) || error.problem.kind !== 'usage') throw error;
      return [{ name, said: error.problem.message }];
    }
  });
}

/** `1` in the contract's words; anything else counts too, except what plainly means no. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false', 'no'].includes(value.toLowerCase());
}

function readCode(options: Options): Secret | 'stdin' | undefined {
  const given = text(options, 'token-code');
  if (given === undefined) return undefined;
  if (given === '-') return 'stdin';
  const code = readTokenCode(given);
  if (code === undefined) throw usage(words.badCode);
  return new Secret(code);
}

function readSerial(options: Options, env: Environment): string | undefined {
  const given = text(options, 'serial-number');
  const serial = given ?? (env['MFA_PROFILE_SERIAL_NUMBER'] || undefined);
  if (serial === undefined) return undefined;
  const name = given === undefined ? 'MFA_PROFILE_SERIAL_NUMBER' : '--serial-number';
  const verdict = judgeSerial(serial);
  if (verdict.kind === 'bad') {
    throw usage(words.badSerial(name, verdict.reason, given === undefined ? serial : undefined));
  }
  return serial;
}

function readDuration(
  options: Options,
  env: Environment,
  longestGiven = LONGEST_SESSION_SECONDS,
): number | undefined {
  const seconds = text(options, 'duration-seconds');
  const duration = text(options, 'duration');
  if (seconds !== undefined && duration !== undefined) {
    throw usage(words.twoDurations);
  }
  const given = seconds ?? duration ?? (env['MFA_PROFILE_DURATION'] || undefined);
  if (given === undefined) return undefined;
  const option = seconds ? '--duration-seconds' : duration ? '--duration' : 'MFA_PROFILE_DURATION';
  const ofVariable = option.startsWith('--') ? undefined : given;
  const value = seconds === undefined || /^\d+$/.test(given) ? parseDuration(given) : undefined;
  if (value === undefined) {
    throw usage(
      seconds === undefined ? words.badDuration(option, ofVariable) : words.wholeSeconds(option),
    );
  }
  const longest = ofVariable === undefined ? longestGiven : LONGEST_SESSION_SECONDS;
  if (value < SHORTEST_SESSION_SECONDS || value > longest) {
    const isBare = seconds === undefined && /^\d{1,2}$/.test(given);
    throw usage(
      words.outOfBounds(option, longest, ofVariable),
      isBare ? words.bareNumber(given) : undefined,
    );
  }
  return value;
}

function readMinTtl(options: Options): number {
  const seconds = parseMinTtl(text(options, 'min-ttl'));
  if (seconds === undefined) {
    throw usage(words.badMinTtl);
  }
  return seconds;
}
