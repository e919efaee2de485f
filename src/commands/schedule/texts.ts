/** The unattended refresh as text for cron, systemd, launchd and the Windows task scheduler. */
import { quotePosix } from '../../shells/posix/format.ts';
import { quotePowershell } from '../../shells/powershell/format.ts';

import type { Scheduler } from './schedulers.ts';

/** What is started, every five minutes. */
export interface Job {
  /** The program and its arguments, the first two with absolute paths. */
  readonly command: readonly string[];
  /** All that its environment holds, next to what the scheduler itself sets. */
  readonly environment: ReadonlyMap<string, string>;
  readonly home: string;
  /** Where the user's settings lie, by the XDG base directory specification. */
  readonly configFolder: string;
  /** The line that prints this text again, for its first comment. */
  readonly printedBy: readonly string[];
}

/** A file of the scheduler's, to be put in place or removed as a whole. */
export interface ScheduleFile {
  readonly path: string;
  readonly text: string;
}

const MINUTES = 5;
export const SYSTEMD_TIMER = 'mfa-profile.timer';
export const LAUNCHD_LABEL = 'mfa-profile.refresh';

/** The whole text to print. */
export function renderSchedule(scheduler: Scheduler, job: Job): string {
  switch (scheduler) {
    case 'cron':
      return crontab(job);
    case 'systemd':
    case 'launchd':
      return filesOf(scheduler, job)
        .map(({ text }) => text)
        .join('\n');
    case 'windows':
      return scheduledTask(job);
  }
}

/** The files that make up the schedule. */
export function filesOf(scheduler: 'systemd' | 'launchd', job: Job): ScheduleFile[] {
  if (scheduler === 'launchd') {
    const path = `${job.home}/Library/LaunchAgents/${LAUNCHD_LABEL}.plist`;
    return [{ path, text: launchAgent(job, path) }];
  }
  const folder = `${job.configFolder}/systemd/user`;
  return [
    { path: `${folder}/mfa-profile.service`, text: systemdService(job, folder) },
    { path: `${folder}/${SYSTEMD_TIMER}`, text: systemdTimer(folder) },
  ];
}

function crontab({ command, environment, printedBy }: Job): string {
  const variables = [...environment].map(([name, value]) => `${name}=${quotePosix(value)}`);
  const words = [...variables, ...command.map(quotePosix)].join(' ');
  const again = printedBy.map(quotePosix).join(' ');
  // To cron a percent sign ends the command, unless a backslash stands before it.
  return `# >>> mfa-profile schedule >>>
# Install: (crontab -l 2>/dev/null; ${again}) | crontab -
# Remove:  crontab -l | sed '/^# >>> mfa-profile schedule/,/^# <<< mfa-profile schedule/d' | crontab -
# What it says goes to the system's log: journalctl -t mfa-profile, or grep mfa-profile /var/log/syslog
*/${MINUTES} * * * * ${words.replaceAll('%', '\\%')} 2>&1 | logger -t mfa-profile
# <<< mfa-profile schedule <<<
`;
}

/** systemd.syntax(7) and systemd.service(5): C escapes in double quotes, and doubled % and $. */
function quoteForSystemd(word: string): string {
  return `"${word.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%')}"`;
}

function systemdService({ command, environment, printedBy }: Job, folder: string): string {
  const [node, ...rest] = command.map(quoteForSystemd);
  const words = [node, ...rest.map((word) => word.replaceAll('$', () => '$$'))];
  const variables = [...environment].map(
    ([name, value]) => `Environment=${quoteForSystemd(`${name}=${value}`)}\n`,
  );
  return `# ${folder}/mfa-profile.service
# Install: ${printedBy.map(quotePosix).join(' ')} --install
# Remove:  mfa-profile schedule systemd --uninstall
# What it says is in the journal: journalctl --user -u mfa-profile
[Unit]
Description=Refresh AWS sessions that are about to end

[Service]
Type=oneshot
${variables.join('')}ExecStart=${words.join(' ')}
# 3: a person is needed. That is no failure of the service.
SuccessExitStatus=3
TimeoutStartSec=2min
`;
}

function systemdTimer(folder: string): string {
  return `# ${folder}/${SYSTEMD_TIMER}
[Unit]
Description=Look after AWS sessions every ${MINUTES} minutes

[Timer]
OnCalendar=*:0/${MINUTES}
Persistent=true

[Install]
WantedBy=timers.target
`;
}

const quoteForXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function launchAgent({ command, environment, home }: Job, path: string): string {
  const string = (text: string): string => `<string>${quoteForXml(text)}</string>`;
  const log = `${home}/Library/Logs/mfa-profile.log`;
  const variables = [...environment].map(
    ([name, value]) => `    <key>${quoteForXml(name)}</key>\n    ${string(value)}\n`,
  );
  // Two hyphens may not stand in an XML comment, so the options are not spelt out there.
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- ${quoteForXml(path).replaceAll('--', '- -')}
     Installed and removed by the options install and uninstall of: mfa-profile schedule launchd
     What it says is in ~/Library/Logs/mfa-profile.log -->
<plist version="1.0">
<dict>
  <key>Label</key>
  ${string(LAUNCHD_LABEL)}
  <key>ProgramArguments</key>
  <array>
${command.map((word) => `    ${string(word)}\n`).join('')}  </array>
  <key>EnvironmentVariables</key>
  <dict>
${variables.join('')}  </dict>
  <key>StartInterval</key>
  <integer>${MINUTES * 60}</integer>
  <key>RunAtLoad</key>
  <true/>
  <key>ProcessType</key>
  <string>Background</string>
  <key>StandardOutPath</key>
  ${string(log)}
  <key>StandardErrorPath</key>
  ${string(log)}
</dict>
</plist>
`;
}

/** For cmd.exe inside the task: quoted, as its paths may hold blanks. */
const quoteForCmd = (word: string): string => (/[\s&|<>^]/.test(word) ? `"${word}"` : word);

function scheduledTask({ command, environment, printedBy }: Job): string {
  const variables = [...environment].map(([name, value]) => `set "${name}=${value}"&& `).join('');
  const line = command.map(quoteForCmd).join(' ');
  const again = printedBy.join(' ');
  return `# Install, in PowerShell: ${again} | Out-String | Invoke-Expression
# Remove:                 Unregister-ScheduledTask -TaskName mfa-profile -Confirm:$false
# What it says is in %LOCALAPPDATA%\\mfa-profile.log
$action = New-ScheduledTaskAction -Execute 'cmd.exe' -Argument ${quotePowershell(
    `/d /c "${variables}${line} >> "%LOCALAPPDATA%\\mfa-profile.log" 2>&1"`,
  )}
$trigger = New-ScheduledTaskTrigger -Once -At (Get-Date) -RepetitionInterval (New-TimeSpan -Minutes ${MINUTES})
$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -ExecutionTimeLimit (New-TimeSpan -Minutes 2)
Register-ScheduledTask -TaskName 'mfa-profile' -Action $action -Trigger $trigger -Settings $settings -Force
`;
}
