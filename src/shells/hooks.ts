/**
 * The login hooks: for each shell a text that looks at a session's expiry with the shell's own
 * means, and starts `mfa-profile refresh` when it cannot tell that the session is good. A hook
 * believes only what is certain: one section of the name, a whole session in it, and one expiry key
 * in the form that this program writes. Everything else is `refresh`'s to decide.
 */
import { fishHook } from './fish/hook.ts';
import { bashHook, zshHook } from './posix/hook.ts';
import { powershellHook } from './powershell/hook.ts';

export const HOOK_SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type HookShell = (typeof HOOK_SHELLS)[number];

export interface HookOptions {
  /** Undefined: what `AWS_PROFILE` says when the hook runs, else `default`. */
  readonly profile: string | undefined;
  /** Undefined: what the environment says when the hook runs, else the usual place. */
  readonly credentialsFile: string | undefined;
  readonly configFile: string | undefined;
  readonly minTtlSeconds: number;
  /** Adds the function `mfa_profile_left`. */
  readonly prompt: boolean;
  /** Looks before every prompt, not only when the shell starts. */
  readonly eachPrompt: boolean;
  /** Options of `refresh` to pass on, next to the profile. */
  readonly refreshOptions: readonly string[];
  /** The options that this hook was asked for with, to show how to install it. */
  readonly givenOptions: readonly string[];
}

const HOOKS: Record<HookShell, (options: HookOptions) => string> = {
  bash: bashHook,
  zsh: zshHook,
  fish: fishHook,
  powershell: powershellHook,
};

/** The text for a shell's start-up file; ends with a line break. */
export function renderHook(shell: HookShell, options: HookOptions): string {
  return HOOKS[shell](options);
}
