/** The words of `hook` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'print a login hook, which refreshes when a session is over and costs nothing before',
  options: {
    'each-prompt': 'look before every prompt, not at login alone',
    prompt: 'add mfa_profile_left, the time left for a prompt',
  },
  examples: [
    ['mfa-profile hook bash >> ~/.bashrc', 'for the profile that AWS_PROFILE names'],
    ['mfa-profile hook zsh --profile prod --each-prompt >> ~/.zshrc', ''],
  ],
};
