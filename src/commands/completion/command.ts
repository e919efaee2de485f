/** `completion`, as the command line takes it. */
import type { Command } from '../../cli/command.ts';
import { SHELLS } from '../../shells/names.ts';

/** Its own options, beside those that other commands have too. */
export type Own = never;

export const command = {
  name: 'completion',
  names: { value: 'SHELL', most: 1, choices: SHELLS },
  takesRest: ' [-- WORD…]',
  options: [],
} as const satisfies Command<Own>;
