/** Runs the user's `mfa_process`: a command line whose output is the MFA code. */
import { Failure } from '../problems/problem.ts';
import { readTokenCode } from '../aws/mfa-device.ts';
import type { WantedCode } from '../world.ts';
import { Secret } from '../credentials/secret.ts';
import { readShellCommand } from './shell-command.ts';
import type { ShellCommandOptions } from './shell-command.ts';
import type { Said } from '../problems/text.ts';
import { words } from './words.ts';

/**
 * Its environment names the profile, the session profile and the device, so that one command serves
 * them all. @throws Failure code-command-failed, which names its status and never its output
 */
export async function runCodeCommand(
  command: string,
  { profile, session, serialNumber }: WantedCode,
  options: ShellCommandOptions,
): Promise<Secret> {
  const env = {
    ...options.env,
    MFA_PROFILE: profile,
    MFA_PROFILE_SESSION: session,
    MFA_SERIAL: serialNumber,
  };
  const result = await readShellCommand(command, { ...options, env });
  const failed = (how: Said): Failure =>
    new Failure({ kind: 'code-command-failed', session: profile, how });
  if ('how' in result) throw failed(result.how);
  const [code, ...others] = findCodes(result.output);
  if (code === undefined) throw failed(words.noCode);
  if (others.length > 0) throw failed(words.severalCodes);
  return new Secret(code);
}

/** ECMA-48's control sequences, and the titles of xterm's. */
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[ -/]*[0-~])/g;
/** What is not seen: a mark of order or direction, a blank without width. */
const UNSEEN = /\p{Cf}/gu;
const QUOTES = /["'`\u2018\u2019\u201c\u201d\u300c\u300d]/g;

/**
 * The codes in a program's output: one word of six digits, for `ykman oath accounts code` prints
 * the account's name before it; else a line that holds nothing but six digits with blanks between
 * them; else three digits, a blank and three digits, as apps write them.
 */
export function findCodes(output: string): string[] {
  const text = output
    .normalize('NFKC')
    .replace(ESCAPES, '')
    .replace(UNSEEN, '')
    .replace(QUOTES, ' ');
  const whole = text.match(/(?<!\S)\d{6}(?!\S)/g);
  if (whole) return whole;
  const lines = text.split(/[\r\n]+/).flatMap((line) => readTokenCode(line) ?? []);
  if (lines.length > 0) return lines;
  const halves =
    text.match(/(?<![^ \t\r\n]|\d[ \t]+)\d{3}[ \t]\d{3}(?![^ \t\r\n]|[ \t]+\d)/g) ?? [];
  return halves.flatMap((half) => readTokenCode(half) ?? []);
}
