/** How a file of variables is written, which has no words for removing one. */
import { CONTROL, PLAIN } from '../format.ts';
import type { Format } from '../format.ts';

/**
 * What Node, Compose and a shell that sources the file read alike; to `docker --env-file` quotes are text.
 */
function quoteDotenv(value: string): string | undefined {
  if (PLAIN.test(value)) return value;
  if (CONTROL.test(value)) return undefined;
  if (!value.includes("'")) return `'${value}'`;
  return /["$`\\]/.test(value) ? undefined : `"${value}"`;
}

export const dotenv: Format = {
  quote: quoteDotenv,
  set: (name, word) => `${name}=${word}`,
};
