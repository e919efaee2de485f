/**
 * `credential-process`: the protocol by which the AWS CLI and SDKs ask another program for keys.
 */
import { credentialProcessJson } from '../../credentials/json.ts';
import { accountOf } from '../../profiles/account.ts';
import type { World } from '../../world.ts';
import { ensureOne } from '../ensure-session.ts';
import type { Settings } from '../../cli/settings.ts';

export async function run(settings: Settings, world: World): Promise<number> {
  const { profile, session } = await ensureOne(settings, world);
  world.stdout.write(credentialProcessJson(session, accountOf(profile.settings)));
  return 0;
}
