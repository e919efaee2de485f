/** `doctor`, as the command line takes it. */
import type { Command } from '../../cli/command.ts';

/** Its own options, beside those that other commands have too. */
export type Own = 'fix';

export const command = {
  name: 'doctor',
  names: { value: 'NAME', most: 1 },
  options: [{ name: 'fix', takes: 'flag' }],
} as const satisfies Command<Own>;
