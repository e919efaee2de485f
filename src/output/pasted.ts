/** A name in a command that a person may paste into a shell. */

/**
 * As it is where no shell has a meaning for it; else in double quotes, which cmd.exe knows too, where
 * nothing in it means anything inside of them; else in the pieces that bash, zsh and fish read alike:
 * to fish a backslash escapes between single quotes, too.
 */
export function pasted(name: string): string {
  if (/^(?:~\/)?[\p{L}\p{N}_./:@%+,][\p{L}\p{N}_./:@%+,=-]*$/u.test(name)) return name;
  if (!/["$`!%]|\\(?:\\|$)/.test(name)) return `"${name}"`;
  return name.replace(/[^'\\]+|['\\]+/g, (piece) =>
    /['\\]/.test(piece) ? `"${piece.replaceAll('\\', '\\\\')}"` : `'${piece}'`,
  );
}

/** A profile's name where a command of this program takes one: a hyphen would begin an option. */
export function pastedName(name: string): string {
  return name.startsWith('-') ? `--profile=${pasted(name)}` : pasted(name);
}
