/** Installs a schedule, and removes it. */
import { Failure } from '../../problems/problem.ts';
import type { Clock, CommandFailure, Person, System, World } from '../../world.ts';
import type { Reporter } from '../../output/reporter.ts';
import type { Job, ScheduleFile } from './job.ts';
import { LAUNCHD_LABEL, launchdFiles } from './launchd.ts';
import type { Installable } from './schedulers.ts';
import { SYSTEMD_TIMER } from './systemd.ts';
import { filesOf } from './texts.ts';
import { WINDOWS_TASK } from './windows.ts';
import { words } from './words.ts';
import type { Said } from '../../problems/text.ts';

type Command = readonly [program: string, ...words: string[]];

interface Tools {
  readonly system: System;
  readonly world: World;
  readonly reporter: Reporter;
}

interface Installer {
  /** True if it is in place and running with these very files. */
  isRunning?(tools: Tools): Promise<boolean>;
  /** Starts it by the files, which are in place. @throws Failure scheduler-failed */
  start(paths: readonly string[], job: Job, tools: Tools): Promise<void>;
  /** Stops it; one that does not run is fine. */
  stop(tools: Tools): Promise<void>;
  /** After its files have been removed. */
  afterRemoval?(tools: Tools): Promise<void>;
}

const SYSTEMCTL = ['systemctl', '--user'] as const;

const INSTALLERS: Readonly<Record<Installable, Installer>> = {
  systemd: {
    start: async (_paths, _job, { system }) => {
      await runOrFail([...SYSTEMCTL, 'daemon-reload'], system);
      await runOrFail([...SYSTEMCTL, 'enable', '--now', SYSTEMD_TIMER], system);
    },
    stop: async ({ system, reporter }) => {
      const command: Command = [...SYSTEMCTL, 'disable', '--now', SYSTEMD_TIMER];
      const failure = await system.run(command);
      // What is not running cannot be stopped, and is removed all the same.
      const isRunning =
        failure &&
        (await system.run([...SYSTEMCTL, 'is-active', '--quiet', SYSTEMD_TIMER])) === undefined;
      if (isRunning) reporter.warn(words.notStopped(command.join(' '), failure.how));
    },
    afterRemoval: async ({ system }) => {
      await system.run([...SYSTEMCTL, 'daemon-reload']);
    },
  },
  launchd: {
    isRunning: async ({ system }) =>
      (await system.run(['launchctl', 'print', target(screenOf(system))])) === undefined,
    start: startAgent,
    stop: async ({ system, reporter }) => {
      for (const domain of [screenOf(system), userOf(system)]) {
        const failure = await system.run(['launchctl', 'bootout', target(domain)]);
        if (failure && !NOT_LOADED.includes(failure.status ?? 0)) {
          reporter.warn(words.bootoutFailed(target(domain), failure.how));
        }
      }
    },
  },
  windows: {
    start: async ([path], _job, { system }) => {
      await runOrFail(['schtasks', '/Create', '/TN', WINDOWS_TASK, '/XML', path!, '/F'], system);
    },
    stop: async ({ system, reporter }) => {
      const command: Command = ['schtasks', '/Delete', '/TN', WINDOWS_TASK, '/F'];
      const failure = await system.run(command);
      // One that is not there is fine; what it says of that is in the system's language.
      const isThere =
        failure && (await system.run(['schtasks', '/Query', '/TN', WINDOWS_TASK])) === undefined;
      if (isThere) reporter.warn(words.notStopped(command.join(' '), failure.how));
    },
  },
};

// launchctl's exit codes, which `launchctl error` words: no such process, no such service, and no
// such domain.
const NOT_LOADED = [3, 113, 125];
const INPUT_OUTPUT_ERROR = 5;
const NO_SUCH_DOMAIN = 125;
const UNLOAD_LIMIT_MS = 5_000;
const UNLOAD_STEP_MS = 250;

/** The domain of a user at the screen, and that of one who is not. */
const screenOf = ({ userId }: System): string => `gui/${userId}`;
const userOf = ({ userId }: System): string => `user/${userId}`;
const target = (domain: string): string => `${domain}/${LAUNCHD_LABEL}`;

async function startAgent(
  [path]: readonly string[],
  job: Job,
  { system, world }: Tools,
): Promise<void> {
  const failure = await loadAgent(screenOf(system), path!, system, world);
  if (failure === undefined) return;
  if (failure.status !== NO_SUCH_DOMAIN) throw failed(failure, screenOf(system), path!);
  // Nobody is logged in at the screen, only over SSH.
  await writeFiles(launchdFiles(job, true), system);
  const again = await loadAgent(userOf(system), path!, system, world);
  if (again) throw failed(again, userOf(system), path!);
}

async function loadAgent(
  domain: string,
  path: string,
  system: System,
  world: Clock,
): Promise<CommandFailure | undefined> {
  if ((await system.run(['launchctl', 'bootout', target(domain)])) === undefined) {
    await untilUnloaded(domain, system, world);
  }
  const bootstrap: Command = ['launchctl', 'bootstrap', domain, path];
  let failure = await system.run(bootstrap);
  if (failure?.status === INPUT_OUTPUT_ERROR) {
    // Still being unloaded, or switched off once by `launchctl disable`.
    await system.run(['launchctl', 'enable', target(domain)]);
    failure = await system.run(bootstrap);
  }
  if (failure === undefined) await system.run(['launchctl', 'enable', target(domain)]);
  return failure;
}

/** `bootout` comes back before the job is gone, and a job that is there cannot be loaded again. */
async function untilUnloaded(domain: string, system: System, world: Clock): Promise<void> {
  for (let waited = 0; waited < UNLOAD_LIMIT_MS; waited += UNLOAD_STEP_MS) {
    if ((await system.run(['launchctl', 'print', target(domain)])) !== undefined) return;
    await world.sleep(UNLOAD_STEP_MS);
  }
}

function failed({ how, status }: CommandFailure, domain: string, path: string): Failure {
  return new Failure({
    kind: 'scheduler-failed',
    command: `launchctl bootstrap ${domain} ${path}`,
    how: status === INPUT_OUTPUT_ERROR ? words.switchedOff(how) : how,
  });
}

/** @throws Failure scheduler-failed */
async function runOrFail(command: Command, system: System): Promise<void> {
  const failure = await system.run(command);
  if (failure !== undefined) {
    throw new Failure({ kind: 'scheduler-failed', command: command.join(' '), how: failure.how });
  }
}

async function writeFiles(files: readonly ScheduleFile[], system: System): Promise<void> {
  for (const { path, text, mode, encoding } of files) {
    await system.writeFile(path, encode(text, encoding), mode);
  }
}

/** UTF-16 with the mark by which Windows knows it. */
function encode(text: string, encoding: ScheduleFile['encoding']): Uint8Array {
  if (encoding === undefined) return new TextEncoder().encode(text);
  const units = Uint16Array.from(`\ufeff${text}`, (unit) => unit.charCodeAt(0));
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  units.forEach((unit, index) => view.setUint16(index * 2, unit, true));
  return bytes;
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a?.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Puts the files there and starts the schedule; if that fails, everything is as it was before. */
export async function installSchedule(
  scheduler: Installable,
  job: Job,
  reporter: Reporter,
  world: World,
): Promise<void> {
  const installer = INSTALLERS[scheduler];
  const files = filesOf(scheduler, job);
  const paths = files.map(({ path }) => path);
  const system = await world.system();
  const tools = { system, world, reporter };
  const before = paths.map((path) => world.readFile(path));
  const isThere = files.every(({ text, encoding }, at) =>
    sameBytes(before[at], encode(text, encoding)),
  );
  if (isThere && (await installer.isRunning?.(tools))) {
    reporter.say(words.upToDate);
    return;
  }
  if (!(await mayChange(words.mayInstall(paths), reporter, world))) return;
  try {
    await writeFiles(files, system);
    await installer.start(paths, job, tools);
  } catch (error) {
    for (const [index, { path, mode }] of files.entries()) {
      const bytes = before[index];
      if (bytes) await system.writeFile(path, bytes, mode);
      else await system.removeFile(path);
    }
    throw error;
  }
  const [node, program] = job.command;
  reporter.say(words.installed);
  reporter.say(words.runs(program!, node!));
  if (scheduler === 'launchd') {
    reporter.say(words.loginItem);
    if (job.command.includes('--notify')) {
      await system.notify('mfa-profile', world.speak(words.sampleNotification));
      reporter.say(words.noNotification);
    }
  }
}

/** Stops the schedule and removes its files; one that is not there is fine. */
export async function removeSchedule(
  scheduler: Installable,
  job: Job,
  reporter: Reporter,
  world: World,
): Promise<void> {
  const installer = INSTALLERS[scheduler];
  const paths = filesOf(scheduler, job).map(({ path }) => path);
  const there = paths.filter((path) => world.readFile(path) !== undefined);
  if (there.length === 0) {
    reporter.say(words.notThere(paths));
    return;
  }
  if (!(await mayChange(words.mayRemove(there), reporter, world))) return;
  const system = await world.system();
  const tools = { system, world, reporter };
  await installer.stop(tools);
  for (const path of there) await system.removeFile(path);
  await installer.afterRemoval?.(tools);
  reporter.say(words.removed(there));
}

/** The person's yes; with no person there, whoever wrote the script has said it with the flag. */
async function mayChange(question: Said, reporter: Reporter, world: Person): Promise<boolean> {
  const terminal = await world.terminal();
  if (!terminal) return true;
  try {
    const isWanted = await terminal.confirm(question, true);
    if (!isWanted) reporter.say(words.notChanged);
    return isWanted;
  } finally {
    terminal.close();
  }
}
