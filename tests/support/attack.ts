/**
 * The built program under `strace`, which kills it at a chosen system call or makes that call fail.
 * A part of all attacks is run with the other tests, all of them by `npm run attack`.
 */
import { readFileSync } from 'node:fs';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import type { RunResult } from './child.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { PROGRAM, makeSandbox } from './sandbox.ts';
import { configOf } from './scene.ts';

export const isWhole = process.env['MFA_PROFILE_ATTACK'] === 'whole';

/** Calls that change a folder or a file, by the names of all Linux machines. */
const CHANGING = [
  ...['mkdir', 'mkdirat', 'rmdir', 'unlink', 'unlinkat', 'rename', 'renameat', 'renameat2'],
  ...['link', 'linkat', 'pwrite64', 'write', 'fsync', 'ftruncate', 'utimensat', 'fchmod'],
  ...['fchown', 'openat'],
];

/** One system call of one run: the `index`-th of its name in its thread, from 1. */
export interface Call {
  readonly name: string;
  readonly index: number;
}

/** Every part of the list that is run here, spread over the whole of it. */
export function sampled<T>(all: readonly T[], most: number): T[] {
  if (isWhole || all.length <= most) return [...all];
  const step = (all.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => all[Math.round(at * step)]!);
}

export interface Attack {
  readonly sts: LocalSts;
  readonly box: Sandbox;
  /** The arguments of a refresh with the code of the moment. */
  readonly refresh: () => string[];
  /** Runs the program with strace's options, such as `-e inject=…`. */
  readonly under: (options: string[], args: string[]) => Promise<RunResult>;
}

/** A home and an STS of its own, so that many attacks run beside each other. */
export async function withAttack<T>(
  options: SandboxOptions,
  act: (attack: Attack) => Promise<T>,
): Promise<T> {
  const sts = await startLocalSts({ totpClock: 'fresh' });
  const texts = { credentials: credentialsOf(ALICE), config: configOf(ALICE) };
  const box = makeSandbox({ ...texts, sts, ...options });
  const under = (more: string[], args: string[]): Promise<RunResult> =>
    box.exec(
      'strace',
      ['-f', '-qq', '-o', '/dev/null', ...more, process.execPath, PROGRAM, ...args],
      {
        // One worker, so that the calls of each thread come in one order.
        env: { UV_THREADPOOL_SIZE: '1' },
      },
    );
  try {
    return await act({
      sts,
      box,
      refresh: () => ['refresh', 'alice', '--token-code', sts.code('alice')],
      under,
    });
  } finally {
    box.cleanup();
    await sts.close();
  }
}

/** A path as strace writes it: bytes beyond ASCII by their numbers, in octal. */
function asStraceShows(path: string): string {
  return [...Buffer.from(path)]
    .map((byte) => (byte < 127 ? String.fromCharCode(byte) : `\\${byte.toString(8)}`))
    .join('');
}

/**
 * The calls of a run that have to do with the folder of the AWS files, or with those given. strace counts in each thread
 * and strikes in the first that gets so far: a call whose number another thread reaches before it,
 * elsewhere, cannot be struck.
 */
export async function callsOnFolder(
  { box, under }: Attack,
  args: string[],
  folders: readonly string[] = [box.folder],
): Promise<Call[]> {
  const log = box.path('trace');
  const trace = `trace=${CHANGING.map((name) => `?${name}`).join(',')}`;
  await under(['-y', '-o', log, '-e', trace], args);
  const shown = folders.map(asStraceShows);
  const counts = new Map<string, number>();
  const first = new Map<string, Call & { readonly isOnFolder: boolean }>();
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, thread, name] = /^(\d+) +(\w+)\(/.exec(line) ?? [];
    if (name === undefined) continue;
    const index = (counts.get(`${thread} ${name}`) ?? 0) + 1;
    counts.set(`${thread} ${name}`, index);
    const key = `${name} ${index}`;
    const isOnFolder = shown.some((folder) => line.includes(folder));
    if (!first.has(key)) first.set(key, { name, index, isOnFolder });
  }
  return [...first.values()].filter(({ isOnFolder }) => isOnFolder);
}

/**
 * A run in which one call on the folder fails.
 * @returns undefined if a call on something else had its place this time
 */
export async function failOnce(
  { box, under }: Attack,
  { name, index }: Call,
  error: string,
  args: string[],
): Promise<RunResult | undefined> {
  const log = box.path('trace');
  const inject = `inject=${name}:error=${error}:when=${index}`;
  const result = await under(['-y', '-o', log, '-e', `trace=${name}`, '-e', inject], args);
  const lines = readFileSync(log, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes('(INJECTED)'));
  const thread = `${/^\d+/.exec(lines[at] ?? '')?.[0]} `;
  // Where another thread's output cuts a call in two, its path is in the line before.
  const call = lines.slice(0, at + 1).filter((line) => line.startsWith(thread));
  const said = lines[at]?.includes('resumed>') ? call.slice(-2) : call.slice(-1);
  return said.join('').includes(asStraceShows(box.folder)) ? result : undefined;
}

/** Runs at most `atOnce` of them beside each other: most of the time they wait. */
export async function inParallel<T>(
  all: readonly T[],
  atOnce: number,
  act: (each: T) => Promise<void>,
): Promise<void> {
  const rest = [...all];
  const work = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
