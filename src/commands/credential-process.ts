/** `credential-process`: the protocol by which the AWS CLI and SDKs ask another program for keys. */
import { credentialProcessJson } from '../core/credential-json.ts';
import type { World } from '../world.ts';
import { ensureOne } from './one-session.ts';
import type { Settings } from './settings.ts';

export async function run(settings: Settings, world: World): Promise<number> {
  const { session } = await ensureOne(settings, world);
  world.stdout.write(credentialProcessJson(session));
  return 0;
}
