/** The file that the IAM console offers for a new access key: CSV with a header, one row a user. */
import { Failure } from '../../problems/problem.ts';
import { Secret } from '../../credentials/secret.ts';
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

/** Reads every row. @throws Failure cannot-adopt, which names no value */
export function readConsoleCsv(bytes: Uint8Array, from: string): ConsoleKey[] {
  const [header, ...rows] = splitRows(decodeText(bytes));
  const names = (header ?? []).map((name) => name.trim().toLowerCase());
  const [user, id, secret] = COLUMNS.map((name) => names.indexOf(name));
  if (id === -1 || secret === -1) {
    throw new Failure({ kind: 'cannot-adopt', from, reason: words.noCsvHeader });
  }
  const keys = rows.map((row): ConsoleKey => {
    const field = (column: number): string => (column === -1 ? '' : (row[column] ?? '').trim());
    const accessKeyId = field(id!);
    const reason =
      judgeAccessKeyId(accessKeyId) ?? (field(secret!) ? undefined : words.noCsvSecret);
    if (reason) throw new Failure({ kind: 'cannot-adopt', from, reason });
    return {
      userName: field(user!) || undefined,
      accessKeyId,
      secretAccessKey: new Secret(field(secret!)),
    };
  });
  if (keys.length > 0) return keys;
  throw new Failure({ kind: 'cannot-adopt', from, reason: words.noCsvRow });
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
