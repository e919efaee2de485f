/** `exec`: runs a program with a session in its environment, and ends as that program ends. */
import { changeEnvironment, enterSession } from '../../credentials/environment.ts';
import { homeOf } from '../../profiles/account.ts';
import type { World } from '../../world.ts';
import { ensureOne } from '../ensure-session.ts';
import { usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';

export async function run(settings: Settings, world: World): Promise<number> {
  const [file, ...args] = settings.rest ?? [];
  if (file === undefined) {
    throw usage(
      'exec needs a command behind --',
      'for example: mfa-profile exec prod -- aws s3 ls',
    );
  }
  const { profile, session } = await ensureOne(settings, world);
  const change = enterSession(session, homeOf(profile.settings, world.env));
  const env = changeEnvironment(world.env, change, world.platform);
  return world.runProgram({ file, args, env });
}
