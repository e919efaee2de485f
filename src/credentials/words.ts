/** What is wrong with the answer of a `credential_process`, in English. */
import { texts } from '../problems/text.ts';

export const english = {
  noJson: 'it did not print one JSON object',
  noVersion: 'its answer has no "Version": 1',
  noField: (field: string) => `its answer has no ${field}`,
};
export const words = texts('credentials', english);
