/** Names of profiles: how a session's follows from its source's, and what a mistyped one meant. */
import type { Environment } from '../aws/environment.ts';

const SESSION_SUFFIX = '_token';

/** The AWS CLI looks at AWS_DEFAULT_PROFILE first (botocore's session variables). */
const VARIABLES_OF_AWS = ['AWS_DEFAULT_PROFILE', 'AWS_PROFILE'];

/** The profile that the AWS tools' variables choose. */
export function chosenProfile(env: Environment): string | undefined {
  return VARIABLES_OF_AWS.map((name) => env[name]).find(Boolean);
}

/** The variable that names the profile meant, if one does: the AWS tools' or what `exec` has set. */
export function namingVariable(env: Environment): string | undefined {
  return [...VARIABLES_OF_AWS, 'MFA_PROFILE'].find((name) => env[name]);
}

/**
 * The profile meant where none is named; `exec` says in MFA_PROFILE whose session a shell holds.
 */
export function defaultProfile(env: Environment): string {
  return chosenProfile(env) ?? (env['MFA_PROFILE'] || 'default');
}

export function defaultSessionName(source: string): string {
  return source + SESSION_SUFFIX;
}

/** The source's name in a session's name of the usual form; undefined for any other name. */
export function sourceOfSessionName(session: string): string | undefined {
  const isSession = session.endsWith(SESSION_SUFFIX) && session.length > SESSION_SUFFIX.length;
  return isSession ? session.slice(0, -SESSION_SUFFIX.length) : undefined;
}

/** Whether an option was meant: a hyphen as word processors and input methods write it. */
export function beginsWithOddHyphen(word: string): boolean {
  return /^[\u2010-\u2015\u2212\u30fc\uff0d]/.test(word);
}

/** How many letters must change, come, go or change places to turn one word into the other. */
export function distance(a: string, b: string): number {
  let last: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? last[j - 2]! + 1 : Infinity;
      next.push(Math.min(change, swap, row[j]! + 1, next[j - 1]! + 1));
    }
    last = row;
    row = next;
  }
  return row[b.length]!;
}
