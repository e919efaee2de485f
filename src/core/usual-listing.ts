/**
 * The sessions of two files in which every section is as usual, found in one pass that makes nothing
 * of a section but what a list says of it: a file may hold ten thousand. Where this answers, it says
 * what status.ts says (tests/good-session.test.ts).
 */
import { EXPIRY_KEY, parseExpiry } from './expiry.ts';
import { SESSION_SUFFIX, sourceOfSessionName } from './names.ts';
import { stateOf } from './plan.ts';
import { MANAGER } from './session-keys.ts';
import type { StatusRow } from './status.ts';

const HEADER = /\[([!#-&(-Z^-~]+(?: [!#-&(-Z^-~]+)*)\]\n/y;
const LINES = /(?:[a-z][a-z_]* ?= ?[!-~]+(?:\n|$)|(?:[#;][ -~]*)?\n)*/y;
const BEFORE = /(?:(?:[#;][ -~]*)?\n)*/y;

/** With one of these somewhere, what a section is depends on others, or on another tool's expiry. */
const LINKING_KEYS = ['session_profile', 'role_arn', 'credential_process'];
const FOREIGN_EXPIRY = 'expiration';

/** One pass through a text for one key: sections are asked in the file's order. */
class KeyCursor {
  readonly #text: string;
  readonly #key: string;
  #at = -1;
  #value = 0;

  constructor(text: string, key: string) {
    this.#text = text;
    this.#key = key;
    this.#advance();
  }

  /** The last value of the key between two offsets; undefined for none. */
  within(start: number, end: number): string | undefined {
    let value: number | undefined;
    for (; this.#at < end; this.#advance()) if (this.#at >= start) value = this.#value;
    if (value === undefined) return undefined;
    const feed = this.#text.indexOf('\n', value);
    return this.#text.slice(value, feed === -1 ? undefined : feed);
  }

  #advance(): void {
    const [text, key] = [this.#text, this.#key];
    for (let at = text.indexOf(key, this.#at + 1); at !== -1; at = text.indexOf(key, at + 1)) {
      const equals = text.charCodeAt(at + key.length) === 32 ? 1 : 0;
      const sign = at + key.length + equals;
      if (text.charCodeAt(at - 1) !== 10 || text.charCodeAt(sign) !== 61) continue;
      this.#at = at;
      this.#value = sign + (text.charCodeAt(sign + 1) === 32 ? 2 : 1);
      return;
    }
    this.#at = Infinity;
  }
}

/** Calls `visit` for each section. @returns false where one is not usual, or comes twice */
function visitSections(
  text: string,
  visit: (name: string, start: number, end: number) => void,
): boolean {
  const names = new Set<string>();
  BEFORE.lastIndex = 0;
  BEFORE.test(text);
  let at = BEFORE.lastIndex;
  while (at < text.length) {
    HEADER.lastIndex = at;
    const name = HEADER.exec(text)?.[1];
    if (name === undefined || names.has(name)) return false;
    names.add(name);
    LINES.lastIndex = HEADER.lastIndex;
    LINES.test(text);
    visit(name, at, LINES.lastIndex);
    at = LINES.lastIndex;
  }
  return true;
}

/** What the config file says of a profile, as far as a list tells of it. */
interface Settings {
  readonly device: string | undefined;
  readonly duration: string | undefined;
}

/** By profile; undefined where the file is not usual. */
function readSettings(config: string): Map<string, Settings> | undefined {
  // A profile's own keys in this file are rare, and both spellings of the default profile are too.
  if (config.includes('aws_access_key_id') || config.includes('profile default')) return undefined;
  const settings = new Map<string, Settings>();
  const serial = new KeyCursor(config, 'mfa_serial');
  const seconds = new KeyCursor(config, 'duration_seconds');
  const isUsual = visitSections(config, (header, start, end) => {
    const [device, duration] = [serial.within(start, end), seconds.within(start, end)];
    const name = header === 'default' ? header : /^profile ([^ ]+)$/.exec(header)?.[1];
    if (name !== undefined) settings.set(name, { device, duration });
  });
  return isUsual ? settings : undefined;
}

/** Milliseconds since the epoch, and what status says beside it. */
interface Listed {
  readonly expiration: number;
  readonly managed: boolean;
}

/**
 * @param now milliseconds since the epoch
 * @returns undefined where only status.ts can tell
 */
export function listUsualSessions(
  { credentials, config }: { readonly credentials: string; readonly config: string },
  now: number,
  minTtlSeconds: number,
): StatusRow[] | undefined {
  const isLinked = (key: string): boolean => credentials.includes(key) || config.includes(key);
  if (LINKING_KEYS.some(isLinked) || credentials.includes(FOREIGN_EXPIRY)) return undefined;
  const settings = readSettings(config);
  if (!settings) return undefined;
  const cursor = (key: string): KeyCursor => new KeyCursor(credentials, key);
  const id = cursor('aws_access_key_id');
  const secret = cursor('aws_secret_access_key');
  const tokens = [cursor('aws_session_token'), cursor('aws_security_token')];
  const expires = cursor(EXPIRY_KEY);
  const manager = cursor('manager');
  const serial = cursor('mfa_serial');
  const seconds = cursor('duration_seconds');
  const sources: { readonly name: string; readonly duration: string | undefined }[] = [];
  const sessions = new Map<string, Listed>();
  let isCertain = true;
  const isUsual = visitSections(credentials, (name, start, end) => {
    const own = settings.get(name);
    const device = own?.device ?? serial.within(start, end);
    const duration = own?.duration ?? seconds.within(start, end);
    const hasSecret = secret.within(start, end) !== undefined;
    const expiry = expires.within(start, end);
    const managedBy = manager.within(start, end);
    const isSession = tokens.some((token) => token.within(start, end) !== undefined);
    const hasKey = id.within(start, end) !== undefined;
    if (!hasKey || !isSession) {
      // Marked as ours, and yet no session: a person has been at it.
      if (managedBy === MANAGER) isCertain = false;
      if (hasKey && device !== undefined) sources.push({ name, duration });
      return;
    }
    const expiration = parseExpiry(expiry ?? '');
    if (expiration === undefined || !hasSecret) isCertain = false;
    else sessions.set(name, { expiration, managed: managedBy === MANAGER });
  });
  if (!isUsual || !isCertain) return undefined;
  const rows = sources.map(({ name, duration }) => {
    const sessionProfile = name + SESSION_SUFFIX;
    const session = sessions.get(sessionProfile);
    sessions.delete(sessionProfile);
    const row = makeRow(name, sessionProfile, session, now, minTtlSeconds);
    return Number(duration) > 0 ? { ...row, fullSeconds: Number(duration) } : row;
  });
  // How long those last whose device is not known may stand in their source's section.
  if (
    sessions.size > 0 &&
    [credentials, config].some((text) => text.includes('duration_seconds'))
  ) {
    return undefined;
  }
  for (const [name, session] of sessions) {
    rows.push(makeRow(sourceOfSessionName(name) ?? name, name, session, now, minTtlSeconds));
  }
  return rows;
}

function makeRow(
  profile: string,
  sessionProfile: string,
  session: Listed | undefined,
  now: number,
  minTtlSeconds: number,
): StatusRow {
  const expiration = session?.expiration;
  return {
    profile,
    sessionProfile,
    state: expiration === undefined ? 'missing' : stateOf(expiration, now, minTtlSeconds),
    expiration,
    doubtfulExpiry: undefined,
    remainingSeconds:
      expiration === undefined ? undefined : Math.max(0, Math.floor((expiration - now) / 1000)),
    managed: session?.managed ?? false,
    fullSeconds: undefined,
  };
}
