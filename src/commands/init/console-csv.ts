/** The file that the IAM console offers for a new access key: CSV with a header, one row a user. */
import { Failure } from '../../problems/problem.ts';
import { judgeKey } from '../../credentials/key-form.ts';
import { Secret } from '../../credentials/secret.ts';
import { words as ofKeys } from '../../credentials/words.ts';
import type { Said } from '../../problems/text.ts';
import { judgeAccessKeyId } from '../../setup/questions.ts';
import { words } from '../../setup/words.ts';
import { decodeText } from './adoption.ts';

export interface ConsoleKey {
  /** Undefined in the files of today's console, which leave the user out. */
  readonly userName: string | undefined;
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
}

const COLUMNS = ['user name', 'access key id', 'secret access key'] as const;

/** The place of each of {@link COLUMNS} in the first row; -1 for one that is not there. */
function placesOf(header: readonly string[] = []): number[] {
  const names = header.map((name) => name.trim().toLowerCase());
  return COLUMNS.map((name) => names.indexOf(name));
}

/** By its name or, as downloads are renamed, by its first line. */
export function isConsoleCsv(path: string, bytes: Uint8Array): boolean {
  if (/\.csv$/i.test(path)) return true;
  const [firstLine = ''] = decodeText(bytes).split(/\r|\n/, 1);
  const [, id, secret] = placesOf(splitRows(firstLine)[0]);
  return id !== -1 && secret !== -1;
}

/** Reads every row, whatever its keys are like. @throws Failure cannot-adopt */
export function readConsoleCsv(bytes: Uint8Array, from: string): ConsoleKey[] {
  const [header, ...rows] = splitRows(decodeText(bytes));
  const [user, id, secret] = placesOf(header);
  if (id === -1 || secret === -1) {
    throw new Failure({ kind: 'cannot-adopt', from, reason: words.noCsvHeader });
  }
  const keys = rows.map((row): ConsoleKey => {
    const field = (column: number): string => (column === -1 ? '' : (row[column] ?? '').trim());
    return {
      userName: field(user!) || undefined,
      accessKeyId: field(id!),
      secretAccessKey: new Secret(field(secret!)),
    };
  });
  if (keys.length > 0) return keys;
  throw new Failure({ kind: 'cannot-adopt', from, reason: words.noCsvRow });
}

/** Refuses what AWS cannot know. @throws Failure cannot-adopt, which names no value */
export function checkConsoleKey({ accessKeyId, secretAccessKey }: ConsoleKey, from: string): void {
  const secret = secretAccessKey.reveal();
  const reason =
    judgeAccessKeyId(accessKeyId) ?? (secret ? judgeSecret(secret) : words.noCsvSecret);
  if (reason) throw new Failure({ kind: 'cannot-adopt', from, reason });
}

function judgeSecret(secret: string): Said | undefined {
  const odd = judgeKey('secret', secret);
  if (!odd) return undefined;
  const { character, cause } = odd;
  const field = 'Secret access key';
  return character === undefined
    ? ofKeys.noKeyField(field, cause)
    : ofKeys.oddField(field, character, cause);
}

/**
 * RFC 4180: a quoted field may hold a comma, a line break, and a quote as two. Empty lines are
 * none.
 */
function splitRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))[ \t]*(,|\r\n|\r|\n|$)/y;
  for (let at = 0; at < text.length; at = field.lastIndex) {
    field.lastIndex = at;
    const [, quoted, plain = '', end] = field.exec(text) ?? [];
    // A stray quote: the rest of that line is kept as it is.
    if (end === undefined) {
      const line = /[^\r\n]*(?:\r\n|\r|\n|$)/y;
      line.lastIndex = at;
      line.test(text);
      row.push(text.slice(at, line.lastIndex).trim());
      field.lastIndex = line.lastIndex;
    } else {
      row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    }
    if (end === ',') continue;
    if (row.some((value) => value.trim() !== '')) rows.push(row);
    row = [];
  }
  return rows;
}
