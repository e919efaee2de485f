/** Words of a file or a server, made fit for a terminal. */

/** No control character may reach the terminal: it could move the cursor, or hide what was said. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '?');
}
/** Characters that cannot be seen, by their numbers: `prod<U+200B>`. */
export function spellInvisible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]|[^\S ]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16).toUpperCase();
    return `<U+${code.padStart(4, '0')}>`;
  });
}
