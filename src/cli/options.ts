/**
 * The options that several commands have, declared once: parsing, help and completion read this.
 */

import { PROMPT_WAYS } from '../session/options.ts';

export interface OptionSpec<Name extends string = string> {
  readonly name: Name;
  readonly alias?: string;
  /**
   * `flag` takes no value; the others take one, and each is checked by its reader in settings.ts.
   */
  readonly takes: 'flag' | 'text' | 'file' | 'profile' | 'choice';
  readonly choices?: readonly string[];
  /** The value's name in the help. */
  readonly value?: string;
}

/** Options that every command takes. */
export const GLOBAL_OPTIONS = [
  { name: 'profile', takes: 'profile', value: 'NAME' },
  { name: 'credentials-file', takes: 'file', value: 'FILE' },
  { name: 'config-file', takes: 'file', value: 'FILE' },
  { name: 'endpoint-url', takes: 'text', value: 'URL' },
  { name: 'region', takes: 'text', value: 'REGION' },
  { name: 'ca-bundle', takes: 'file', value: 'FILE' },
  { name: 'no-verify-ssl', takes: 'flag' },
  { name: 'cli-connect-timeout', takes: 'text', value: 'N' },
  { name: 'cli-read-timeout', takes: 'text', value: 'N' },
  { name: 'json', takes: 'flag' },
  { name: 'quiet', takes: 'flag' },
  { name: 'debug', takes: 'flag' },
  { name: 'no-color', takes: 'flag' },
] as const satisfies readonly OptionSpec[];
export type GlobalOption = (typeof GLOBAL_OPTIONS)[number]['name'];

/** Options of the commands that may get a session. */
export const SESSION_OPTIONS = [
  { name: 'token-code', alias: 't', takes: 'text', value: 'CODE' },
  { name: 'serial-number', takes: 'text', value: 'ARN' },
  { name: 'duration-seconds', takes: 'text', value: 'N' },
  { name: 'duration', takes: 'text', value: 'LENGTH' },
  { name: 'min-ttl', takes: 'text', value: 'LENGTH' },
  { name: 'force', takes: 'flag' },
  { name: 'no-prompt', takes: 'flag' },
  { name: 'prompt', takes: 'choice', choices: PROMPT_WAYS, value: 'HOW' },
  { name: 'mfa-process', takes: 'text', value: 'CMD' },
  { name: 'session-profile', takes: 'profile', value: 'NAME' },
] as const satisfies readonly OptionSpec[];
export type SessionOption = (typeof SESSION_OPTIONS)[number]['name'];

/** The options in the order of the help: what only this command has comes first. */
export function ownFirst(options: readonly OptionSpec[]): OptionSpec[] {
  const isShared = ({ name }: OptionSpec) => SESSION_OPTIONS.some((each) => each.name === name);
  return [...options.filter((option) => !isShared(option)), ...options.filter(isShared)];
}

/** Some of the session options, for a command that takes no others. */
export function sessionOptions(
  ...names: readonly SessionOption[]
): readonly OptionSpec<SessionOption>[] {
  return SESSION_OPTIONS.filter(({ name }) => names.includes(name));
}
