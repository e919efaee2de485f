/**
 * Asks for a code in a window of the desktop, by a program that the desktop has for that. What is
 * asked goes in by arguments, or by variables; the code comes out by stdout and is in no argument.
 */
import { spawn } from 'node:child_process';
import type { Environment } from '../aws/environment.ts';
import { readTokenCode } from '../aws/mfa-device.ts';
import { Secret } from '../credentials/secret.ts';
import { Failure } from '../problems/problem.ts';
import type { Speak } from '../problems/text.ts';
import type { CodeWindow } from '../world.ts';
import { findProgram } from './program-path.ts';
import { readProgram } from './read-program.ts';
import { driversFor, makeLine, namesOf, readAnswer } from './window-drivers.ts';
import type { Answer, Driver } from './window-drivers.ts';
import { words } from './words.ts';

export interface WindowOptions {
  readonly platform: string;
  readonly env: Environment;
  /** A signal from outside closes the window. */
  readonly interrupt: AbortSignal;
  readonly speak: Speak;
  /** Waits for its turn among all windows of this desktop. @returns what ends the turn */
  readonly takeTurn: (stop: AbortSignal) => Promise<() => Promise<void>>;
  /** As that of a terminal: nobody waits for the answer once the caller has gone. */
  readonly watchCaller: () => { readonly gone: AbortSignal; readonly end: () => void };
}

const TIME_LIMIT_MS = 300_000;

/** @returns the names that were looked for in vain; none if there is no display */
export function findWindow(options: WindowOptions): CodeWindow | readonly string[] {
  const { platform, env, interrupt } = options;
  const wanted = driversFor(platform, env);
  const found = wanted.flatMap((name): Found[] =>
    namesOf(name, env)
      .map((each) => findProgram(each, env, platform))
      .filter((file) => file !== undefined)
      .map((file) => ({ name, file })),
  );
  if (found.length === 0) return wanted;
  return {
    ask: async (lines, until) => {
      interrupt.throwIfAborted();
      const caller = options.watchCaller();
      const stop = AbortSignal.any([interrupt, caller.gone, ...(until ? [until] : [])]);
      try {
        const endTurn = await options.takeTurn(stop);
        try {
          return await askInTurn(lines.map(options.speak), found, stop, options);
        } finally {
          await endTurn();
        }
      } finally {
        caller.end();
      }
    },
  };
}

interface Found {
  readonly name: Driver;
  readonly file: string;
}

type Outcome = Awaited<ReturnType<CodeWindow['ask']>>;

/** The first program that can open a window asks, until it is given six digits. */
async function askInTurn(
  lines: readonly string[],
  found: readonly Found[],
  stop: AbortSignal,
  options: WindowOptions,
): Promise<Outcome> {
  const deadline = performance.now() + TIME_LIMIT_MS;
  const title = options.speak(words.windowTitle);
  for (const program of found) {
    for (let said = lines; ;) {
      const answer = await show(program, { title, lines: said }, { stop, deadline }, options);
      if (answer.kind === 'failed') break;
      if (answer.kind === 'late') return { kind: 'late' };
      if (answer.kind === 'closed') throw new Failure({ kind: 'interrupted', signal: 'SIGINT' });
      const code = readTokenCode(answer.text);
      if (code !== undefined) return { kind: 'code', code: new Secret(code) };
      said = [options.speak(words.sixDigits), lines.at(-1)!];
    }
  }
  return { kind: 'failed', tried: [...new Set(found.map(({ name }) => name))] };
}

/** @param deadline by `performance.now()` */
async function show(
  { name, file }: Found,
  text: { readonly title: string; readonly lines: readonly string[] },
  { stop, deadline }: { readonly stop: AbortSignal; readonly deadline: number },
  { platform, env }: WindowOptions,
): Promise<Answer> {
  const { args, input, variables } = makeLine(name, { ...text, seconds: TIME_LIMIT_MS / 1000 });
  const end = await readProgram(
    () =>
      spawn(file, args, {
        stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
        env: { ...env, ...variables },
        windowsHide: true,
      }),
    {
      platform,
      env,
      interrupt: stop,
      timeLimitMs: Math.max(0, deadline - performance.now()),
      input,
    },
  );
  if (end.kind === 'ended') return readAnswer(name, { ...end, status: end.status ?? undefined });
  return { kind: end.kind === 'too-long' ? 'late' : 'failed' };
}
