/** What the terminal says of what is typed, in English. */
import { texts } from '../problems/text.ts';

export const english = {
  yes: 'yes',
  no: 'no',
  sixDigits: 'a code has six digits',
  empty: 'it is empty',
  yesOrNo: 'type y for yes or n for no',
  number: (most: number) => `Number (1-${most})`,
  noNumber: (typed: string) => `there is no number ${typed}`,
};
export const words = texts('system', english);
