/** A name in a command that a person may paste into a shell. */

/**
 * As it is where no shell has a meaning for it; else in quotes: double ones, which cmd.exe knows
 * too, where nothing in it means anything inside of them, and those of POSIX and PowerShell for the
 * rest.
 */
export function pasted(name: string): string {
  if (/^(?:~\/)?[\p{L}\p{N}_./:@%+,][\p{L}\p{N}_./:@%+,=-]*$/u.test(name)) return name;
  if (!/["$`\\!%]/.test(name)) return `"${name}"`;
  return `'${name.replaceAll("'", "'\\''")}'`;
}
