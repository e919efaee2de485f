/** Exit 3: a code was needed and could not be had. */
import { english as ofOutput } from '../words.ts';
import type { Of, SomeEntries } from './entry.ts';

type NoCode = Of<'no-code'>;

const WHY_NONE: Readonly<Record<NoCode['why'], (tried: readonly string[]) => string>> = {
  'no-prompt': () => 'but --no-prompt is set',
  'mfa-prompt': () => 'but mfa_prompt = none says not to ask for it',
  'no-terminal': () => 'and there is no terminal to ask on',
  'no-console': () => 'and there is no console to ask on',
  'no-display': () =>
    'and there is no display for a window to ask in (neither DISPLAY nor WAYLAND_DISPLAY is set)',
  'no-window': (tried) =>
    `and no program here opens a window to ask in (tried ${tried.join(', ')})`,
  'no-answer': () => 'and nobody answered the window in 5 minutes',
};

export const code = {
  'no-code': {
    exit: 3,
    words: ({ session, why, tried = [] }) => [
      `${session} needs an MFA code, ${WHY_NONE[why](tried)}`,
      why === 'no-window' || why === 'no-display' || why === 'no-answer'
        ? 'ask on a terminal with --prompt terminal; give it with --token-code CODE or, from stdin, --token-code -; or set mfa_process in the profile to a command that prints it'
        : why === 'mfa-prompt'
          ? 'be asked all the same with --prompt terminal, or give it with --token-code CODE or, from stdin, --token-code -'
          : why === 'no-console'
            ? 'give it with -t CODE or, from stdin, -t -; in Git Bash, whose window is no console: winpty mfa-profile.cmd, and the same words; or set mfa_process in the profile to a command that prints it'
            : 'give it with --token-code CODE or, from stdin, --token-code -; set mfa_process in the profile to a command that prints it, or run this in a terminal',
    ],
  },
  'code-command-failed': {
    exit: 3,
    words: ({ session, how, at }) => [
      `the mfa_process of ${session} gave no code: ${how}${at ? ` (${ofOutput.lineOf(at.path, at.line)})` : ''}`,
      'run that command by hand: it must print the six digits and end with status 0',
    ],
  },
  'still-asked': {
    exit: 3,
    words: ({ session, seconds, at }) =>
      at === 'question'
        ? [
            `another mfa-profile is still waiting for the MFA code of ${session} (${seconds} s)`,
            'answer its question, or end it, and run this again',
          ]
        : [
            at === 'command'
              ? `another mfa-profile is still running the mfa_process for ${session} (${seconds} s)`
              : `another mfa-profile is still at its call to AWS for ${session} (${seconds} s)`,
            'let it finish, or end it, and run this again',
          ],
  },
} as const satisfies SomeEntries;
