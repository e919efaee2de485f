/**
 * The sessions of two files in which every section is as usual, found in one pass that makes nothing
 * of a section but what a list says of it: a file may hold ten thousand. Where this answers, it says
 * what status.ts says (tests/quick/answer.test.ts).
 */
import { valueStart } from '../document/plain-lines.ts';
import { EXPIRY_KEY, parseExpiry } from '../credentials/expiry.ts';
import { ORIGIN_KEY } from '../credentials/origin.ts';
import { SESSION_SUFFIX, sourceOfSessionName } from '../profiles/names.ts';
import { stateOf } from '../credentials/session-state.ts';
import { MANAGER } from '../profiles/session-keys.ts';
import { makeRow } from '../profiles/session-row.ts';
import type { SessionPlace, StatusRow } from '../profiles/session-row.ts';

const HEADER = /\[([!#-&(-Z^-~]+(?: [!#-&(-Z^-~]+)*)\]\n/y;
const LINES = /(?:[a-z][a-z_]* ?= ?[!-~]+(?:\n|$)|(?:[#;][ -~]*)?\n)*/y;
const BEFORE = /(?:(?:[#;][ -~]*)?\n)*/y;

/** With one of these somewhere, what a section is depends on others, or on another tool's expiry. */
const LINKING_KEYS = ['session_profile', 'role_arn', 'credential_process'];
const FOREIGN_EXPIRY = 'expiration';

/** One pass through a text for one key: sections are asked in the file's order. */
class KeyCursor {
  readonly text: string;
  readonly key: string;
  /** Of the next line with the key, and of its value. */
  at = -1;
  value = 0;

  constructor(text: string, key: string) {
    this.text = text;
    this.key = key;
    this.advance();
  }

  /** Whether the key stands between two offsets. */
  isWithin(start: number, end: number): boolean {
    while (this.at < start) this.advance();
    return this.at < end;
  }

  /** The last value of the key between two offsets; undefined for none. */
  valueWithin(start: number, end: number): string | undefined {
    if (!this.isWithin(start, end)) return undefined;
    let { value } = this;
    for (this.advance(); this.at < end; this.advance()) ({ value } = this);
    const feed = this.text.indexOf('\n', value);
    return this.text.slice(value, feed === -1 ? undefined : feed);
  }

  private advance(): void {
    const { text, key } = this;
    for (let at = text.indexOf(key, this.at + 1); at !== -1; at = text.indexOf(key, at + 1)) {
      const value = valueStart(text, key, at);
      if (value === -1) continue;
      this.at = at;
      this.value = value;
      return;
    }
    this.at = Infinity;
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
    const device = serial.valueWithin(start, end);
    const duration = seconds.valueWithin(start, end);
    const name = header === 'default' ? header : /^profile ([^ ]+)$/.exec(header)?.[1];
    if (name !== undefined) settings.set(name, { device, duration });
  });
  return isUsual ? settings : undefined;
}

/** Milliseconds since the epoch, and what status says beside it. */
interface Listed {
  readonly expiration: number;
  readonly managed: boolean;
  readonly origin: string | undefined;
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
  const token = cursor('aws_session_token');
  const oldToken = cursor('aws_security_token');
  const expires = cursor(EXPIRY_KEY);
  const manager = cursor('manager');
  const serial = cursor('mfa_serial');
  const seconds = cursor('duration_seconds');
  const stored = cursor(ORIGIN_KEY);
  const sources: { readonly name: string; readonly duration: string | undefined }[] = [];
  /** What a session of each profile is got for; profiles/origin.ts judges whatever differs from it. */
  const origins = new Map<string, string>();
  const sessions = new Map<string, Listed>();
  let isCertain = true;
  const isUsual = visitSections(credentials, (name, start, end) => {
    const own = settings.get(name);
    const device = own?.device ?? serial.valueWithin(start, end);
    const duration = own?.duration ?? seconds.valueWithin(start, end);
    const hasSecret = secret.isWithin(start, end);
    const expiry = expires.valueWithin(start, end);
    const managedBy = manager.valueWithin(start, end);
    const isSession = token.isWithin(start, end) || oldToken.isWithin(start, end);
    const key = id.valueWithin(start, end);
    const origin = stored.valueWithin(start, end);
    const hasKey = key !== undefined;
    if (!hasKey || !isSession) {
      // Marked as ours, and yet no session: a person has been at it.
      if (managedBy === MANAGER) isCertain = false;
      if (!hasKey || device === undefined) return;
      sources.push({ name, duration });
      origins.set(name + SESSION_SUFFIX, `${key} ${device}`);
      return;
    }
    const expiration = parseExpiry(expiry ?? '');
    if (expiration === undefined || !hasSecret) isCertain = false;
    else sessions.set(name, { expiration, managed: managedBy === MANAGER, origin });
  });
  if (!isUsual || !isCertain) return undefined;
  for (const [name, { origin }] of sessions) {
    if (origin !== undefined && origin !== origins.get(name)) return undefined;
  }
  const rowOf = (place: SessionPlace, session: Listed | undefined): StatusRow => {
    const { expiration, managed = false } = session ?? {};
    const state = expiration === undefined ? 'missing' : stateOf(expiration, now, minTtlSeconds);
    return makeRow(place, { state, expiration, managed }, now);
  };
  const rows = sources.map(({ name, duration }) => {
    const sessionProfile = name + SESSION_SUFFIX;
    const session = sessions.get(sessionProfile);
    sessions.delete(sessionProfile);
    return rowOf({ profile: name, sessionProfile, duration }, session);
  });
  // How long those last whose device is not known may stand in their source's section.
  if (
    sessions.size > 0 &&
    [credentials, config].some((text) => text.includes('duration_seconds'))
  ) {
    return undefined;
  }
  for (const [name, session] of sessions) {
    const profile = sourceOfSessionName(name) ?? name;
    rows.push(rowOf({ profile, sessionProfile: name }, session));
  }
  return rows;
}
