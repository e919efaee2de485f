/** The command line by which cmd.exe runs a batch file with arguments that stay arguments. */

// No quoting is needed around these.
const PLAIN = /^[\w#$*+\-./:?@\\]+$/;

/**
 * The text after `cmd.exe /e:ON /v:OFF /d /c`; undefined if an argument cannot be passed. A batch
 * file's arguments are parsed twice, once for its own line and once where it says `%*`. A quote is
 * doubled, as both parses and the C runtime then stay inside the quotes; `%%cd:~,%` is a percent
 * sign and an empty slice of a variable, so that no name between two signs expands (as in Rust's
 * fix for CVE-2024-24576).
 */
export function batchLine(file: string, args: readonly string[]): string | undefined {
  if ([file, ...args].some((word) => /[\r\n\0]/.test(word)) || file.includes('"')) return undefined;
  const words = [`"${neutralise(file)}"`, ...args.map(quoteArgument)];
  return `"${words.join(' ')}"`;
}

function quoteArgument(text: string): string {
  // Backslashes before a quote would quote it.
  const safe = neutralise(text).replace(/(\\*)"/g, '$1$1""');
  if (PLAIN.test(text) && !text.endsWith('\\')) return safe;
  return `"${safe.replace(/\\+$/, '$&$&')}"`;
}

function neutralise(text: string): string {
  return text.replaceAll('%', '%%cd:~,%');
}
