/** `status`, as the command line takes it. */
import type { Command } from '../../cli/command.ts';
import { sessionOptions } from '../../cli/options.ts';

/** Its own options, beside those that other commands have too. */
export type Own = 'check' | 'watch' | 'notify';

export const command = {
  name: 'status',
  names: { value: 'NAME', most: Infinity },
  options: [
    ...sessionOptions('min-ttl', 'session-profile'),
    { name: 'check', takes: 'flag' },
    { name: 'watch', takes: 'flag' },
    { name: 'notify', takes: 'flag' },
  ],
} as const satisfies Command<Own>;
