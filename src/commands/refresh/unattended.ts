/**
 * Failures of an unattended run: shown on the desktop with --notify, and with --tell-once said only
 * once. What was said is remembered in a file until the profile is valid again; so is how often the
 * command that prints codes has failed, so that it is not tried every five minutes.
 */
import { Failure } from '../../problems/problem.ts';
import type { Problem, ProblemKind } from '../../problems/problem.ts';
import { explain } from '../../output/explain.ts';
import type { Explanation } from '../../output/explain.ts';
import type { Reporter } from '../../output/reporter.ts';
import type { Files, Machine, World } from '../../world.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Own } from './command.ts';
import type { Text } from '../../problems/text.ts';
import { stateFolder } from '../../profiles/paths.ts';
import { words } from './words.ts';

export interface Unattended {
  /** The same world, in which a command that failed recently is not run again for a while. */
  readonly world: World;
  /** The profile that is looked at from here on. */
  begin(name: string): void;
  /** Its session is valid: what was said about it is forgotten. */
  succeeded(name: string): void;
  /** @param secondsLeft of the session that there is; undefined if there is none */
  problem(
    problem: Problem,
    name: string,
    secondsLeft: () => Promise<number | undefined>,
  ): Promise<Explanation>;
  /** Writes down what was told. */
  close(): Promise<void>;
}

/** What is remembered of a profile. */
interface Told {
  /** The kind of problem that was said last. */
  readonly kind?: string;
  /** The kind that was last shown on the desktop. */
  readonly notified?: string;
  /** Runs in a row that did not reach AWS. */
  readonly offline?: number;
  /** How often the command for codes has failed in a row, and when it was run last. */
  readonly failures?: number;
  /** Milliseconds since the epoch. */
  readonly tried?: number;
}

/** By profile. */
type Memory = Map<string, Told>;

/**
 * Before a command that failed once, twice, and three times or more is run again. It may need a
 * person: a password manager that asks for a finger, a key that waits to be touched.
 */
const WAITS_MS = [15, 60, 240].map((minutes) => minutes * 60_000);

/** Failures after which the command for codes is not run for a while. */
const OF_COMMAND: readonly ProblemKind[] = ['code-command-failed', 'wrong-code'];

/** Exit codes: docs/commands.md. */
const NEEDS_A_PERSON = 3;
const NETWORK = 6;
// A session with less left expires before the run after the next.
const SOON_OVER_SECONDS = 300;

export function startUnattended(
  { own }: Settings<Own>,
  outer: World,
  reporter: Reporter,
): Unattended {
  const before = readRecord(outer);
  const record: Memory = new Map(before);
  let current = '';
  let wasRun = false;

  const runCodeCommand: World['runCodeCommand'] = async (command, wanted, until) => {
    const { failures = 0, tried = 0 } = record.get(current) ?? {};
    const wait = failures > 0 ? WAITS_MS[Math.min(failures, WAITS_MS.length) - 1]! : 0;
    const now = outer.now();
    // A time in the future is a clock that was set back.
    if (now < tried + wait && now >= tried) {
      const minutes = Math.ceil((tried + wait - now) / 60_000);
      const how = words.triedAgain(failures, minutes);
      throw new Failure({ kind: 'code-command-failed', session: wanted.profile, how });
    }
    wasRun = true;
    return outer.runCodeCommand(command, wanted, until);
  };

  return {
    world: Object.create(outer, { runCodeCommand: { value: runCodeCommand } }) as World,
    begin(name) {
      current = name;
      wasRun = false;
    },
    succeeded: (name) => {
      record.delete(name);
    },
    async problem(problem, name, secondsLeft) {
      const told = record.get(name) ?? {};
      const explanation = explain(problem);
      const isOffline = explanation.exitCode === NETWORK;
      const offline = isOffline ? (told.offline ?? 0) + 1 : 0;
      const isNews = told.kind !== problem.kind;
      if (isNews || !own.has('tell-once')) await reporter.problem(problem);
      // A laptop that wakes up has no network for a moment, while its session is still valid.
      const mayPass =
        isOffline && offline === 1 && ((await secondsLeft()) ?? 0) >= SOON_OVER_SECONDS;
      const notify = own.has('notify') && told.notified !== problem.kind && !mayPass;
      if (notify) {
        const system = await outer.system();
        await system.notify(`mfa-profile: ${name}`, outer.speak(notification(name, explanation)));
      }
      const failed = wasRun && OF_COMMAND.includes(problem.kind);
      record.set(name, {
        kind: problem.kind,
        ...(notify ? { notified: problem.kind } : told.notified && { notified: told.notified }),
        ...(offline > 0 && { offline }),
        ...(failed
          ? { failures: (told.failures ?? 0) + 1, tried: outer.now() }
          : told.failures && { failures: told.failures, tried: told.tried ?? 0 }),
      });
      return explanation;
    },
    close: () => writeRecord(record, before, outer, reporter),
  };
}

/**
 * A person who refreshes by hand has the commands that failed tried again by the next scheduled
 * run.
 */
export async function forgetFailures(
  names: readonly string[],
  world: World,
  reporter: Reporter,
): Promise<void> {
  const before = readRecord(world);
  const record: Memory = new Map(before);
  for (const name of names) {
    const { failures, tried, ...told } = record.get(name) ?? {};
    if (failures !== undefined || tried !== undefined) record.set(name, told);
  }
  await writeRecord(record, before, world, reporter);
}

function notification(name: string, { told: { message }, exitCode }: Explanation): Text {
  return exitCode === NEEDS_A_PERSON ? words.runThis(message, name) : message;
}

const recordFile = (machine: Machine): string => `${stateFolder(machine)}/told.json`;

/** What cannot be read was never told. */
function readRecord(world: Machine & Files): Memory {
  try {
    const bytes = world.readFile(recordFile(world));
    const read: unknown = bytes ? JSON.parse(new TextDecoder().decode(bytes)) : {};
    return new Map(
      // An older version kept only the kind.
      Object.entries(read as Record<string, unknown>).map(([name, told]) => [
        name,
        typeof told === 'string' ? { kind: told } : checked(told),
      ]),
    );
  } catch {
    return new Map();
  }
}

function checked(told: unknown): Told {
  const { kind, notified, offline, failures, tried } = (told ?? {}) as Record<string, unknown>;
  return {
    ...(typeof kind === 'string' && { kind }),
    ...(typeof notified === 'string' && { notified }),
    ...(typeof offline === 'number' && { offline }),
    ...(typeof failures === 'number' && failures > 0 && { failures }),
    ...(typeof tried === 'number' && { tried }),
  };
}

async function writeRecord(
  record: Memory,
  before: Memory,
  world: World,
  reporter: Reporter,
): Promise<void> {
  const text = formatRecord(record);
  if (text === formatRecord(before)) return;
  const file = recordFile(world);
  try {
    const system = await world.system();
    await system.writeFile(file, new TextEncoder().encode(text), 0o600);
  } catch {
    reporter.debug(`cannot write ${file}: the next run will say the same again`);
  }
}

function formatRecord(record: Memory): string {
  return `${JSON.stringify(Object.fromEntries([...record].sort()), null, 2)}\n`;
}
