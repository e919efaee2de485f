/** What the help says of a command: one such text for each language. */
import type { SessionOption } from './options.ts';

export interface Help<Own extends string> {
  readonly summary: string;
  /** By option; a session option is here only where it means something of its own. */
  readonly options: Readonly<Record<Own, string>> &
    Partial<Readonly<Record<SessionOption, string>>>;
  /** Command lines with a word on each. */
  readonly examples: readonly (readonly [line: string, about: string])[];
}
