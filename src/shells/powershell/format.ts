/** How PowerShell is told to set and to remove a variable. */
import { CONTROL } from '../format.ts';
import type { Format } from '../format.ts';

/**
 * An expression whose value is the text (about_Quoting_Rules: in single quotes a doubled one stands
 * for one, and nothing else is special). It is ASCII: what a program prints is decoded by the
 * console's code page, and Windows PowerShell 5.1 reads a script without a BOM by the system's; and
 * the typographic quotes, which PowerShell takes for quotes, never stand in it as themselves.
 */
export function quotePowershell(value: string): string {
  const parts = value.split(/([^\x00-\x7f])/).filter((part) => part !== '');
  const inQuotes = (part: string): string => `'${part.replaceAll("'", "''")}'`;
  if (!parts.some((part) => /[^\x00-\x7f]/.test(part))) return inQuotes(value);
  const words = parts.map((part) =>
    /[^\x00-\x7f]/.test(part) ? `[char]0x${part.charCodeAt(0).toString(16)}` : inQuotes(part),
  );
  // The first operand makes it a text: two characters would be added up.
  return `(${(words[0]!.startsWith("'") ? words : ["''", ...words]).join('+')})`;
}

export const powershell: Format = {
  // `| Invoke-Expression` evaluates line by line.
  quote: (value) => (CONTROL.test(value) ? undefined : quotePowershell(value)),
  set: (name, word) => `$Env:${name}=${word}`,
  unset: (name) => `$Env:${name}=$null`,
};
