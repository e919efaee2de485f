/** The words of `env` in English. */
import type { Help } from '../../cli/help.ts';
import { texts } from '../../problems/text.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'print a session as shell variables or JSON',
  options: {
    format: "the output format; the calling shell's, unless given",
    unset: 'print what removes the session from the shell again',
  },
  examples: [
    ['eval "$(mfa-profile env prod)"', 'bash, zsh and other POSIX shells'],
    ['mfa-profile env prod | source', 'fish'],
    ['mfa-profile env prod | Out-String | Invoke-Expression', 'PowerShell'],
    ['eval "$(mfa-profile env --unset)"', 'and out again'],
  ],
};

export const english = {
  contradicts: (format: string) => `--json contradicts --format ${format}`,
  unsetNeedsShell: (format: string) =>
    `--unset needs the format of a shell, which ${format} is not`,
};
export const words = texts('env', english);
