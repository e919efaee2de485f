/** The job that docs/unattended.md shows, for each scheduler. */
import type { Scheduler } from '../../src/commands/schedule/schedulers.ts';
import type { Job } from '../../src/commands/schedule/job.ts';

const PLATFORMS: Record<Scheduler, string> = {
  cron: 'linux',
  systemd: 'linux',
  launchd: 'darwin',
  windows: 'win32',
};
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
    platform: PLATFORMS[scheduler],
    home,
    configFolder: scheduler === 'windows' ? `${home}\\AppData\\Local` : `${home}/.config`,
    printedBy: ['mfa-profile', 'schedule', scheduler],
  };
}

const MODULE = 'node_modules/mfa-profile/dist/mfa-profile.cjs';
const UNIX = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'];
const LINUX = [...UNIX, '/home/alice/.local/bin'];

export const SAMPLE: Record<Scheduler, Job> = {
  cron: job('cron', '/home/alice', '/usr/local/bin/node', `/usr/local/lib/${MODULE}`, LINUX),
  systemd: job('systemd', '/home/alice', '/usr/local/bin/node', `/usr/local/lib/${MODULE}`, LINUX),
  launchd: job(
    'launchd',
    '/Users/alice',
    '/opt/homebrew/opt/node/bin/node',
    '/opt/homebrew/bin/mfa-profile',
    ['/opt/homebrew/opt/node/bin', '/opt/homebrew/bin', ...UNIX, '/Users/alice/.local/bin'],
  ),
  windows: job(
    'windows',
    'C:\\Users\\alice',
    'C:\\Program Files\\nodejs\\node.exe',
    `C:\\Users\\alice\\AppData\\Roaming\\npm\\${MODULE.replaceAll('/', '\\')}`,
    [],
  ),
};
