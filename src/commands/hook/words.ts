/** The words of `hook` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'print a login hook that asks for a code when needed',
  options: {
    'each-prompt': 'check before every prompt, not only at login',
    prompt: 'add mfa_profile_left, the time left for a prompt',
    'min-ttl': 'ask when less time than this is left (default 5m)',
  },
  examples: [
    ['mfa-profile hook bash >> ~/.bashrc', 'for the profile that AWS_PROFILE names'],
    ['mfa-profile hook zsh --profile prod --each-prompt >> ~/.zshrc', ''],
  ],
};
