/** What the quick way reads and answers. */

/** What is to be written; the exit code is 0. */
export interface Answer {
  readonly product: string;
  /** Lines for stderr. */
  readonly said: readonly string[];
}

export interface PlainFiles {
  readonly credentials: Buffer;
  readonly config: Buffer;
}
