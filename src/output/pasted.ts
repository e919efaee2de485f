/** What a person may paste into a shell. */
import { isWindowsPath } from '../profiles/paths.ts';

/** The command that shows a file: `dir` is known to cmd.exe, PowerShell and Git Bash. */
export const lookAt = (path: string): string =>
  `${isWindowsPath(path) ? 'dir' : 'ls -l'} ${pasted(path)}`;

/**
 * A name in such a command: as it is where no shell has a meaning for it; else in double quotes,
 * which cmd.exe knows too, where nothing in it means anything inside of them; else in the pieces that
 * bash, zsh and fish read alike: to fish a backslash escapes between single quotes, too.
 */
export function pasted(name: string): string {
  // A path of Windows, whose shells know no single quotes: none of them has a meaning for what is in it.
  if (isWindowsPath(name) && !/["$`%]/.test(name)) return `"${name}"`;
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
