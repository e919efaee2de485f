/** The schedulers that `schedule` knows. */

export const SCHEDULERS = ['cron', 'systemd', 'launchd', 'windows'] as const;
export type Scheduler = (typeof SCHEDULERS)[number];
