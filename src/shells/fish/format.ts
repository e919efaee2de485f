/** How fish is told to set and to remove a variable. */
import { PLAIN } from '../format.ts';
import type { Format } from '../format.ts';

/**
 * Between single quotes a backslash quotes itself and the single quote, and nothing else is
 * special.
 */
export function quoteFish(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replace(/['\\]/g, '\\$&')}'`;
}

export const fish: Format = {
  quote: quoteFish,
  set: (name, word) => `set -gx ${name} ${word}`,
  unset: (name) => `set -e ${name}`,
};
