/** Times whole processes in turn, so that whatever else the machine does falls on all of them alike. */
import { spawnSync } from 'node:child_process';

/** One kind of process, or anything else that can be timed. */
export interface Work {
  readonly name: string;
  /** Run once; gives what it took in milliseconds. */
  readonly time: () => Promise<number>;
  /** The command line, where its memory can be measured. */
  readonly command?: readonly string[];
  /** Runs instead of the usual number, for works that take long. */
  readonly runs?: number;
}

export interface Timing {
  /** Milliseconds, the lower quartile: other programs only ever add to a time. */
  readonly quartile: number;
  readonly median: number;
  readonly runs: number;
}

const WARM_UPS = 2;

/** Runs the works one after another, and that again and again. */
export async function timeInTurn(
  works: readonly Work[],
  runs: number,
): Promise<Map<string, Timing>> {
  const times = new Map(works.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < runs + WARM_UPS; round++) {
    for (const work of works) {
      if (round >= (work.runs ?? runs) + WARM_UPS) continue;
      const took = await work.time();
      if (round >= WARM_UPS) times.get(work.name)!.push(took);
    }
  }
  return new Map([...times].map(([name, all]) => [name, summarise(all)]));
}

function summarise(times: number[]): Timing {
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)]!;
  return { quartile: at(0.25), median: at(0.5), runs: sorted.length };
}

/** Runs a command line to its end with nobody at its terminal. @throws if it fails */
export function timeProcess(command: readonly string[], env: NodeJS.ProcessEnv): number {
  const [file, ...args] = command;
  const started = process.hrtime.bigint();
  const { status, error, stderr } = spawnSync(file!, args, {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const took = Number(process.hrtime.bigint() - started) / 1e6;
  if (error) throw error;
  if (status !== 0) throw new Error(`${command.join(' ')}: exit ${status}: ${String(stderr)}`);
  return took;
}

/** The most memory that it ever held, in MB, by GNU time; undefined if that is not there. */
export function memoryOf(command: readonly string[], env: NodeJS.ProcessEnv): number | undefined {
  const peaks = [1, 2, 3, 4, 5].map(() => {
    const { status, stderr } = spawnSync('/usr/bin/time', ['-f', '%M', ...command], { env });
    return status === 0 ? Number(String(stderr).trim().split('\n').at(-1)) / 1024 : NaN;
  });
  const median = peaks.sort((a, b) => a - b)[2]!;
  return Number.isNaN(median) ? undefined : median;
}
