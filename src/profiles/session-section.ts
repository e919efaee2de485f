/** The section that holds a session: what is written there, and which of its lines are ours. */
import type { Document } from '../document/index.ts';
import {
  parseDocument,
  putSection,
  readProperties,
  readValues,
  removeSection,
  sectionsNamed,
  refuseSectionless,
} from '../document/index.ts';
import { Failure } from '../problems/problem.ts';
import { EXPIRY_KEY, FOREIGN_EXPIRY_KEYS, formatExpiry } from '../credentials/expiry.ts';
import { holdsLongTermKey } from '../credentials/keys.ts';
import type { Session } from '../credentials/keys.ts';
import { ORIGIN_KEY } from '../credentials/origin.ts';
import { readConfigProfile } from './profiles.ts';
import type { AwsFiles, Profile } from './profiles.ts';
import { MANAGER, SESSION_KEYS } from './session-keys.ts';
import type { Values } from '../document/values.ts';

/** Copied from the source, so that the session works in the same place; written in this order. */
const COPIED_KEYS = ['region', 'output', 'aws_account_id'];

// They would contradict the new session: botocore prefers aws_security_token to aws_session_token.
const STALE_KEYS = ['aws_security_token', ...FOREIGN_EXPIRY_KEYS];

/**
 * Tells which lines of a session section this program wrote, from their keys in the file's order. A
 * copied key, such as `region`, is ours only where we put it: after `manager` or the origin, or
 * after a copied key that comes before it. One anywhere else was set by the user and is not
 * touched.
 */
function ownedLines(): (key: string, previousKey: string | undefined) => boolean {
  let previousIsOurs = false;
  return (key, previousKey) => {
    const rank = COPIED_KEYS.indexOf(key);
    const follows =
      previousKey === 'manager' ||
      previousKey === ORIGIN_KEY ||
      (previousIsOurs && COPIED_KEYS.indexOf(previousKey ?? '') < rank);
    const copied = rank !== -1 && follows;
    previousIsOurs = copied;
    return copied || SESSION_KEYS.includes(key) || STALE_KEYS.includes(key);
  };
}

/** The value of a copied key in a session's section; undefined for one that the user set there. */
export function copiedIn(held: Values, copied: string): string | undefined {
  if (!held.has(copied)) return undefined;
  const isOurs = ownedLines();
  let previous: string | undefined;
  for (const [key, value] of held) {
    const ours = isOurs(key, previous);
    if (key === copied) return ours ? value : undefined;
    previous = key;
  }
  return undefined;
}

/** The keys of the session's section: those that this program wrote, and those that the user set. */
function keysByWriter(
  document: Document,
  name: string,
): { ours: Set<string>; theirs: Set<string> } {
  const [section] = sectionsNamed(document, name);
  const [ours, theirs] = [new Set<string>(), new Set<string>()];
  if (!section) return { ours, theirs };
  const isOurs = ownedLines();
  let previous: string | undefined;
  for (const { key } of readProperties(document, section)) {
    (isOurs(key, previous) ? ours : theirs).add(key);
    previous = key;
  }
  return { ours, theirs };
}

/**
 * New keys are written after those that are there: one that belongs in front of a copied key of
 * ours would then pass for the user's, so those are taken out first, to be written again.
 */
function withRoomFor(set: ReadonlyMap<string, string>, document: Document, name: string): Document {
  const { ours, theirs } = keysByWriter(document, name);
  const first = COPIED_KEYS.findIndex((key) => set.has(key) && !ours.has(key));
  const drop = COPIED_KEYS.slice(first + 1).filter((key) => ours.has(key) && !theirs.has(key));
  if (first === -1 || drop.length === 0) return document;
  const bytes = putSection(document, name, { set: new Map(), drop });
  return parseDocument(bytes, document.path);
}

/**
 * True if a section of that name holds a long-term key. Doubled sections are looked at one by one:
 * read together, one's session token would hide the other's long-term key.
 */
export function isLongTermKeyInTheWay(document: Document, name: string): boolean {
  return sectionsNamed(document, name).some((section) =>
    holdsLongTermKey(readValues(document, section)),
  );
}

/**
 * The source's settings that go along with its session, but for those that the config file has for
 * the session's own profile: in the credentials file they would override these.
 */
export function copiedSettings(
  { config }: AwsFiles,
  { settings }: Profile,
  sessionName: string,
): Values {
  const own = readConfigProfile(config, sessionName);
  return new Map([...settings].filter(([key]) => COPIED_KEYS.includes(key) && !own?.get(key)));
}

/** @throws Failure long-term-key-in-the-way */
export function refuseLongTermKey(document: Document, name: string): void {
  if (!isLongTermKeyInTheWay(document, name)) return;
  throw new Failure({
    kind: 'long-term-key-in-the-way',
    session: name,
    credentialsFile: document.path,
  });
}

/**
 * The file with `session` in the section `name`.
 * @param copied the source's settings that go along
 * @param origin what the session was got for; undefined if that is not known
 * @throws Failure bad-session-name or bad-setting if a name or value may not stand in the file;
 * unparsable-file where that is no file of the AWS tools
 */
export function putSession(
  document: Document,
  name: string,
  session: Session,
  copied: Values,
  origin: string | undefined,
): Uint8Array {
  const set = new Map([
    ['aws_access_key_id', session.accessKeyId],
    ['aws_secret_access_key', session.secretAccessKey.reveal()],
    ['aws_session_token', session.sessionToken.reveal()],
    [EXPIRY_KEY, formatExpiry(session.expiration)],
    ['manager', MANAGER],
  ]);
  refuseSectionless(document);
  const { theirs } = keysByWriter(document, name);
  const drop = [...STALE_KEYS];
  if (origin) set.set(ORIGIN_KEY, origin);
  else drop.push(ORIGIN_KEY);
  for (const key of COPIED_KEYS) {
    if (theirs.has(key)) continue;
    const value = copied.get(key);
    if (value) set.set(key, value);
    else drop.push(key);
  }
  const ordered = isEmptyOfTheUser(document, name) ? withMark(set) : set;
  return putSection(withRoomFor(set, document, name), name, { set: ordered, drop, dropJunk: true });
}

/** A header without keys that the user had before any session. */
function isEmptyOfTheUser(document: Document, name: string): boolean {
  const sections = sectionsNamed(document, name);
  return (
    sections.length > 0 &&
    sections.every((section) => [...readProperties(document, section)].length === 0)
  );
}

/**
 * The expiry in front says, as nothing else in the file could, that the header was there before.
 */
function withMark(set: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([[EXPIRY_KEY, set.get(EXPIRY_KEY)!], ...set]);
}

function isMarked(keys: readonly string[]): boolean {
  return keys[0] === EXPIRY_KEY;
}

/** The file without the session in section `name`: what {@link putSession} added, and no more. */
export function removeSession(document: Document, name: string): Uint8Array {
  return removeSection(document, name, ownedLines(), { dropJunk: true, keepsHeader: isMarked });
}
