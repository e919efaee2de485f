/** How bash, zsh and every POSIX shell are told to set and to remove a variable. */
import { PLAIN } from '../format.ts';
import type { Format } from '../format.ts';

/** POSIX.1-2017, 2.2.2: nothing is special between single quotes, and none can stand there. */
export function quotePosix(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

export const posix: Format = {
  quote: quotePosix,
  set: (name, word) => `export ${name}=${word}`,
  unset: (name) => `unset ${name}`,
};

/** For a shell's own variables, which its children do not see. */
export const posixNoExport: Format = {
  quote: quotePosix,
  set: (name, word) => `${name}=${word}`,
  unset: (name) => `unset ${name}`,
};
