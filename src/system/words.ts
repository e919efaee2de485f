/** What the terminal says of what is typed, in English. */
import { texts } from '../problems/text.ts';
import type { Text } from '../problems/text.ts';

export const english = {
  /** Between a question and its answer. */
  separator: '›',
  /** Before the row that Enter would take. */
  pointer: '❯',
  /** Stands for a character that is not shown. */
  dot: '•',
  /** Stands for what does not fit. */
  cut: '…',
  yes: 'yes',
  no: 'no',
  /** Of a window, and before its field. */
  windowTitle: 'MFA code',
  sixDigits: 'a code has six digits',
  empty: 'it is empty',
  yesOrNo: 'type y for yes or n for no',
  number: (most: number) => `Number (1-${most})`,
  noNumber: (typed: string) => `there is no number ${typed}`,
  tooLong: (seconds: number) => `it ran longer than ${seconds} s and was ended`,
  tooMuch: 'it printed more than 64 KiB and was ended',
  notHere: 'it is not on this machine',
  notStarted: (code: string) => `it could not be started (${code})`,
  endedWith: (status: number) => `it ended with status ${status}`,
  endedBy: (signal: string) => `${signal} ended it`,
  noCode: 'there are no six digits in its output',
  severalCodes: 'there is more than one code in its output',
};
export const words = texts('system', english);

/** How a command failed. */
export function ended(status: number | null, signal: string | null): Text {
  return signal === null ? words.endedWith(status ?? 1) : words.endedBy(signal);
}
