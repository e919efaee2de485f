/** `exec`, as the command line takes it. */
import type { Command } from '../../cli/command.ts';
import { SESSION_OPTIONS } from '../../cli/options.ts';

/** Its own options, beside those that other commands have too. */
export type Own = never;

export const command = {
  name: 'exec',
  names: { value: 'NAME', most: 1 },
  takesRest: ' [-- CMD…]',
  takesCommand: true,
  options: [...SESSION_OPTIONS],
} as const satisfies Command<Own>;
