/** The unattended refresh as a line of a crontab. */
import { quotePosix } from '../../shells/posix/format.ts';
import { MINUTES } from './job.ts';
import type { Job } from './job.ts';

export function crontab({ command, environment, platform, printedBy }: Job): string {
  const variables = [...environment].map(([name, value]) => `${name}=${quotePosix(value)}`);
  const words = [...variables, ...command.map(quotePosix)].join(' ');
  const again = printedBy.map(quotePosix).join(' ');
  // cron on macOS has to be allowed by the person, and does not catch up on runs missed in sleep.
  const [better, log] =
    platform === 'darwin'
      ? [
          '# On macOS rather use: mfa-profile schedule launchd --install\n',
          `log show --last 1h --predicate 'process == "logger"'`,
        ]
      : ['', 'journalctl -t mfa-profile, or grep mfa-profile /var/log/syslog'];
  // To cron a percent sign ends the command, unless a backslash stands before it.
  return `# >>> mfa-profile schedule >>>
${better}# Install: (crontab -l 2>/dev/null; ${again}) | crontab -
# Remove:  crontab -l | sed '/^# >>> mfa-profile schedule/,/^# <<< mfa-profile schedule/d' | crontab -
# What it says goes to the system's log: ${log}
*/${MINUTES} * * * * ${words.replaceAll('%', '\\%')} 2>&1 | logger -t mfa-profile
# <<< mfa-profile schedule <<<
`;
}
