/**
 * Access lists of Windows. Its program `icacls` prints them in the system's language, and saves them
 * as SDDL, which is the same in each (Microsoft's "Security Descriptor String Format" and "ACE
 * Strings").
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { env } from 'node:process';
import { windowsProgram } from '../aws/windows-program.ts';
import type { OthersAccess } from '../world.ts';
import type { RunHelper } from './helper-program.ts';

interface Entry {
  /** Its text, as SDDL has it. */
  readonly text: string;
  readonly allows: boolean;
  /** For what is made in a folder only. */
  readonly inheritOnly: boolean;
  readonly rights: number;
  /** An abbreviation of two letters, or `S-1-…`. */
  readonly who: string;
}

export interface AccessList {
  /** It takes nothing over from the folder. */
  readonly isProtected: boolean;
  /** Undefined for no list at all, which lets everybody in. */
  readonly entries: readonly Entry[] | undefined;
}

/** @returns undefined if it is no SDDL with an access list */
export function parseAccessList(sddl: string): AccessList | undefined {
  const [, flags, rest] = /^D:((?:P|AR|AI|NO_ACCESS\w+)*)((?:\(.*\))?)/m.exec(sddl) ?? [];
  if (flags === undefined || rest === undefined) return undefined;
  return {
    isProtected: /^(?:AR|AI)*P/.test(flags),
    entries: flags.includes('NO_') ? undefined : splitEntries(rest).map(parseEntry),
  };
}

/** Brackets and all; the condition of an entry has brackets of its own. */
function splitEntries(text: string): string[] {
  const entries: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(' && depth++ === 0) from = at;
    if (text[at] === ')' && --depth === 0) entries.push(text.slice(from, at + 1));
  }
  return entries;
}

function parseEntry(text: string): Entry {
  const [type = '', flags = '', rights = '', , , who = ''] = text.slice(1, -1).split(';');
  return {
    text,
    allows: ['A', 'OA', 'XA', 'ZA'].includes(type),
    inheritOnly: /^(?:..)*IO/.test(flags),
    rights: parseRights(rights),
    who,
  };
}

/** The bits of each abbreviation (winnt.h; for a file "CC" is to read its data, and so on). */
const RIGHTS: Readonly<Record<string, number>> = {
  ...{ CC: 0x1, DC: 0x2, LC: 0x4, SW: 0x8, RP: 0x10, WP: 0x20, DT: 0x40, LO: 0x80, CR: 0x100 },
  ...{ SD: 0x10000, RC: 0x20000, WD: 0x40000, WO: 0x80000 },
  ...{ GA: 0x10000000, GX: 0x20000000, GW: 0x40000000, GR: 0x80000000 },
  ...{ FA: 0x1f01ff, FR: 0x120089, FW: 0x120116, FX: 0x1200a0 },
};

function parseRights(text: string): number {
  if (/^(?:0x[\da-f]+|\d+)$/i.test(text)) return Number(text);
  return (text.match(/../g) ?? []).reduce((bits, each) => bits | (RIGHTS[each] ?? 0), 0);
}

const GENERIC_ALL = 0x10000000;
/** The data, or all. */
const READS = 0x1 | 0x80000000 | GENERIC_ALL;
/** The data, also at the end, the list itself, or its owner. */
const WRITES = 0x2 | 0x4 | 0x40000 | 0x80000 | 0x40000000 | GENERIC_ALL;

/** As `chmod`'s root: the system, its administrators, and the owner by any name. */
const TRUSTED = [
  ...['SY', 'BA', 'LA', 'DA', 'EA', 'CO', 'OW'],
  ...['S-1-5-18', 'S-1-5-32-544', 'S-1-3-0', 'S-1-3-4'],
];

/** Who is meant by an abbreviation, by a number that means the same on each machine, and in words. */
const WELL_KNOWN: readonly (readonly [sddl: string, sid: string, name: string])[] = [
  ['WD', 'S-1-1-0', 'Everyone'],
  ['AU', 'S-1-5-11', 'Authenticated Users'],
  ['BU', 'S-1-5-32-545', 'Users'],
  ['BG', 'S-1-5-32-546', 'Guests'],
  ['PU', 'S-1-5-32-547', 'Power Users'],
  ['BO', 'S-1-5-32-551', 'Backup Operators'],
  ['AN', 'S-1-5-7', 'Anonymous'],
  ['IU', 'S-1-5-4', 'Interactive'],
  ['NU', 'S-1-5-2', 'Network'],
];

/**
 * @param own the user's number, `S-1-…`; undefined if it is not known, when of single users nobody
 *   counts
 */
export function othersOf({ entries }: AccessList, own: string | undefined): OthersAccess {
  if (entries === undefined) {
    return { own, names: ['Everyone'], numbers: ['S-1-1-0'], others: 'write' };
  }
  const foreign = entries.filter(
    ({ allows, inheritOnly, rights, who }) =>
      allows &&
      !inheritOnly &&
      (rights & (READS | WRITES)) !== 0 &&
      who !== own &&
      !TRUSTED.includes(who) &&
      (own !== undefined || wellKnown(who) !== undefined),
  );
  const known = [...new Set(foreign.map(({ who }) => who))].map(
    (who) => wellKnown(who) ?? ([who, who, who] as const),
  );
  return {
    own,
    names: known.map(([, , name]) => name),
    numbers: known.map(([, number]) => number).filter((number) => number.startsWith('S-1-')),
    others: foreign.some(({ rights }) => (rights & WRITES) !== 0) ? 'write' : 'read',
  };
}

const wellKnown = (who: string) => WELL_KNOWN.find(([sddl, sid]) => who === sddl || who === sid);

/** @returns undefined if it cannot be had, as on a drive that knows no such lists */
export async function readAccessList(
  file: string,
  run: RunHelper,
): Promise<AccessList | undefined> {
  const saved = path.join(os.tmpdir(), `mfa-profile-${randomBytes(8).toString('hex')}.acl`);
  try {
    const icacls = windowsProgram('icacls.exe', env);
    if ((await run(icacls, [file, '/save', saved, '/q'])) === undefined) return undefined;
    return parseAccessList(readFileSync(saved, 'utf16le'));
  } catch {
    return undefined;
  } finally {
    rmSync(saved, { force: true });
  }
}

/** The user's number, which `whoami` prints last. */
export async function readOwnNumber(run: RunHelper): Promise<string | undefined> {
  const line = await run(windowsProgram('whoami.exe', env), ['/user', '/fo', 'csv', '/nh']);
  return line?.match(/S-1-[\d-]+/g)?.at(-1);
}

/** True unless the file that replaces another would let in others than that one does. */
export async function hasSameAccess(one: string, other: string, run: RunHelper): Promise<boolean> {
  const first = await readAccessList(one, run);
  // A drive without lists, or a program that does nothing: nothing can be kept then.
  if (first === undefined) return true;
  const second = await readAccessList(other, run);
  return second === undefined || comparable(first) === comparable(second);
}

function comparable({ isProtected, entries }: AccessList): string {
  return `${isProtected} ${entries?.map(({ text }) => text).join('')}`;
}
