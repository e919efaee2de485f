/** The words of `schedule` in English. */
import type { Help } from '../../cli/help.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'print the unattended refresh for a scheduler, or put it in place',
  options: {
    install: 'put it in place and start it; asks first',
    uninstall: 'stop it and take it away; asks first',
    'min-ttl': 'a session with less left is renewed (default 15m)',
    notify: 'tell the desktop when a session ends and a person is needed',
  },
  examples: [
    ['mfa-profile schedule systemd --install', 'every profile with an MFA device, every 5 minutes'],
    ['mfa-profile schedule cron --profile prod', 'a crontab line for one'],
  ],
};
