/** `refresh`, as the command line takes it. */
import type { Command } from '../../cli/command.ts';
import { SESSION_OPTIONS } from '../../cli/options.ts';

/** Its own options, beside those that other commands have too. */
export type Own = 'all' | 'if-expired' | 'notify' | 'tell-once';

export const command = {
  name: 'refresh',
  names: { value: 'NAME', most: Infinity },
  options: [
    ...SESSION_OPTIONS,
    { name: 'all', takes: 'flag' },
    { name: 'if-expired', takes: 'flag' },
    { name: 'notify', takes: 'flag' },
    { name: 'tell-once', takes: 'flag' },
  ],
} as const satisfies Command<Own>;
