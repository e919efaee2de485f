/** Every form that a session is printed in for a shell. */
import type { EnvironmentChange } from '../credentials/environment.ts';
import { Failure } from '../problems/problem.ts';
import { cmd } from './cmd/format.ts';
import { dotenv } from './dotenv/format.ts';
import { fish } from './fish/format.ts';
import type { Format } from './format.ts';
import type { ShellFormat } from './names.ts';
import { posix, posixNoExport } from './posix/format.ts';
import { powershell } from './powershell/format.ts';

const FORMATS: Readonly<Record<ShellFormat, Format>> = {
  env: posix,
  'env-no-export': posixNoExport,
  fish,
  powershell,
  'windows-cmd': cmd,
  dotenv,
};

/** True if the form has words for removing a variable. */
export function canUnset(format: ShellFormat): boolean {
  return FORMATS[format].unset !== undefined;
}

/** True if the form has a word that means exactly this text. */
export function canExpress(format: ShellFormat, value: string): boolean {
  return FORMATS[format].quote(value) !== undefined;
}

/**
 * The lines that make a change in a shell, each ended by a line feed.
 * @throws Failure unquotable-value, which names the variable and never its value
 */
export function renderChange(format: ShellFormat, { set, unset }: EnvironmentChange): string {
  const shell = FORMATS[format];
  const lines = [...set].map(([name, value]) => {
    const word = shell.quote(value);
    if (word === undefined) throw new Failure({ kind: 'unquotable-value', variable: name, format });
    return shell.set(name, word);
  });
  const removals = shell.unset ? unset.map((name) => shell.unset!(name)) : [];
  return [...removals, ...lines].map((line) => `${line}\n`).join('');
}
