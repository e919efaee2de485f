/**
 * What comes out of a pipe, as text. Programs of Windows write by the code page of their console, and
 * Windows PowerShell 5.1 redirects in UTF-16: neither is UTF-8.
 */

/** Code pages that consoles there begin with, by the language of the system. */
const CONSOLE_ENCODINGS: readonly (readonly [language: RegExp, encoding: string])[] = [
  [/^ja\b/i, 'shift_jis'],
  [/^ko\b/i, 'euc-kr'],
  [/^zh\b.*-(?:hant|tw|hk|mo)\b/i, 'big5'],
  [/^zh\b/i, 'gbk'],
  [/^(?:be|bg|ru|uk)\b/i, 'ibm866'],
];

/** Bytes in the pieces in which they come. */
export class HeardBytes {
  readonly #pieces: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  text(platform: string): string {
    return heardText(Buffer.concat(this.#pieces), platform);
  }
}

/**
 * @param systemLanguage asked only for bytes that are no UTF-8; node has it from Windows, and from no
 *   variable there
 */
export function heardText(
  bytes: Buffer,
  platform: string,
  systemLanguage = () => Intl.DateTimeFormat().resolvedOptions().locale,
): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  const text = bytes.toString('utf8');
  if (platform !== 'win32' || !text.includes('\ufffd')) return text;
  const language = systemLanguage();
  const [, encoding] = CONSOLE_ENCODINGS.find(([pattern]) => pattern.test(language)) ?? [];
  return encoding === undefined ? text : decode(bytes, encoding, text);
}

/** A node that was built without all encodings has none of these. */
function decode(bytes: Buffer, encoding: string, otherwise: string): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return otherwise;
  }
}
