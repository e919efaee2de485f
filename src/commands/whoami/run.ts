/** `whoami`: asks STS who the session is, which also proves that it works. */
import { identify } from '../../session/identity.ts';
import { makeReporter } from '../../output/reporter.ts';
import { startSessions } from '../../session/index.ts';
import type { World } from '../../world.ts';
import { namesOrDefault } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';

export async function run(settings: Settings, world: World): Promise<number> {
  const reporter = makeReporter(settings, world);
  const sessions = startSessions(settings, world, reporter);
  try {
    const outcome = await sessions.ensure(namesOrDefault(settings, world.env)[0]!);
    const { arn, account, userId } = await identify(outcome, settings, world);
    // The keys are those of `aws sts get-caller-identity`, so that its scripts go on working.
    const json = {
      UserId: userId,
      Account: account,
      Arn: arn,
      profile: outcome.profile.name,
      session_profile: outcome.sessionName,
    };
    world.stdout.write(settings.json ? `${JSON.stringify(json, null, 2)}\n` : `${arn}\n`);
    return 0;
  } finally {
    sessions.close();
  }
}
