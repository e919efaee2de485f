/** The words of `status` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'list sessions and when they end',
  options: {
    check: 'print nothing; exit 3 unless every session is valid',
    watch: 'redraw every second, until q or Ctrl-C',
    notify: 'with --watch: tell the desktop when a session is about to end',
  },
  examples: [
    ['mfa-profile status', 'all that is known'],
    ['mfa-profile status --check prod', 'for scripts'],
  ],
};
