/** Which shell is asking. */
import type { ShellFormat } from './names.ts';

const FORMAT_OF_PROGRAM: Record<string, ShellFormat> = {
  ...{ sh: 'env', bash: 'env', zsh: 'env', dash: 'env', ash: 'env', ksh: 'env', mksh: 'env' },
  fish: 'fish',
  ...{ pwsh: 'powershell', powershell: 'powershell' },
  cmd: 'windows-cmd',
};

/**
 * The format for the shell that called.
 * @param programs names of the programs that this one runs under, the nearest first; none where
 *   the system does not tell
 */
export function formatOfCaller(
  programs: readonly string[],
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): ShellFormat {
  // Where no shell is among them, as under an editor or a script in another language, $SHELL tells
  // which one the user likes.
  for (const program of [...programs, env['SHELL'] ?? '']) {
    // Login shells are shown as `-zsh`, and ps shows a path.
    const name = program.replace(/^-|.*[/\\]/g, '').replace(/\.exe$/i, '');
    const format = FORMAT_OF_PROGRAM[name.toLowerCase()];
    if (format) return format;
  }
  if (platform !== 'win32') return 'env';
  // Git Bash and MSYS set it.
  if (env['MSYSTEM']) return 'env';
  // PowerShell puts the user's own folder in front of the machine's; cmd.exe leaves it out.
  const isPowershell = /\\Documents\\(?:Windows)?PowerShell\\Modules/i;
  return isPowershell.test(env['PSModulePath'] ?? '') ? 'powershell' : 'windows-cmd';
}
