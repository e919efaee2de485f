/** What the help says: one such text for each language. */
import type { GlobalOption, SessionOption } from './options.ts';

/** Of one command. */
export interface Help<Own extends string> {
  readonly summary: string;
  /** By option; a session option is here only if it means something of its own. */
  readonly options: Readonly<Record<Own, string>> &
    Partial<Readonly<Record<SessionOption, string>>>;
  /** Command lines with a word on each. */
  readonly examples: readonly (readonly [line: string, about: string])[];
}

/** Of the options that several commands have. */
export type OptionWords = Readonly<
  Record<GlobalOption | SessionOption | 'help' | 'version', string>
>;

/** Of the whole. */
export interface HelpFrame {
  readonly usage: string;
  readonly summary: string;
  readonly commands: string;
  readonly options: string;
  readonly globalOptions: string;
  readonly examples: string;
  /** The last lines of the program's own help. */
  readonly closing: readonly string[];
  /** The last line of a command's help. */
  readonly more: string;
}

/** All of it in one language. */
export interface HelpTexts {
  readonly frame: HelpFrame;
  readonly options: OptionWords;
  /** By command. */
  readonly commands: Readonly<Record<string, Help<string>>>;
}
