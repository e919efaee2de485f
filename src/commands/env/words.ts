/** The words of `env` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'print a session for a shell, or as JSON',
  options: {
    format: 'the calling shell, unless given',
    unset: 'print what takes the session out of the shell again',
  },
  examples: [
    ['eval "$(mfa-profile env prod)"', 'bash, zsh and other POSIX shells'],
    ['mfa-profile env prod | source', 'fish'],
    ['mfa-profile env prod | Invoke-Expression', 'PowerShell'],
    ['eval "$(mfa-profile env --unset)"', 'and out again'],
  ],
};
