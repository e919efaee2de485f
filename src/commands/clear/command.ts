/** `clear`, as the command line takes it. */
import type { Command } from '../../cli/command.ts';
import { sessionOptions } from '../../cli/options.ts';

/** Its own options, beside those that other commands have too. */
export type Own = 'expired' | 'all';

export const command = {
  name: 'clear',
  names: { value: 'NAME', most: Infinity },
  options: [
    ...sessionOptions('session-profile'),
    { name: 'expired', takes: 'flag' },
    { name: 'all', takes: 'flag' },
  ],
} as const satisfies Command<Own>;
