/** The shape that every command has, and what the command line hands to it. */
import type { World } from '../world.ts';
import type { OptionSpec, SessionOption } from './options.ts';
import type { Settings } from './settings.ts';

/** A command as the command line takes it; the help's words are a {@link Help}. */
export interface Command<Own extends string = string> {
  readonly name: string;
  /** How many names it takes, and what they are called in the help. */
  readonly names: {
    readonly value: string;
    readonly most: number;
    readonly least?: number;
    readonly choices?: readonly string[];
  };
  /** Its first word says which of these is to be done; the names follow. */
  readonly actions?: readonly string[];
  /** What may follow the names, as the help shows it: ` -- CMD…`. */
  readonly takesRest?: string;
  /**
   * True if that may stand without `--`, too: PowerShell swallows one in front of a script's words.
   */
  readonly takesCommand?: true;
  /** Its options, next to the global ones. */
  readonly options: readonly OptionSpec<Own | SessionOption>[];
  /** The longest --duration that it takes, in seconds; what AWS gives a session unless given. */
  readonly longestSeconds?: number;
}

/** Carries a command out. @returns the exit code. @throws Failure, which main words. */
export type Run<Own extends string> = (settings: Settings<Own>, world: World) => Promise<number>;
