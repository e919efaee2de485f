/** The job that docs/unattended.md shows, for each scheduler. */
import type { Scheduler } from '../../src/commands/schedule/schedulers.ts';
import type { Job } from '../../src/commands/schedule/texts.ts';

const OPTIONS = ['--all', '--no-prompt', '--quiet', '--tell-once', '--min-ttl=15m'];

function job(
  scheduler: Scheduler,
  home: string,
  node: string,
  program: string,
  folders: string[],
): Job {
  return {
    command: [node, program, 'refresh', ...OPTIONS],
    environment: new Map(folders.length > 0 ? [['PATH', folders.join(':')]] : []),
    home,
    configFolder: `${home}/.config`,
    printedBy: ['mfa-profile', 'schedule', scheduler],
  };
}

const MODULE = 'node_modules/mfa-profile/dist/mfa-profile.cjs';
const UNIX = ['/usr/local/bin', '/usr/bin', '/bin'];

export const SAMPLE: Record<Scheduler, Job> = {
  cron: job('cron', '/home/alice', '/usr/local/bin/node', `/usr/local/lib/${MODULE}`, UNIX),
  systemd: job('systemd', '/home/alice', '/usr/local/bin/node', `/usr/local/lib/${MODULE}`, UNIX),
  launchd: job('launchd', '/Users/alice', '/opt/homebrew/bin/node', `/opt/homebrew/lib/${MODULE}`, [
    '/opt/homebrew/bin',
    ...UNIX,
  ]),
  windows: job(
    'windows',
    'C:\\Users\\alice',
    'C:\\Program Files\\nodejs\\node.exe',
    `C:\\Users\\alice\\AppData\\Roaming\\npm\\${MODULE.replaceAll('/', '\\')}`,
    [],
  ),
};
