/** The unattended refresh as text: what is printed for a scheduler, and the files it is kept in. */
import { crontab } from './cron.ts';
import type { Job, ScheduleFile } from './job.ts';
import { launchdFiles } from './launchd.ts';
import type { Installable, Scheduler } from './schedulers.ts';
import { systemdFiles } from './systemd.ts';
import { taskScript, windowsFiles } from './windows.ts';

const joined = (files: readonly ScheduleFile[]): string => files.map(({ text }) => text).join('\n');

const TEXTS: Readonly<Record<Scheduler, (job: Job) => string>> = {
  cron: crontab,
  systemd: (job) => joined(systemdFiles(job)),
  launchd: (job) => joined(launchdFiles(job)),
  windows: taskScript,
};

const FILES: Readonly<Record<Installable, (job: Job) => ScheduleFile[]>> = {
  systemd: systemdFiles,
  launchd: (job) => launchdFiles(job),
  windows: windowsFiles,
};

/** The whole text to print. */
export function renderSchedule(scheduler: Scheduler, job: Job): string {
  return TEXTS[scheduler](job);
}

/** The files that make up the schedule. */
export function filesOf(scheduler: Installable, job: Job): ScheduleFile[] {
  return FILES[scheduler](job);
}
