/** The command line, the program that exec runs, the scheduler, and this program itself. */
import type { SomeEntries } from './entry.ts';
import { ofFile, ofStart } from './system.ts';

export const run = {
  usage: { exit: 2, words: ({ message, hint }) => [message, hint] },
  'scheduler-failed': {
    exit: 4,
    words: ({ command, how }) => [
      `${command} failed: ${how}`,
      'nothing was changed; run it without --install and install the output yourself',
    ],
  },
  'program-not-runnable': {
    exit: 126,
    words: (problem) => [`cannot run ${problem.program}: ${ofStart(problem.code)}`],
  },
  'program-not-found': {
    exit: 127,
    words: (problem) => [
      /[/\\]/.test(problem.program)
        ? `there is no program "${problem.program}"`
        : `there is no command "${problem.program}" on PATH`,
      problem.isShell
        ? 'SHELL names it: set it to your shell, or name one: mfa-profile exec NAME -- sh'
        : `after -- comes a program and its arguments; for an alias or a pipeline use: -- ${problem.isWindows ? 'cmd /c' : 'sh -c'} "…"`,
    ],
  },
  'output-failed': {
    exit: 1,
    words: ({ code }) => [
      `cannot write to stdout: ${ofFile(code)}`,
      'that output is lost; the credentials file is intact',
    ],
  },
  interrupted: { exit: 130, words: () => ['interrupted'] },
} as const satisfies SomeEntries;
