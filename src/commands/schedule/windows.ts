/** The unattended refresh as a task of the Windows task scheduler. */
import { quoteCmd } from '../../shells/cmd/format.ts';
import { quotePowershell } from '../../shells/powershell/format.ts';
import { usage } from '../../cli/settings.ts';
import { MINUTES, programsIn, quoteForXml, unquoteXml } from './job.ts';
import type { Job, ScheduleFile } from './job.ts';
import type { Said } from '../../problems/text.ts';
import { words } from './words.ts';

export const WINDOWS_TASK = 'mfa-profile';

// A console program that a task starts shows a window at each run; the console host can do without.
const CONSOLE_HOST = 'System32\\conhost.exe';
const LOG = '%LOCALAPPDATA%\\mfa-profile.log';

/**
 * The task as a file that `schtasks /Create /XML` reads: UTF-16, so that a name of any user can
 * stand in it.
 */
export function windowsFiles(job: Job): ScheduleFile[] {
  const separator = job.platform === 'win32' ? '\\' : '/';
  const path = [job.configFolder, 'mfa-profile', 'schedule.xml'].join(separator);
  return [{ path, text: task(job), mode: 0o600, encoding: 'utf16le' }];
}

/** The programs that the task starts. */
export function windowsPrograms(text: string): string[] {
  const line = unquoteXml(/<Arguments>([^<]*)<\/Arguments>/.exec(text)?.[1] ?? '');
  const words = line.replace(/^.*? \/c "(?:set "[^"]*"&& )*/, '');
  return programsIn(
    [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!),
  );
}

/** The arguments of the console host: cmd.exe, which sets the variables and keeps a log. */
function commandLine({ command, environment }: Job): string {
  const variables = [...environment].map(
    ([name, value]) => `set "${name}=${expressible(value, words.valueOf(name))}"&& `,
  );
  const start = programsIn(command).length;
  const line = command.map((word, index) => {
    const option = /^--[a-z-]+(?==)/.exec(word)?.[0];
    return quoteWord(
      expressible(word, option ?? (index < start ? words.programPath : words.aWord)),
    );
  });
  return `--headless cmd.exe /d /c "${variables.join('')}${line.join(' ')} >> "${LOG}" 2>&1"`;
}

/** @throws Failure usage for what cmd.exe would take for more than text */
function expressible(text: string, what: Said): string {
  const word = quoteCmd(text);
  if (word !== undefined) return word;
  throw usage(words.notForTask(what), words.useConfig);
}

/** For cmd.exe: quoted, as paths may hold blanks. A backslash before a quote would quote it. */
const quoteWord = (word: string): string =>
  /[\s&|<>^(),;=]/.test(word) ? `"${word.replace(/\\+$/, '$&$&')}"` : word;

/** In PowerShell's own commands, for those who want to see or change what is registered. */
export function taskScript(job: Job): string {
  const again = job.printedBy.map((word) => (/^[\w-]+$/.test(word) ? word : quotePowershell(word)));
  return `# Install: ${again.join(' ')} --install
# Or, in PowerShell: ${again.join(' ')} | Out-String | Invoke-Expression
# Remove:  mfa-profile schedule windows --uninstall
# What it says is in ${LOG}
$action = New-ScheduledTaskAction -Execute "$env:SystemRoot\\${CONSOLE_HOST}" -Argument ${quotePowershell(commandLine(job))}
$trigger = New-ScheduledTaskTrigger -Once -At (Get-Date) -RepetitionInterval (New-TimeSpan -Minutes ${MINUTES})
$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -ExecutionTimeLimit (New-TimeSpan -Minutes 2)
Register-ScheduledTask -TaskName '${WINDOWS_TASK}' -Action $action -Trigger $trigger -Settings $settings -Force
`;
}

/**
 * By the task scheduler's schema; whoever registers it is the user that it runs as, when logged in.
 */
function task(job: Job): string {
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Refresh AWS sessions that are about to end</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT${MINUTES}M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <ExecutionTimeLimit>PT2M</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>%SystemRoot%\\${CONSOLE_HOST}</Command>
      <Arguments>${quoteForXml(commandLine(job))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}
