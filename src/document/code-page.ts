/**
 * Text as Python reads it on Windows, where it goes by the system's code page: botocore opens both
 * files without naming an encoding.
 */

export const UTF8_CODE_PAGE = 65_001;

/** The first byte of two; any other stands for a character of its own. */
const PAIRS = /[\x81-\x9f\xe0-\xfc][^]?/g;
/** What Python's cp1252 has no character for. */
const NOT_1252 = /[\x81\x8d\x8f\x90\x9d]/;

/**
 * Whether Python can read the bytes (one character each) in a code page of Windows: 932 (Japanese) or
 * 1252 (Western European). Undefined for any other.
 */
export function isReadIn(bytes: string, codePage: number): boolean | undefined {
  if (codePage === 1252) return !NOT_1252.test(bytes);
  if (codePage !== 932) return undefined;
  const pairs = bytes.match(PAIRS) ?? [];
  try {
    new TextDecoder('shift_jis', { fatal: true }).decode(Buffer.from(pairs.join(''), 'latin1'));
    return pairs.every((pair) => pair.length === 2);
  } catch {
    return false;
  }
}
