/** The shell of a person at Windows, which no variable names. */
import type { Environment } from '../../aws/environment.ts';
import { windowsProgram } from '../../aws/windows-program.ts';
import { formatOfCaller } from '../../shells/caller.ts';

/** PowerShell 7 has folders of modules of its own, beside those of Windows PowerShell. */
const MODULES_OF_7 = /(?:^|[;\\/])powershell[\\/](?:\d+[\\/])?modules[\\/]?(?:;|$)/i;

/** The one that this program was called from, as far as its variables tell. */
export function windowsShell(env: Environment): string {
  switch (formatOfCaller([], 'win32', env)) {
    case 'powershell':
      return MODULES_OF_7.test(env['PSModulePath'] ?? '')
        ? 'pwsh'
        : windowsProgram('WindowsPowerShell\\v1.0\\powershell.exe', env);
    case 'windows-cmd':
      return env['COMSPEC'] || windowsProgram('cmd.exe', env);
    default:
      // Git Bash hands its SHELL on as a path of Windows; other ports of bash may not.
      return /^[a-z]:/i.test(env['SHELL'] ?? '') ? env['SHELL']! : 'bash';
  }
}
