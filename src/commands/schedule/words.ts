/** The words of `schedule` in English. */
import type { Help } from '../../cli/help.ts';
import { texts } from '../../problems/text.ts';
import type { Own } from './command.ts';

export const help: Help<Own> = {
  summary: 'refresh sessions in the background, by a scheduler',
  options: {
    install: 'install and start it; asks first',
    uninstall: 'stop and remove it; asks first',
    'min-ttl': 'renew a session with less time left (default 15m)',
    notify: 'show a desktop notification when a session expires and needs a code',
  },
  examples: [
    ['mfa-profile schedule systemd --install', 'every profile with an MFA device, every 5 minutes'],
    ['mfa-profile schedule cron --profile prod', 'a crontab line for one profile'],
  ],
};

export const english = {
  notBoth: 'give --install or --uninstall, not both',
  cronOnlyPrints:
    'schedule cron only prints: --install and --uninstall are for systemd, launchd and windows',
  seeComment: 'its first comment says how to install it',
  leftOut: (variables: readonly string[]) =>
    `${variables.join(' and ')}: left out, because the address contains a login and others may read the schedule`,
  notForTask: (what: string) =>
    `${what} contains one of the characters " % ! that a Windows task cannot pass on`,
  valueOf: (name: string) => `the value of ${name}`,
  programPath: 'the path of the program',
  aWord: 'a word',
  useConfig: 'put the setting into the AWS config file, or choose another name',
  switchedOff: (how: string) =>
    `${how} (is "node" switched off in System Settings, General, Login Items?)`,
  bootoutFailed: (target: string, how: string) =>
    `launchctl bootout ${target} failed: ${how}; the job may keep running until you log out`,
  notStopped: (command: string, how: string) => `${command} failed: ${how}; the job keeps running`,
  upToDate: 'it is installed and running: nothing to do',
  mayInstall: (paths: readonly string[]) => `Write ${paths.join(' and ')}, and start it?`,
  installed: 'sessions are now checked every 5 minutes; undo it with --uninstall',
  runs: (program: string, node: string) =>
    `it runs ${program} with ${node}: if you move either, run this again`,
  loginItem:
    'macOS may announce a background item named "node": leave it on in System Settings, General, Login Items',
  sampleNotification: 'Notifications will look like this.',
  noNotification:
    'if you see no notification now, open Script Editor once and run: display notification "x"',
  notThere: (paths: readonly string[]) => `there is no ${paths.join(' or ')}: nothing to remove`,
  notChanged: 'nothing was changed',
  mayRemove: (paths: readonly string[]) => `Stop it, and remove ${paths.join(' and ')}?`,
  removed: (paths: readonly string[]) => `removed ${paths.join(' and ')}`,
};
export const words = texts('schedule', english);
