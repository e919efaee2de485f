/** `env`, as the command line takes it. */
import type { Command } from '../../cli/command.ts';
import { SESSION_OPTIONS } from '../../cli/options.ts';
import { SHELL_FORMATS } from '../../shells/names.ts';

/** Its own options, beside those that other commands have too. */
export type Own = 'format' | 'unset';

export const command = {
  name: 'env',
  names: { value: 'NAME', most: 1 },
  options: [
    ...SESSION_OPTIONS,
    {
      name: 'format',
      takes: 'choice',
      choices: [...SHELL_FORMATS, 'json', 'process'],
      value: 'FORMAT',
    },
    { name: 'unset', takes: 'flag' },
  ],
} as const satisfies Command<Own>;
