/** The options of the `refresh` command line that `hook` and `schedule` print. */
import { hasLogin } from '../aws/proxy.ts';
import { expandHome } from '../profiles/paths.ts';
import type { Machine, Programs } from '../world.ts';
import { GLOBAL_OPTIONS } from '../cli/options.ts';
import { usage } from '../cli/settings.ts';
import type { Settings } from '../cli/settings.ts';
import { words } from '../cli/mistakes.ts';

/** The caller passes the profile on; how much is said is decided when it runs. */
const NOT_PASSED_ON = ['profile', 'json', 'quiet', 'debug', 'no-color'];

/** Options with a login in an address, which does not belong in a file that others may read. */
export function optionsLeftOut({ given }: Settings): string[] {
  const address = given.get('endpoint-url');
  return typeof address === 'string' && hasLogin(address) ? ['--endpoint-url'] : [];
}

/** Words for `refresh`, such as `--region=eu-west-1`; files with absolute paths. */
export function refreshOptions(settings: Settings, world: Machine & Programs): string[] {
  const { own } = settings;
  const leftOut = [...NOT_PASSED_ON.map((name) => `--${name}`), ...optionsLeftOut(settings)];
  const specs = GLOBAL_OPTIONS.filter(({ name }) => !leftOut.includes(`--${name}`));
  const minTtl = own.get('min-ttl');
  const words = specs.flatMap(({ name, takes }) => {
    const value = own.get(name);
    if (value === undefined) return [];
    if (value === true) return [`--${name}`];
    return [`--${name}=${takes === 'file' ? absolutePath(value, world) : value}`];
  });
  return typeof minTtl === 'string' ? [...words, `--min-ttl=${minTtl}`] : words;
}

/**
 * The options as given, for a comment that shows how the text was made.
 * @throws Failure usage for a value that would break out of a comment's line
 */
export function givenOptions(settings: Settings): string[] {
  const leftOut = optionsLeftOut(settings);
  const given = [...settings.given].filter(([name]) => !leftOut.includes(`--${name}`));
  return given.map(([name, value]) => {
    if (value === true) return `--${name}`;
    if (/[\u0000-\u001f\u007f]/.test(value)) throw usage(words.controlCharacter(`--${name}`));
    return `--${name}=${value}`;
  });
}

export function absolutePath(path: string, { home, launch, platform }: Machine & Programs): string {
  const whole = expandHome(path, home);
  if (whole !== path) return whole;
  const isAbsolute = platform === 'win32' ? /^([a-z]:)?[\\/]/i.test(path) : path.startsWith('/');
  return isAbsolute ? path : `${launch.folder}/${path}`;
}
