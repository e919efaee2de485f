/** `rotate`, as the command line takes it. */
import type { Command } from '../../cli/command.ts';
import { SESSION_OPTIONS } from '../../cli/options.ts';

/** Its own options, beside those that other commands have too. */
export type Own = 'delete' | 'finish' | 'abandon' | 'replace-key' | 'yes';

export const command = {
  name: 'rotate',
  names: { value: 'NAME', most: 1 },
  options: [
    ...SESSION_OPTIONS,
    { name: 'delete', takes: 'flag' },
    { name: 'finish', takes: 'flag' },
    { name: 'abandon', takes: 'flag' },
    { name: 'replace-key', takes: 'text', value: 'ID' },
    { name: 'yes', takes: 'flag' },
  ],
} as const satisfies Command<Own>;
