/** How cmd.exe is told to set and to remove a variable. */
import { CONTROL, PLAIN } from '../format.ts';
import type { Format } from '../format.ts';

/** cmd.exe has no escape for `%`, `!` and `"` that serves both a batch file and a typed line. */
export function quoteCmd(value: string): string | undefined {
  return /["%!]/.test(value) || CONTROL.test(value) ? undefined : value;
}

export const cmd: Format = {
  quote: quoteCmd,
  // Quoted as a whole, so that & | < > ^ and blanks at the end are text.
  set: (name, word) => (PLAIN.test(word) ? `set ${name}=${word}` : `set "${name}=${word}"`),
  unset: (name) => `set ${name}=`,
};
