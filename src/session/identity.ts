/** Asks STS whose keys these are. */
import { serialOf } from '../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import type { CallContext } from '../problems/faults.ts';
import type { World, CallerIdentity, SigningKeys } from '../world.ts';
import { connectionOf, oddLengthsOf, withProblems } from './aws-call.ts';
import { readAwsFiles } from './aws-files.ts';
import type { Outcome, RunContext } from './context.ts';
import type { SessionSettings } from './options.ts';

/** Asks STS who a session is. @throws Failure */
export async function identify(
  { profile, session, sessionName }: Outcome,
  settings: SessionSettings,
  world: World,
): Promise<CallerIdentity> {
  const files = await readAwsFiles(settings.files, world);
  return askCaller(profile, files, session, { settings, world }, sessionName);
}

/** @param session the session that they belong to. @throws Failure */
export async function askCaller(
  profile: Profile,
  files: AwsFiles,
  keys: SigningKeys,
  context: Pick<RunContext, 'settings' | 'world'>,
  session?: string,
): Promise<CallerIdentity> {
  const connection = connectionOf(profile, files, serialOf(profile), context);
  const sts = await context.world.sts(connection, keys);
  const call: CallContext = {
    action: 'GetCallerIdentity',
    profile: profile.name,
    region: connection.region,
    codeSent: false,
    oddLengths: oddLengthsOf(keys),
    ...(session === undefined ? {} : { session }),
  };
  try {
    return await withProblems(call, sts.getCallerIdentity(), context.world);
  } finally {
    sts.close();
  }
}
