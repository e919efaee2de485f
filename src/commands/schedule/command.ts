/** `schedule`, as the command line takes it. */
import type { Command } from '../../cli/command.ts';
import { SCHEDULERS } from './schedulers.ts';

/** Its own options, beside those that other commands have too. */
export type Own = 'install' | 'uninstall' | 'min-ttl' | 'notify';

export const command = {
  name: 'schedule',
  names: { value: 'SCHEDULER', most: 1, least: 1, choices: SCHEDULERS },
  options: [
    { name: 'install', takes: 'flag' },
    { name: 'uninstall', takes: 'flag' },
    { name: 'min-ttl', takes: 'text', value: 'LENGTH' },
    { name: 'notify', takes: 'flag' },
  ],
} as const satisfies Command<Own>;
