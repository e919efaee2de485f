/** What is measured, against what, and how much it may take. */
import { PROGRAM } from '../tests/support/sandbox.ts';
import { findTool } from '../tests/support/needs.ts';
import { timeProcess } from './measure.ts';
import type { Work } from './measure.ts';
import type { Scene } from './scene.ts';

export const NODE = 'node -e 0';
export const ONE_CALL = 'one client-sts call';

/** A work with a promise about it; those without one are there for comparison. */
export interface Compared extends Work {
  readonly against: typeof NODE | typeof ONE_CALL;
  /** The ratio to reach; undefined for what is not ours. */
  readonly target?: number;
  /** What it is held to meanwhile, where the target is not reached. */
  readonly limit?: number;
}

export function listWorks(scene: Scene, node: string, isShort: boolean): Compared[] {
  const { env, mixed, largeMixed } = scene;
  const plain = (
    name: string,
    args: readonly string[],
    target: number,
    runs?: number,
  ): Compared => {
    const command = [node, PROGRAM, ...args];
    const time = async (): Promise<number> => timeProcess(command, env);
    return { name, against: NODE, target, command, time, ...(runs === undefined ? {} : { runs }) };
  };
  const base = [node, '-e', '0'];
  return [
    { name: NODE, against: NODE, command: base, time: async () => timeProcess(base, env) },
    plain('credential-process, session valid', ['credential-process', 'prod'], 1.1),
    plain('refresh, session valid', ['refresh', 'prod'], 1.1),
    plain('env', ['env', 'prod'], 1.15),
    plain('status --check', ['status', '--check', 'prod'], 1.15),
    plain('status --json', ['status', '--json'], 1.25),
    plain('status', ['status'], 1.35),
    plain('completion', ['completion', 'bash', '--', 'refresh', 'p'], 3),
    plain('--help', ['--help'], 3.5),
    plain('10,000 sections: refresh, session valid', ['refresh', 'team-4000', ...scene.large], 1.3),
    {
      ...plain('10,000 sections: status --json', ['status', '--json', ...scene.large], 5, 10),
      limit: 7.5,
    },
    ...reuses(scene, isShort).map(([name, args]) => plain(name, args, 1.15)),
    {
      ...plain('30 mixed: status --json', ['status', '--json', ...mixed.options], 1.3),
      limit: 1.5,
    },
    { ...plain('30 mixed: status', ['status', ...mixed.options], 1.3), limit: 1.6 },
    {
      ...plain('10,000 mixed: refresh', ['refresh', largeMixed.name, ...largeMixed.options], 1.4),
      limit: 1.9,
    },
    {
      ...plain('10,000 mixed: status --json', ['status', '--json', ...largeMixed.options], 5, 10),
      limit: 10,
    },
    oneCall(scene, node),
    refresh(scene, node),
    ...(isShort ? [] : awsCli(scene)),
  ];
}

/** Each reuse on each kind of file; the short form looks at one of them. */
function reuses({ byKind }: Scene, isShort: boolean): (readonly [string, readonly string[]])[] {
  const commands = [['refresh'], ['credential-process'], ['env'], ['status', '--check']];
  return [...byKind].flatMap(([kind, { name, options }]) =>
    (isShort ? commands.slice(0, 1) : commands).map(
      (command) => [`${kind}: ${command.join(' ')}`, [...command, name, ...options]] as const,
    ),
  );
}

function oneCall(
  { oneCall: script, endpoint, serial, env, freshCode }: Scene,
  node: string,
): Compared {
  return {
    name: ONE_CALL,
    against: NODE,
    time: async () => timeProcess([node, script, endpoint, serial, await freshCode()], env),
  };
}

function refresh(scene: Scene, node: string): Compared {
  return {
    name: 'refresh --token-code, a new session',
    against: ONE_CALL,
    target: 1,
    time: async () => {
      const code = await scene.freshCode();
      scene.forget();
      return timeProcess([node, PROGRAM, 'refresh', 'alice', '--token-code', code], scene.env);
    },
  };
}

/** The AWS CLI at the same work, where it is installed. */
function awsCli({ env, endpoint, serial, freshCode }: Scene): Compared[] {
  const aws = findTool('aws');
  if (aws === undefined) return [];
  return [
    {
      name: 'AWS CLI: sts get-session-token',
      against: ONE_CALL,
      runs: 5,
      time: async () => {
        const call = ['sts', 'get-session-token', '--profile', 'alice', '--endpoint-url', endpoint];
        const device = ['--serial-number', serial, '--token-code', await freshCode()];
        return timeProcess([aws, ...call, ...device], { ...env, PATH: process.env['PATH'] });
      },
    },
  ];
}
