/** The unattended refresh as a service and a timer of systemd's, for one user. */
import { quotePosix } from '../../shells/posix/format.ts';
import { MINUTES, programsIn } from './job.ts';
import type { Job, ScheduleFile } from './job.ts';

export const SYSTEMD_TIMER = 'mfa-profile.timer';

// Units may be read by all; what holds a password is not in them.
const MODE = 0o644;

export function systemdFiles(job: Job): ScheduleFile[] {
  const folder = `${job.configFolder}/systemd/user`;
  return [
    { path: `${folder}/mfa-profile.service`, text: service(job, folder), mode: MODE },
    { path: `${folder}/${SYSTEMD_TIMER}`, text: timer(folder), mode: MODE },
  ];
}

/** The programs that the units start. */
export function systemdPrograms(text: string): string[] {
  const words = /^ExecStart=(.*)$/m.exec(text)?.[1] ?? '';
  return programsIn(
    [...words.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word]) =>
      word!.replace(/\\(.)/g, '$1').replaceAll('%%', '%').replaceAll('$$', '$'),
    ),
  );
}

/** systemd.syntax(7) and systemd.service(5): C escapes in double quotes, and doubled % and $. */
function quote(word: string): string {
  return `"${word.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%')}"`;
}

function service({ command, environment, printedBy }: Job, folder: string): string {
  const [node, ...rest] = command.map(quote);
  const words = [node, ...rest.map((word) => word.replaceAll('$', () => '$$'))];
  const variables = [...environment].map(
    ([name, value]) => `Environment=${quote(`${name}=${value}`)}\n`,
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

function timer(folder: string): string {
  return `# ${folder}/${SYSTEMD_TIMER}
[Unit]
Description=Check AWS sessions every ${MINUTES} minutes

[Timer]
OnCalendar=*:0/${MINUTES}
Persistent=true

[Install]
WantedBy=timers.target
`;
}
