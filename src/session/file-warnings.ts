/** What a person should hear of the credentials file when a session is written to it. */
import {
  canWriteName,
  inspectDocument,
  isAscii,
  readProperties,
  sectionsNamed,
} from '../document/index.ts';
import type { Document, Finding } from '../document/index.ts';
import { meaningOf } from '../document/finding-words.ts';
import { judgeCredentials } from './file-access.ts';
import type { Reporter } from '../output/reporter.ts';
import type { World } from '../world.ts';
import { words } from './words.ts';

const CREDENTIAL_KEYS = ['aws_access_key_id', 'aws_secret_access_key'];

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

/**
 * Warns of what would keep others from the new session.
 * @param repaired the section that this write leaves once, however often it is there now
 */
export function warnOfContents(
  document: Document,
  source: string,
  repaired: string,
  { reporter, codePage }: Judging,
): void {
  warnOfRefusal(document, { reporter, codePage }, repaired);
  const verdict = canWriteName(repaired);
  if (verdict.ok && !verdict.portable) {
    reporter.warn(words.oddName(repaired));
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

/** Warns of the first thing for which the AWS CLI reads nothing of the file at all. @returns its line */
export function warnOfRefusal(
  document: Document,
  { reporter, codePage }: Judging,
  repaired?: string,
): number | undefined {
  const fatal = inspectDocument(document, codePage).find((finding) =>
    isRepaired(finding, repaired)
      ? false
      : meaningOf(finding).refusedByCli || spoils(document, finding, repaired),
  );
  if (!fatal) return undefined;
  reporter.warn(words.finding(document.path, fatal.line, meaningOf(fatal).words));
  return fatal.line;
}

/** The write leaves the section once, and nothing in it that is neither key nor comment. */
function isRepaired({ kind, section }: Finding, repaired: string | undefined): boolean {
  return repaired !== undefined && section === repaired && /^(?:doubled-|stray-line)/.test(kind);
}

/** To the AWS CLI the next section's indented header is more of the session's last value. */
function spoils(
  document: Document,
  { kind, otherLine = 0 }: Finding,
  repaired: string | undefined,
): boolean {
  if (kind !== 'indented-header' || repaired === undefined) return false;
  return document.sections.findLast(({ line }) => line <= otherLine)?.name === repaired;
}

/** A comment after a key is part of the key to the AWS CLI, and so to this program. */
function warnOfComments(document: Document, source: string, reporter: Reporter): void {
  for (const section of sectionsNamed(document, source)) {
    for (const { key, line, commentLike } of readProperties(document, section)) {
      if (!commentLike || !CREDENTIAL_KEYS.includes(key)) continue;
      reporter.warn(words.commentInValue(document.path, line, key));
    }
  }
}
