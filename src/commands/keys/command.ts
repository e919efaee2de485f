/** `keys`, as the command line takes it. */
import type { Command } from '../../cli/command.ts';

/** Its own options, beside those that other commands have too. */
export type Own = 'to';

/** `read` is for the AWS tools: it is what `credential_process` starts. */
export const ACTIONS = ['move', 'show', 'restore', 'read'] as const;
export type Action = (typeof ACTIONS)[number];

export const command = {
  name: 'keys',
  actions: ACTIONS,
  names: { value: 'NAME', most: 1 },
  options: [{ name: 'to', takes: 'text', value: 'STORE' }],
} as const satisfies Command<Own>;
