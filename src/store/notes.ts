/**
 * Notes from one program to others that want the same session at the same time: in a folder of the
 * user's own, out of the way of the AWS files, and for a minute.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import type { Note } from '../world.ts';
import { privateFolder } from './folder.ts';

const ENDING = '.note';
const OLD_AFTER_MS = 60_000;
/** More than any note has. */
const MOST_BYTES = 16_384;
const OWNER_ONLY = 0o600;

/** Undefined if there is none, or one that is too old. */
export function readNote(target: string, session: string): Note | undefined {
  let descriptor: number | undefined;
  try {
    const place = placeOf(target, session);
    if (place === undefined) return undefined;
    descriptor = openSync(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const stats = fstatSync(descriptor);
    if (stats.size > MOST_BYTES || isOld(stats)) return undefined;
    return { text: readFileSync(descriptor, 'utf8'), written: stats.mtimeMs };
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Old ones go with it, whatever they were for. */
export function leaveNote(target: string, session: string, text: string | undefined): void {
  try {
    const place = placeOf(target, session);
    if (place === undefined) return;
    sweep(path.dirname(place));
    if (text === undefined) {
      unlinkSync(place);
      return;
    }
    const temporary = `${place}.${randomBytes(4).toString('hex')}${ENDING}`;
    writeFileSync(temporary, text, { flag: 'wx', mode: OWNER_ONLY });
    renameSync(temporary, place);
  } catch {
    // Without a note each program finds out for itself.
  }
}

/** One that is dated ahead comes from before the clock was put back. */
function isOld({ mtimeMs }: Stats): boolean {
  return Math.abs(Date.now() - mtimeMs) > OLD_AFTER_MS;
}

function placeOf(target: string, session: string): string | undefined {
  const folder = privateFolder();
  const name = createHash('sha256').update(`${target}\n${session}`).digest('hex').slice(0, 16);
  return folder === undefined ? undefined : path.join(folder, name + ENDING);
}

function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(ENDING)) continue;
    const each = path.join(folder, name);
    const stats = lstatSync(each, { throwIfNoEntry: false });
    if (stats && isOld(stats)) unlinkSync(each);
  }
}
