/** The words of `doctor` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'check files, environment, clock, network; say what to do',
  options: {
    fix: 'fix what is safe to fix: permissions, left-over files',
  },
  examples: [
    ['mfa-profile doctor prod', 'with the checks of that profile'],
    ['mfa-profile doctor --fix', 'names each thing that it fixes'],
  ],
};
