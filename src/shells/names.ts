/**
 * The names of the shells, and of the forms that a session is printed in for them: the only list.
 */

/** The AWS CLI's names for `export-credentials`, and `dotenv`. */
export const SHELL_FORMATS = [
  'env',
  'env-no-export',
  'fish',
  'powershell',
  'windows-cmd',
  'dotenv',
] as const;
export type ShellFormat = (typeof SHELL_FORMATS)[number];

/** Shells that have a login hook and a completion script. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type ShellName = (typeof SHELLS)[number];
