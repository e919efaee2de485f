/** `schedule`: prints the unattended refresh for a scheduler, or puts it in place and takes it away. */
import { Failure } from '../../problems/problem.ts';
import { LAUNCHD_LABEL, SYSTEMD_TIMER, filesOf, renderSchedule } from './texts.ts';
import type { Scheduler } from './schedulers.ts';
import type { Job } from './texts.ts';
import { makeReporter } from '../../output/reporter.ts';
import type { System, World } from '../../world.ts';
import { givenOptions, refreshOptions } from '../refresh-line.ts';
import { usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Own } from './command.ts';

// A run every five minutes with this much room never lets a session lapse between two.
const USUAL_MIN_TTL = '--min-ttl=15m';

/** What tells where AWS's files and servers are: a scheduler passes none of it on by itself. */
const CARRIED = [
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_CA_BUNDLE',
  'AWS_ENDPOINT_URL_STS',
  'AWS_ENDPOINT_URL',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_STS_REGIONAL_ENDPOINTS',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_USE_FIPS_ENDPOINT',
  'HTTPS_PROXY',
  'NO_PROXY',
];

export async function run(settings: Settings<Own>, world: World): Promise<number> {
  const scheduler = settings.choice as Scheduler;
  const { own } = settings;
  const install = own.has('install');
  if (install && own.has('uninstall')) throw usage('give --install or --uninstall, not both');
  const job = describeJob(scheduler, settings, world);
  if (!install && !own.has('uninstall')) {
    world.stdout.write(renderSchedule(scheduler, job));
    return 0;
  }
  if (scheduler !== 'systemd' && scheduler !== 'launchd') {
    throw usage(
      `schedule ${scheduler} only prints: --install and --uninstall are for systemd and launchd`,
      'its first comment says how to put it in place',
    );
  }
  await (install ? putInPlace : takeAway)(scheduler, job, settings, world);
  return 0;
}

function describeJob(scheduler: Scheduler, settings: Settings<Own>, world: World): Job {
  const { own, names } = settings;
  const { node, program } = world.launch;
  const options = refreshOptions(settings, world);
  if (!own.has('min-ttl')) options.push(USUAL_MIN_TTL);
  if (own.has('notify')) options.push('--notify');
  const which = names[0] === undefined ? '--all' : `--profile=${names[0]}`;
  const given = givenOptions(settings).filter((word) => !/^--(un)?install$/.test(word));
  return {
    command: [node, program, 'refresh', which, '--no-prompt', '--quiet', '--tell-once', ...options],
    environment: environmentOf(scheduler, world),
    home: world.home,
    configFolder: world.env['XDG_CONFIG_HOME'] || `${world.home}/.config`,
    printedBy: ['mfa-profile', 'schedule', scheduler, ...given],
  };
}

function environmentOf(scheduler: Scheduler, { env, launch }: World): Map<string, string> {
  const variables = new Map<string, string>();
  if (scheduler !== 'windows') {
    const folder = launch.node.replace(/\/[^/]*$/, '') || '/';
    const usual = ['/usr/local/bin', '/usr/bin', '/bin'];
    if (scheduler === 'launchd') usual.unshift('/opt/homebrew/bin');
    variables.set('PATH', [...new Set([folder, ...usual])].join(':'));
  }
  for (const name of CARRIED) {
    // The order of aws/proxy.ts: whoever sets both means the lower-case one.
    const value = env[name.toLowerCase()] || env[name];
    // A password in a proxy's address does not belong into a file that others may read.
    if (value && !/[\r\n]|:\/\/[^/]*@/.test(value)) variables.set(name, value);
  }
  return variables;
}

/** Puts the files there and starts the schedule; where that fails, all is as it was. */
async function putInPlace(
  scheduler: 'systemd' | 'launchd',
  job: Job,
  settings: Settings,
  world: World,
): Promise<void> {
  const reporter = makeReporter(settings, world);
  const files = filesOf(scheduler, job);
  const paths = files.map(({ path }) => path);
  if (!(await mayChange(`Write ${paths.join(' and ')}, and start it?`, world))) return;
  const system = await world.system();
  const before = paths.map((path) => world.readFile(path));
  try {
    for (const { path, text } of files) await system.writeFile(path, text);
    for (const command of startCommands(scheduler, paths[0]!, system)) {
      await runOrFail(command, system);
    }
  } catch (error) {
    for (const [index, path] of paths.entries()) {
      const bytes = before[index];
      if (bytes) await system.writeFile(path, new TextDecoder().decode(bytes));
      else await system.removeFile(path);
    }
    throw error;
  }
  reporter.say(`sessions are looked after every 5 minutes now; undo it with --uninstall`);
}

async function takeAway(
  scheduler: 'systemd' | 'launchd',
  job: Job,
  settings: Settings,
  world: World,
): Promise<void> {
  const reporter = makeReporter(settings, world);
  const paths = filesOf(scheduler, job).map(({ path }) => path);
  const there = paths.filter((path) => world.readFile(path) !== undefined);
  if (there.length === 0) {
    reporter.say(`there is no ${paths.join(' or ')}: nothing to remove`);
    return;
  }
  if (!(await mayChange(`Stop it, and remove ${there.join(' and ')}?`, world))) return;
  const system = await world.system();
  const [stop, ...afterwards] = stopCommands(scheduler, system);
  // What is not running cannot be stopped, and is removed all the same.
  await system.run(stop);
  for (const path of there) await system.removeFile(path);
  for (const command of afterwards) await system.run(command);
  reporter.say(`removed ${there.join(' and ')}`);
}

type Command = readonly [program: string, ...words: string[]];

function startCommands(scheduler: 'systemd' | 'launchd', path: string, system: System): Command[] {
  return scheduler === 'systemd'
    ? [
        ['systemctl', '--user', 'daemon-reload'],
        ['systemctl', '--user', 'enable', '--now', SYSTEMD_TIMER],
      ]
    : [['launchctl', 'bootstrap', `gui/${system.userId}`, path]];
}

function stopCommands(
  scheduler: 'systemd' | 'launchd',
  system: System,
): [stop: Command, ...afterwards: Command[]] {
  return scheduler === 'systemd'
    ? [
        ['systemctl', '--user', 'disable', '--now', SYSTEMD_TIMER],
        ['systemctl', '--user', 'daemon-reload'],
      ]
    : [['launchctl', 'bootout', `gui/${system.userId}/${LAUNCHD_LABEL}`]];
}

/** @throws Failure scheduler-failed */
async function runOrFail(command: Command, system: System): Promise<void> {
  const how = await system.run(command);
  if (how !== undefined) {
    throw new Failure({ kind: 'scheduler-failed', command: command.join(' '), how });
  }
}

/** The person's yes; where nobody sits, whoever wrote the script has said it with the flag. */
async function mayChange(question: string, world: World): Promise<boolean> {
  const terminal = await world.terminal();
  if (!terminal) return true;
  try {
    return await terminal.confirm(question, true);
  } finally {
    terminal.close();
  }
}
