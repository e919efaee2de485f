/** Words of a file or a server, made fit for a terminal. */

/** No control character may reach the terminal: it could move the cursor, or hide what was said. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '?');
}
