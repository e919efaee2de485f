/**
 * The login hooks: for each shell a text that looks at a session's expiry with the shell's own
 * means, and starts `mfa-profile refresh` when it cannot tell that the session is valid. A hook
 * believes only what is certain: one section of the name, a whole session in it, and one expiry key
 * in the form that this program writes. Everything else is `refresh`'s to decide.
 */
import { fishHook } from './fish/hook.ts';
import type { HookOptions } from './hook-options.ts';
import type { ShellName } from './names.ts';
import { bashHook, zshHook } from './posix/hook.ts';
import { powershellHook } from './powershell/hook.ts';

const HOOKS: Record<ShellName, (options: HookOptions) => string> = {
  bash: bashHook,
  zsh: zshHook,
  fish: fishHook,
  powershell: powershellHook,
};

/** The text for a shell's start-up file; ends with a line break. */
export function renderHook(shell: ShellName, options: HookOptions): string {
  return HOOKS[shell](options);
}
