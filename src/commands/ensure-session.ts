/** The session of the one profile that a command was given. */
import { chooseNames } from './choose-names.ts';
import { makeReporter } from '../output/reporter.ts';
import { startSessions } from '../session/index.ts';
import type { Outcome } from '../session/context.ts';
import type { World } from '../world.ts';
import type { Settings } from '../cli/settings.ts';

/**
 * Makes sure of it; says nothing of a success, since what follows is the product; a session that
 * could not be stored serves as well. @throws Failure
 */
export async function ensureOne(settings: Settings, world: World): Promise<Outcome> {
  const sessions = startSessions(settings, world, makeReporter(settings, world));
  try {
    return await sessions.ensureForNow((await chooseNames(settings, world))[0]!);
  } finally {
    sessions.close();
  }
}
