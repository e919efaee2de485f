/** What a person should hear of the credentials file when a session is written to it. */
import {
  canWriteName,
  inspectDocument,
  isAscii,
  parseDocument,
  readProperties,
  sectionsNamed,
} from '../document/index.ts';
import type { Document, Finding, Section } from '../document/index.ts';
import { meaningOf } from '../document/finding-words.ts';
import { KEY_SETTINGS } from '../credentials/keys.ts';
import { judgeCredentials } from './file-access.ts';
import type { Reporter } from '../output/reporter.ts';
import type { World } from '../world.ts';
import { words } from './words.ts';

const KEYS: readonly string[] = Object.values(KEY_SETTINGS);

/**
 * Warns of a file that others may read or that belongs to somebody else, and of a folder that
 * others may write. One that others may only list is usual, for the AWS CLI makes it so: doctor
 * names it.
 */
export function warnOfAccess(file: string, world: World, reporter: Reporter): void {
  for (const access of judgeCredentials(file, world)) {
    if (access.kind === 'foreign') reporter.warn(words.foreign(access.path, access.owner));
    if (access.kind !== 'open') continue;
    const { path, closed, others } = access;
    if (path !== file && others === 'read') continue;
    const isOwners = closed !== undefined;
    reporter.warn(isOwners ? words.openToOthers(path, closed) : words.shared(path, others));
  }
}

export interface Judging {
  readonly reporter: Reporter;
  /** See {@link codePageOf}. */
  readonly codePage: number | undefined;
}

/** Warns of what is odd about a session's name, or about the keys that it is got with. */
export function warnOfSession(
  document: Document,
  source: string,
  session: string,
  reporter: Reporter,
): void {
  const verdict = canWriteName(session);
  if (verdict.ok && !verdict.portable) {
    reporter.warn(words.oddName(session));
  }
  warnOfComments(document, source, reporter);
}

/**
 * The code page by which the AWS CLI reads files on Windows, 0 if that is not to be had; undefined
 * elsewhere, and where every reader reads the same.
 */
export async function codePageOf(
  documents: readonly Document[],
  world: Pick<World, 'platform' | 'diagnostics'>,
): Promise<number | undefined> {
  if (world.platform !== 'win32' || documents.every(({ text }) => isAscii(text))) return undefined;
  return (await (await world.diagnostics()).codePage()) ?? 0;
}

/**
 * Warns of the first thing for which the AWS CLI reads nothing of the file at all.
 * @param repaired the section that a write leaves once, however often it is there now
 * @returns its line
 */
export function warnOfRefusal(
  document: Document,
  { reporter, codePage }: Judging,
  repaired?: string,
): number | undefined {
  const fatal = inspectDocument(document, codePage).find(
    (finding) => !isRepaired(finding, repaired) && meaningOf(finding).refusedByCli,
  );
  if (!fatal) return undefined;
  reporter.warn(words.finding(document.path, fatal.line, meaningOf(fatal).words));
  return fatal.line;
}

/**
 * Warns of an indented header that follows the session once that is written, be it that it does so
 * now, or that a double between the two goes: to the AWS CLI it is more of the session's last value.
 * @param written the file with the session in it
 */
export function warnOfLostHeader(
  document: Document,
  written: Uint8Array,
  session: string,
  reporter: Reporter,
): void {
  const indented = document.sections.filter(({ start }) => document.text[start] !== '[');
  if (indented.length === 0) return;
  const after = parseDocument(written, document.path);
  const lost = inspectDocument(after).find((finding) => isUnder(session, after, finding));
  if (!lost) return;
  const name = sectionAt(after, lost.line)?.name;
  const line = indented.find((section) => section.name === name)?.line ?? lost.line;
  reporter.warn(words.finding(document.path, line, meaningOf(lost).words));
}

/** The write leaves the section once, and nothing in it that is neither key nor comment. */
function isRepaired({ kind, section }: Finding, repaired: string | undefined): boolean {
  return repaired !== undefined && section === repaired && /^(?:doubled-|stray-line)/.test(kind);
}

function isUnder(session: string, document: Document, { kind, otherLine = 0 }: Finding): boolean {
  return kind === 'indented-header' && sectionAt(document, otherLine)?.name === session;
}

const sectionAt = ({ sections }: Document, at: number): Section | undefined =>
  sections.findLast(({ line }) => line <= at);

/** A comment after a key is part of the key to the AWS CLI, and so to this program. */
function warnOfComments(document: Document, source: string, reporter: Reporter): void {
  for (const section of sectionsNamed(document, source)) {
    for (const { key, line, commentLike } of readProperties(document, section)) {
      if (!commentLike || !KEYS.includes(key)) continue;
      reporter.warn(words.commentInValue(document.path, line, key));
    }
  }
}
