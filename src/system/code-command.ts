/** Runs the user's `mfa_process`: a command line whose output is the MFA code. */
import { Failure } from '../problems/problem.ts';
import { Secret } from '../credentials/secret.ts';
import { readShellCommand } from './shell-command.ts';
import type { ShellCommandOptions } from './shell-command.ts';

/** @throws Failure code-command-failed, which names its status and never its output */
export async function runCodeCommand(
  command: string,
  session: string,
  options: ShellCommandOptions,
): Promise<Secret> {
  const result = await readShellCommand(command, options);
  const failed = (how: string): Failure =>
    new Failure({ kind: 'code-command-failed', session, how });
  if ('how' in result) throw failed(result.how);
  // One word of six digits: `ykman oath accounts code` prints the account's name before it.
  const [code, ...others] = result.output.match(/(?<!\S)\d{6}(?!\S)/g) ?? [];
  if (code === undefined) throw failed('there are no six digits in its output');
  if (others.length > 0) throw failed('there is more than one code in its output');
  return new Secret(code);
}
