/** `console`, as the command line takes it. */
import { LONGEST_ROLE_SECONDS } from '../../aws/duration.ts';
import type { Command } from '../../cli/command.ts';
import { SESSION_OPTIONS } from '../../cli/options.ts';

/** Its own options, beside those that other commands have too. */
export type Own = 'print' | 'service' | 'browser';

export const command = {
  name: 'console',
  names: { value: 'NAME', most: 1 },
  options: [
    { name: 'print', takes: 'flag' },
    { name: 'service', takes: 'text', value: 'PATH' },
    { name: 'browser', takes: 'text', value: 'CMD' },
    ...SESSION_OPTIONS,
  ],
  // The console is opened as a role.
  longestSeconds: LONGEST_ROLE_SECONDS,
} as const satisfies Command<Own>;
