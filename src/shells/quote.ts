/** One word, written so that a shell takes it for exactly that word. */

/** For bash, zsh and every POSIX shell. */
export function quoteForSh(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** For fish, where a backslash escapes inside single quotes too. */
export function quoteForFish(word: string): string {
  return /^[\w@+=:,./-]+$/.test(word) ? word : `'${word.replace(/[\\']/g, '\\$&')}'`;
}

/** For PowerShell, which takes typographic apostrophes for quotes as well. */
export function quoteForPowershell(word: string): string {
  return `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}
