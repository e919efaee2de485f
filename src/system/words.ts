/** What the terminal says of what is typed, in English. */
import { texts } from '../problems/text.ts';

export const english = {
  yes: 'yes',
  no: 'no',
  sixDigits: 'a code has six digits',
  empty: 'it is empty',
};
export const words = texts('system', english);
