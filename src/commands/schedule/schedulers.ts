/** The schedulers that `schedule` knows. */

export const SCHEDULERS = ['cron', 'systemd', 'launchd', 'windows'] as const;
export type Scheduler = (typeof SCHEDULERS)[number];

/**
 * Those that `--install` and `--uninstall` serve: a crontab is one file of all jobs, the user's
 * own.
 */
export type Installable = Exclude<Scheduler, 'cron'>;
