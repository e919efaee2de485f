/**
 * Completion scripts: each hands the words of the line to `mfa-profile completion SHELL -- WORDS…`
 * and shows what comes back, a candidate a line with a tab before a description; `:files` and
 * `:command` leave the word to the shell's own completion.
 */
import fish from './fish/completion.fish';
import type { ShellName } from './names.ts';
import bash from './posix/completion.bash';
import zsh from './posix/completion.zsh';
import powershell from './powershell/completion.ps1';

export const COMPLETION_SCRIPTS: Readonly<Record<ShellName, string>> = {
  bash,
  zsh,
  fish,
  powershell,
};
