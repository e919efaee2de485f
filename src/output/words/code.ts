/** Exit 3: a code was needed and could not be had. */
import { english as ofOutput } from '../words.ts';
import type { SomeEntries } from './entry.ts';

export const code = {
  'no-code': {
    exit: 3,
    words: ({ session, why }) => [
      why === 'no-prompt'
        ? `${session} needs an MFA code, but --no-prompt is set`
        : `${session} needs an MFA code, and there is no ${why === 'no-console' ? 'console' : 'terminal'} to ask on`,
      why === 'no-console'
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
