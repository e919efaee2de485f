/** Text as bytes, one character each, and what botocore takes for a blank in it. */

export const BOM = '\xef\xbb\xbf';

/** What Python's `str.strip` takes for blank, and therefore botocore. */
const BLANKS =
  '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LEADING_BLANKS = new RegExp(`^${BLANKS}+`);
const TRAILING_BLANK = new RegExp(`${BLANKS}$`);

/** What of ASCII Python's `str.strip` takes for blank. */
export function isAsciiBlank(code: number): boolean {
  return code <= 32 && (code === 32 || (code >= 9 && code <= 13) || code >= 28);
}

/** Trims as botocore does. */
export function strip(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isAsciiBlank(text.charCodeAt(from))) from += 1;
  while (to > from && isAsciiBlank(text.charCodeAt(to - 1))) to -= 1;
  const rest = text.slice(from, to);
  // A blank beyond ASCII may stand there.
  const mayGoOn = text.charCodeAt(from) >= 0x80 || text.charCodeAt(to - 1) >= 0x80;
  return mayGoOn ? stripEnd(rest.replace(LEADING_BLANKS, '')) : rest;
}

/** Trims only the end; a loop: a regex is quadratic on long runs of blanks. */
export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && TRAILING_BLANK.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Visible ASCII, by far the most common case. */
export function isPlain(code: number): boolean {
  return code > 32 && code < 127;
}

/** How many characters of blank a line of decoded text opens with. */
export function indentation(text: string): number {
  return LEADING_BLANKS.exec(text)?.[0].length ?? 0;
}

export function isAscii(bytes: string): boolean {
  return !/[\x80-\xff]/.test(bytes);
}

/** Bytes (latin1) as the UTF-8 text that they stand for. */
export function decodeUtf8(bytes: string): string {
  return isAscii(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Text as UTF-8 bytes, one character each. */
export function encodeUtf8(text: string): string {
  return /[^\x00-\x7f]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}

/** The bytes that a document's text stands for. */
export function encodeText(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** The line, counted from 1, that an offset stands in. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}

/** Where the text begins: after the byte order mark, which is kept. */
export function textStart(text: string): number {
  return text.startsWith(BOM) ? BOM.length : 0;
}

const PAGE_BYTES = 4096;

/** Empty or whole pages long: a writer that truncates first may not have finished. */
export function looksCut(bytes: Uint8Array): boolean {
  return bytes.length % PAGE_BYTES === 0;
}
