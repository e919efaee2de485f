/** `whoami`: asks STS who the session is, which also proves that it works. */
import { findHeldSession } from '../held-session.ts';
import { askCaller, identify } from '../../session/identity.ts';
import { readAwsFiles } from '../../session/aws-files.ts';
import { quoted, quotedIn, toJson } from '../../output/printable.ts';
import type { CallerIdentity, World } from '../../world.ts';
import { ensureOne } from '../ensure-session.ts';
import type { Settings } from '../../cli/settings.ts';

export async function run(settings: Settings, world: World): Promise<number> {
  const { caller, profile, sessionProfile } =
    (await identifyShell(settings, world)) ?? (await identifySession(settings, world));
  // The keys are those of `aws sts get-caller-identity`, so that its scripts go on working.
  const json = {
    UserId: caller.userId,
    Account: caller.account,
    Arn: caller.arn,
    profile,
    session_profile: sessionProfile,
  };
  world.stdout.write(settings.json ? toJson(quotedIn(json)) : `${quoted(caller.arn)}\n`);
  return 0;
}

interface Identified {
  readonly caller: CallerIdentity;
  readonly profile: string | null;
  readonly sessionProfile: string | null;
}

/** Without a name, in a shell that holds a session: who that is, whatever the files have by now. */
async function identifyShell(settings: Settings, world: World): Promise<Identified | undefined> {
  if (settings.names.length > 0 || settings.session.force) return undefined;
  const files = await readAwsFiles(settings.files, world);
  const held = findHeldSession(files, world.env);
  if (!held) return undefined;
  const { profile, keys, sessionProfile } = held;
  const caller = await askCaller(
    profile,
    files,
    keys,
    { settings, world },
    sessionProfile ?? undefined,
  );
  return { caller, profile: profile.name, sessionProfile };
}

async function identifySession(settings: Settings, world: World): Promise<Identified> {
  const outcome = await ensureOne(settings, world);
  const caller = await identify(outcome, settings, world);
  return { caller, profile: outcome.profile.name, sessionProfile: outcome.sessionName };
}
