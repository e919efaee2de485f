/** A command of this program that a hint says to run: about the same session as the one given. */
import type { Settings } from '../cli/settings.ts';
import { pasted, pastedName } from '../output/pasted.ts';

/**
 * What a command was given for this one run, or what the line has otherwise: the code is used up, and
 * the format is that of the shell which runs the line.
 */
const ONCE = ['profile', 'token-code', 'force', 'format', 'quiet', 'debug', 'json', 'unset', 'all'];

/** Which files, which session and how: whatever a later run needs to find or make the same one. */
export function sameLine({ given }: Settings, command: string, name: string): string {
  const options = [...given]
    .filter(([option]) => !ONCE.includes(option))
    .map(([option, value]) => (value === true ? `--${option}` : `--${option} ${pasted(value)}`));
  return ['mfa-profile', command, pastedName(name), ...options].join(' ');
}
