/** How each shell is told to set and to remove a variable, and which one is asking. */
import type { EnvironmentChange } from '../credentials/environment.ts';
import { Failure } from '../problems/problem.ts';
import type { ShellFormat } from './names.ts';

interface Shell {
  /** The word that means exactly this text; undefined where the shell has no such word. */
  quote(value: string): string | undefined;
  set(name: string, word: string): string;
  /** Absent where a file of this form cannot remove a variable. */
  unset?(name: string): string;
}

// Plain to every shell here, as keys, tokens, regions and times are. A `=` stands at the end alone,
// and never behind a colon: zsh looks up a command in `x:=ls`.
const PLAIN = /^[\w./+-]+(?::[\w./+-]+)*=*$/;
const CONTROL = /[\x00-\x1f\x7f]/;

/** POSIX.1-2017, 2.2.2: nothing is special between single quotes, and none can stand there. */
function quotePosix(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** fish: between single quotes a backslash quotes itself and the single quote, and no more. */
function quoteFish(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replace(/['\\]/g, '\\$&')}'`;
}

/** about_Quoting_Rules: a doubled single quote stands for one; the curly ones count as single quotes. */
function quotePowershell(value: string): string | undefined {
  // `| Invoke-Expression` evaluates line by line.
  if (CONTROL.test(value)) return undefined;
  return `'${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** cmd.exe has no escape for `%`, `!` and `"` that serves both a batch file and a typed line. */
function quoteCmd(value: string): string | undefined {
  return /["%!]/.test(value) || CONTROL.test(value) ? undefined : value;
}

/** What node, Compose and a sourcing shell read alike; `docker --env-file` takes quotes for text. */
function quoteDotenv(value: string): string | undefined {
  if (PLAIN.test(value)) return value;
  if (CONTROL.test(value)) return undefined;
  if (!value.includes("'")) return `'${value}'`;
  return /["$`\\]/.test(value) ? undefined : `"${value}"`;
}

const SHELLS: Record<ShellFormat, Shell> = {
  env: {
    quote: quotePosix,
    set: (name, word) => `export ${name}=${word}`,
    unset: (name) => `unset ${name}`,
  },
  'env-no-export': {
    quote: quotePosix,
    set: (name, word) => `${name}=${word}`,
    unset: (name) => `unset ${name}`,
  },
  fish: {
    quote: quoteFish,
    set: (name, word) => `set -gx ${name} ${word}`,
    unset: (name) => `set -e ${name}`,
  },
  powershell: {
    quote: quotePowershell,
    set: (name, word) => `$Env:${name}=${word}`,
    unset: (name) => `$Env:${name}=$null`,
  },
  'windows-cmd': {
    quote: quoteCmd,
    // Quoted as a whole, so that & | < > ^ and blanks at the end are text.
    set: (name, word) => (PLAIN.test(word) ? `set ${name}=${word}` : `set "${name}=${word}"`),
    unset: (name) => `set ${name}=`,
  },
  dotenv: {
    quote: quoteDotenv,
    set: (name, word) => `${name}=${word}`,
  },
};

/** True where the form has words for removing a variable. */
export function canUnset(format: ShellFormat): boolean {
  return SHELLS[format].unset !== undefined;
}

/**
 * The lines that make a change in a shell, each ended by a line feed.
 * @throws Failure unquotable-value, which names the variable and never its value
 */
export function renderChange(format: ShellFormat, { set, unset }: EnvironmentChange): string {
  const shell = SHELLS[format];
  const lines = [...set].map(([name, value]) => {
    const word = shell.quote(value);
    if (word === undefined) throw new Failure({ kind: 'unquotable-value', variable: name, format });
    return shell.set(name, word);
  });
  const removals = shell.unset ? unset.map((name) => shell.unset!(name)) : [];
  return [...removals, ...lines].map((line) => `${line}\n`).join('');
}
