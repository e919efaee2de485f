/** `hook`, as the command line takes it. */
import type { Command } from '../../cli/command.ts';
import { sessionOptions } from '../../cli/options.ts';
import { SHELLS } from '../../shells/names.ts';

/** Its own options, beside those that other commands have too. */
export type Own = 'each-prompt' | 'prompt';

export const command = {
  name: 'hook',
  names: { value: 'SHELL', most: 1, least: 1, choices: SHELLS },
  options: [
    ...sessionOptions('min-ttl'),
    { name: 'each-prompt', takes: 'flag' },
    { name: 'prompt', takes: 'flag' },
  ],
} as const satisfies Command<Own>;
