/** The names of the forms that a session is printed in for a shell; how they look: shells.ts. */

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
