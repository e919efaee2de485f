/**
 * What a form that a session is printed in consists of, and the texts that need no quotes in any.
 */

export interface Format {
  /** The word that means exactly this text; undefined if the form has no such word. */
  quote(value: string): string | undefined;
  set(name: string, word: string): string;
  /** Absent if a file of this form cannot remove a variable. */
  unset?(name: string): string;
}

/**
 * Plain to every shell here, as keys, tokens, regions, times and options are. A `=` stands at the
 * end only, or after an option's name, and never after a colon or at the start: zsh looks up a
 * command in `=ls` and in `x:=ls`.
 */
export const PLAIN = /^(?:--[a-z-]+=)?[\w./+-]+(?::[\w./+-]+)*=*$/;

export const CONTROL = /[\x00-\x1f\x7f]/;
