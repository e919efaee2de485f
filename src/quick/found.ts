/** What the quick way is asked and what it answers. */
import type { ParsedLine } from '../cli/line.ts';
import type { Said } from '../problems/text.ts';
import type { AwsFiles } from '../profiles/profiles.ts';
import type { Viewpoint } from '../profiles/sessions.ts';
import type { NearWorld } from '../world.ts';

/** What is to be written; the exit code is 0. */
export interface Answer {
  readonly product: string;
  /** Lines for stderr. */
  readonly said: readonly Said[];
}

/** A plain command line, and the files that it is about. */
export interface Question {
  readonly line: ParsedLine;
  readonly near: NearWorld;
  readonly files: AwsFiles;
  readonly view: Viewpoint;
}
