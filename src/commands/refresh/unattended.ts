/**
 * Failures of a run where nobody sits: told to the desktop with --notify, and with --tell-once said
 * once. What was told is remembered in a file, until the profile is good again.
 */
import type { Problem } from '../../problems/problem.ts';
import { explain } from '../../output/explain.ts';
import type { Explanation } from '../../output/explain.ts';
import type { Reporter } from '../../output/reporter.ts';
import type { World } from '../../world.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Own } from './command.ts';

export interface Unattended {
  good(name: string): void;
  problem(problem: Problem, name: string): Promise<Explanation>;
  /** Writes down what was told. */
  close(): Promise<void>;
}

export function startUnattended(
  { own }: Settings<Own>,
  world: World,
  reporter: Reporter,
): Unattended {
  const file = recordFile(world);
  const before = readRecord(file, world);
  const told = new Map(before);
  return {
    good: (name) => {
      told.delete(name);
    },
    async problem(problem, name) {
      const isNews = told.get(name) !== problem.kind;
      told.set(name, problem.kind);
      const explanation =
        isNews || !own.has('tell-once') ? await reporter.problem(problem) : explain(problem);
      if (isNews && own.has('notify')) {
        const system = await world.system();
        await system.notify(`mfa-profile: ${name}`, notification(name, explanation));
      }
      return explanation;
    },
    async close() {
      const text = formatRecord(told);
      if (text === formatRecord(before)) return;
      try {
        await (await world.system()).writeFile(file, text);
      } catch {
        reporter.debug(`cannot write ${file}: the next run will say the same again`);
      }
    },
  };
}

const NEEDS_A_PERSON = 3;

function notification(name: string, { message, exitCode }: Explanation): string {
  return exitCode === NEEDS_A_PERSON ? `${message}. Run: mfa-profile refresh ${name}` : message;
}

/** By the XDG base directory specification; Windows has a place of its own. */
function recordFile({ env, home, platform }: World): string {
  const folder =
    platform === 'win32'
      ? (env['LOCALAPPDATA'] ?? `${home}/AppData/Local`)
      : env['XDG_STATE_HOME'] || `${home}/.local/state`;
  return `${folder}/mfa-profile/told.json`;
}

/** By profile, the kind of problem that was told last. What cannot be read was never told. */
function readRecord(file: string, world: World): Map<string, string> {
  try {
    const bytes = world.readFile(file);
    const record: unknown = bytes ? JSON.parse(new TextDecoder().decode(bytes)) : {};
    return new Map(Object.entries(record as Record<string, string>));
  } catch {
    return new Map();
  }
}

function formatRecord(told: ReadonlyMap<string, string>): string {
  return `${JSON.stringify(Object.fromEntries([...told].sort()), null, 2)}\n`;
}
