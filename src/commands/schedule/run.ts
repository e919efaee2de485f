/** `schedule`: prints the unattended refresh for a scheduler, or installs and removes it. */
import { makeReporter } from '../../output/reporter.ts';
import type { Reporter } from '../../output/reporter.ts';
import { usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import type { World } from '../../world.ts';
import { lastingLaunch, startOf } from '../lasting-launch.ts';
import { givenOptions, optionsLeftOut, refreshOptions } from '../refresh-line.ts';
import type { Own } from './command.ts';
import { environmentOf } from './environment.ts';
import { installSchedule, removeSchedule } from './install.ts';
import type { Job } from './job.ts';
import type { Scheduler } from './schedulers.ts';
import { renderSchedule } from './texts.ts';
import { words } from './words.ts';

// A run every five minutes with this much room never lets a session lapse between two.
const USUAL_MIN_TTL = '--min-ttl=15m';

export async function run(settings: Settings<Own>, world: World): Promise<number> {
  const scheduler = settings.choice as Scheduler;
  const { own } = settings;
  const install = own.has('install');
  const uninstall = own.has('uninstall');
  if (install && uninstall) throw usage(words.notBoth);
  const reporter = makeReporter(settings, world);
  if (scheduler === 'cron' && (install || uninstall)) {
    throw usage(words.cronOnlyPrints, words.seeComment);
  }
  const job = await describeJob(scheduler, settings, reporter, world);
  if (scheduler !== 'cron' && install) await installSchedule(scheduler, job, reporter, world);
  else if (scheduler !== 'cron' && uninstall) await removeSchedule(scheduler, job, reporter, world);
  else world.stdout.write(renderSchedule(scheduler, job));
  return 0;
}

async function describeJob(
  scheduler: Scheduler,
  settings: Settings<Own>,
  reporter: Reporter,
  world: World,
): Promise<Job> {
  const { own, names } = settings;
  const { env, home, platform } = world;
  const system = await world.system();
  const launch = lastingLaunch(world.launch, (path) => system.realPath(path));
  const { variables, leftOut } = environmentOf(scheduler, launch.node, world);
  const without = [...leftOut, ...optionsLeftOut(settings)];
  if (without.length > 0 && !own.has('uninstall')) {
    reporter.warn(words.leftOut(without));
  }
  const options = refreshOptions(settings, world);
  if (!own.has('min-ttl')) options.push(USUAL_MIN_TTL);
  if (own.has('notify')) options.push('--notify');
  const which = names[0] === undefined ? '--all' : `--profile=${names[0]}`;
  const given = givenOptions(settings).filter((word) => !/^--(un)?install$/.test(word));
  return {
    command: [
      ...startOf(launch),
      'refresh',
      which,
      '--no-prompt',
      '--quiet',
      '--tell-once',
      ...options,
    ],
    environment: variables,
    platform,
    home,
    configFolder: configFolder(scheduler, { env, home }),
    printedBy: ['mfa-profile', 'schedule', scheduler, ...given],
  };
}

function configFolder(scheduler: Scheduler, { env, home }: Pick<World, 'env' | 'home'>): string {
  return scheduler === 'windows'
    ? env['LOCALAPPDATA'] || `${home}/AppData/Local`
    : env['XDG_CONFIG_HOME'] || `${home}/.config`;
}
