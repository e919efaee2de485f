/** What the quick way reads and answers. */

import type { Said } from '../problems/text.ts';

/** What is to be written; the exit code is 0. */
export interface Answer {
  readonly product: string;
  /** Lines for stderr. */
  readonly said: readonly Said[];
}

export interface PlainFiles {
  readonly credentials: Buffer;
  readonly config: Buffer;
}
