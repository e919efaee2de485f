/** Which shell is asking. */
import type { Environment } from '../aws/environment.ts';
import type { ShellFormat, ShellName } from './names.ts';

const FORMAT_OF_SHELL: Readonly<Record<ShellName, ShellFormat>> = {
  bash: 'env',
  zsh: 'env',
  fish: 'fish',
  powershell: 'powershell',
};

const FORMAT_OF_PROGRAM: ReadonlyMap<string, ShellFormat> = new Map([
  ...Object.entries(FORMAT_OF_SHELL),
  ...['sh', 'dash', 'ash', 'ksh', 'mksh'].map((name) => [name, 'env'] as const),
  ['pwsh', 'powershell'],
  ['cmd', 'windows-cmd'],
]);

/**
 * The format for the shell that called.
 * @param programs names of the programs that this one runs under, the nearest first; none if
 *   the system does not tell
 */
export function formatOfCaller(
  programs: readonly string[],
  platform: string,
  env: Environment,
): ShellFormat {
  // Where no shell is among them, as under an editor or a script in another language, $SHELL tells
  // which one the user likes.
  for (const program of [...programs, env['SHELL'] ?? '']) {
    // Login shells are shown as `-zsh`, and ps shows a path.
    const name = program.replace(/^-|.*[/\\]/g, '').replace(/\.exe$/i, '');
    const format = FORMAT_OF_PROGRAM.get(name.toLowerCase());
    if (format) return format;
  }
  if (platform !== 'win32') return 'env';
  // Git Bash and MSYS set it.
  if (env['MSYSTEM']) return 'env';
  return hasPowershellModules(env) ? 'powershell' : 'windows-cmd';
}

const MACHINE_FOLDERS = ['ProgramFiles', 'ProgramFiles(x86)', 'ProgramW6432', 'SystemRoot'];
const USUAL_MACHINE_FOLDER = /^[a-z]:\\(?:program files(?: \(x86\))?|windows)\\/i;

/**
 * PowerShell puts the user's own folder of modules in front of the machine's, wherever Documents
 * is and whatever it is called (about_PSModulePath); cmd.exe has the machine's only.
 */
function hasPowershellModules(env: Environment): boolean {
  const machine = MACHINE_FOLDERS.flatMap((name) => env[name] || []).map(
    (folder) => `${folder.replace(/\\$/, '').toLowerCase()}\\`,
  );
  return (env['PSModulePath'] ?? '').split(';').some((entry) => {
    const folder = entry.toLowerCase().replace(/\\$/, '');
    return (
      /\\(?:windows)?powershell\\modules$/.test(folder) &&
      !USUAL_MACHINE_FOLDER.test(folder) &&
      !machine.some((known) => folder.startsWith(known))
    );
  });
}
