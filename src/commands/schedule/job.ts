/** What a scheduler is given to start, and the files that it keeps it in. */

/** What is started, every five minutes. */
export interface Job {
  /** Node and this program, or the one executable, by absolute paths; then `refresh` and the rest. */
  readonly command: readonly string[];
  /** All that its environment holds, next to what the scheduler itself sets. */
  readonly environment: ReadonlyMap<string, string>;
  /** `process.platform` of the machine that it is for. */
  readonly platform: string;
  readonly home: string;
  /**
   * Where the user's settings are: by the XDG base directory specification, on Windows
   * %LOCALAPPDATA%.
   */
  readonly configFolder: string;
  /** The line that prints this text again, for its first comment. */
  readonly printedBy: readonly string[];
}

/** A file of the scheduler's, to be put in place or removed as a whole. */
export interface ScheduleFile {
  readonly path: string;
  readonly text: string;
  /** Permission bits. */
  readonly mode: number;
  /** UTF-8 unless given. */
  readonly encoding?: 'utf16le';
}

export const MINUTES = 5;

/** Of the words that are started those before `refresh`: node and this program, or the one executable. */
export function programsIn(words: readonly string[]): string[] {
  return words.slice(0, Math.max(words.indexOf('refresh'), 1));
}

/** For the text of an element. */
export const quoteForXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const unquoteXml = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
