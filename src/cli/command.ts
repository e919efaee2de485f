/** The shape that every command has, and what the command line hands to it. */
import type { World } from '../world.ts';
import type { OptionSpec } from './options.ts';
import type { Settings } from './settings.ts';

/** A command line taken apart, its values still the user's own text. */
export interface ParsedLine {
  readonly command: string;
  readonly names: readonly string[];
  /** The word of a fixed list that stands in the place of names, such as a shell. */
  readonly choice?: string | undefined;
  /** What stands behind `--`; undefined where there is none. */
  readonly rest: readonly string[] | undefined;
  /** By option name: the text of its value, or true for a flag. */
  readonly options: ReadonlyMap<string, string | true>;
}

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** How many names it takes, and what they are called in the help. */
  readonly names: {
    readonly value: string;
    readonly most: number;
    readonly least?: number;
    readonly choices?: readonly string[];
  };
  /** What may follow the names, as the help shows it: ` -- CMD…`. */
  readonly takesRest?: string;
  /** Its own options, next to the global ones. */
  readonly options: readonly OptionSpec[];
  /** Command lines with a word on each, for the help. */
  readonly examples: readonly (readonly [line: string, about: string])[];
}

/** Carries a command out. @returns the exit code. @throws Failure, which main words. */
export type Run = (settings: Settings, world: World) => Promise<number>;
