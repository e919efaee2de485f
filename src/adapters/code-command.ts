/** Runs the user's `mfa_process`: a command line whose output is the MFA code. */
import { Failure } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import { readShellCommand } from './shell-command.ts';
import type { ShellCommandOptions } from './shell-command.ts';

/** @throws Failure code-command-failed, which names its status and never its output */
export async function runCodeCommand(
  command: string,
  session: string,
  options: ShellCommandOptions,
): Promise<Secret> {
  const result = await readShellCommand(command, options);
  const code = 'output' in result ? result.output.trim() : '';
  if (/^\d{6}$/.test(code)) return new Secret(code);
  const how = 'how' in result ? result.how : 'it did not print six digits and nothing else';
  throw new Failure({ kind: 'code-command-failed', session, how });
}
