/** `hook`: prints the text for a shell's start-up file that keeps a session fresh. */
import { renderHook } from '../../shells/hooks.ts';
import type { ShellName } from '../../shells/names.ts';
import type { World } from '../../world.ts';
import { absolutePath, givenOptions, refreshOptions } from '../refresh-line.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Own } from './command.ts';

// eslint-disable-next-line @typescript-eslint/require-await
export async function run(settings: Settings<Own>, world: World): Promise<number> {
  const { own } = settings;
  const file = (option: 'credentials-file' | 'config-file'): string | undefined => {
    const path = own.get(option);
    return typeof path === 'string' ? absolutePath(path, world) : undefined;
  };
  world.stdout.write(
    renderHook(settings.choice as ShellName, {
      platform: world.platform,
      profile: settings.names[0],
      credentialsFile: file('credentials-file'),
      configFile: file('config-file'),
      minTtlSeconds: settings.session.minTtlSeconds,
      prompt: own.has('prompt'),
      eachPrompt: own.has('each-prompt'),
      refreshOptions: refreshOptions(settings, world),
      givenOptions: givenOptions(settings),
    }),
  );
  return 0;
}
