/** What a person may paste into a shell. */
import { isWindowsPath } from '../profiles/paths.ts';

/** The command that shows a file: `dir` is known to cmd.exe, PowerShell and Git Bash. */
export const lookAt = (path: string): string =>
  `${isWindowsPath(path) ? 'dir' : 'ls -l'} ${pasted(path)}`;

/**
 * A name in such a command: as it is where no shell has a meaning for it; else in double quotes,
 * which cmd.exe knows too, where nothing in it means anything inside of them; else in the pieces that
 * bash, zsh and fish read alike: to fish a backslash escapes between single quotes, too. PowerShell
 * reads them as one word as well where the first is in no quotes.
 */
export function pasted(name: string): string {
  // A path of Windows, whose shells know no single quotes: none of them has a meaning for what is in it.
  if (isWindowsPath(name) && !/["$`%]/.test(name)) return `"${name}"`;
  if (/^(?:~\/)?[\p{L}\p{N}_./:@%+,][\p{L}\p{N}_./:@%+,=-]*$/u.test(name)) return name;
  if (!/["$`!%]|\\(?:\\|$)/.test(name)) return `"${name}"`;
  if (!/['\\]/.test(name)) return `'${name}'`;
  const bare = /^(?:[\p{L}\p{N}_./][\p{L}\p{N}_./:@+-]*)?/u.exec(name)![0];
  const pieces = name.slice(bare.length).match(/[^'\\]+|['\\]+/g)!;
  const quotes = pieces.map((piece) =>
    /['\\]/.test(piece) ? `"${piece.replaceAll('\\', '\\\\')}"` : `'${piece}'`,
  );
  return bare + quotes.join('');
}

/**
 * A profile's name where a command of this program takes one: a hyphen would begin an option, and
 * what begins with quotes and goes on after them is several words to PowerShell.
 */
export function pastedName(name: string): string {
  const quoted = pasted(name);
  const isOneWord = !name.startsWith('-') && !/^(?:'[^']*'|"[^"]*").+$/.test(quoted);
  return isOneWord ? quoted : `--profile=${quoted}`;
}
