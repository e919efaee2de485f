/** A command line taken apart. */

/** A command line taken apart, its values still the user's own text. */
export interface ParsedLine {
  readonly command: string;
  readonly names: readonly string[];
  /** The word of a fixed list given instead of names, such as a shell, or before them. */
  readonly choice?: string | undefined;
  /** What follows `--`; undefined if there is none. */
  readonly rest: readonly string[] | undefined;
  /** By option name: the text of its value, or true for a flag. */
  readonly options: ReadonlyMap<string, string | true>;
}
