/** `exec`: runs a program with a session in its environment, and ends as that program ends. */
import { changeEnvironment, enterSession } from '../../credentials/environment.ts';
import { homeOf } from '../../profiles/account.ts';
import { Failure, isFailure } from '../../problems/problem.ts';
import type { Machine, Programs, World } from '../../world.ts';
import { ensureOne } from '../ensure-session.ts';
import { makeReporter } from '../../output/reporter.ts';
import { usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import { windowsShell } from './windows-shell.ts';
import { words } from './words.ts';

export async function run(settings: Settings, world: World): Promise<number> {
  const [file, ...args] = settings.rest ?? [];
  // A bare `--` with nothing after it was meant to have something.
  const opensShell = file === undefined && settings.rest === undefined && world.isInteractive;
  if (file === undefined && !opensShell) {
    throw usage(words.needsCommand, words.forExample);
  }
  const { profile, session } = await ensureOne(settings, world);
  if (opensShell) warnOfNesting(profile.name, settings, world);
  const change = enterSession(session, homeOf(profile.settings, world.env));
  const env = {
    ...changeEnvironment(world.env, change, world.platform),
    MFA_PROFILE: profile.name,
  };
  if (file !== undefined) return world.runProgram({ file, args, env });
  return openShell(shellOf(world), env, world);
}

/** @throws Failure program-not-found, program-not-runnable */
async function openShell(
  file: string,
  env: Readonly<Record<string, string>>,
  world: Programs,
): Promise<number> {
  try {
    return await world.runProgram({ file, args: [], env });
  } catch (error) {
    if (!isFailure(error) || error.problem.kind !== 'program-not-found') throw error;
    throw new Failure({ ...error.problem, isShell: true });
  }
}

/** A nested shell takes two exits to leave, and hides the session of the outer one. */
function warnOfNesting(name: string, settings: Settings, world: World): void {
  const outer = world.env['MFA_PROFILE'];
  if (outer) makeReporter(settings, world).warn(words.nested(name, outer));
}

/** The user's own. */
function shellOf({ env, platform }: Machine): string {
  return platform === 'win32' ? windowsShell(env) : env['SHELL'] || '/bin/sh';
}
