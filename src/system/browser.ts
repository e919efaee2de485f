/** The person's browser, started by whatever the system has for that. */
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import type { Environment } from '../aws/environment.ts';
import { windowsProgram } from '../aws/windows-program.ts';
import type { Secret } from '../credentials/secret.ts';
import type { Said } from '../problems/text.ts';
import type { Browser } from '../world.ts';
import { batchLine } from './batch-line.ts';
import { findProgram } from './program-path.ts';
import { ended, words } from './words.ts';

export interface BrowserHost {
  readonly platform: string;
  readonly env: Environment;
  readonly interrupt: AbortSignal;
}

/** A program and its words, the address among them. */
export interface BrowserLine {
  readonly file: string;
  readonly args: readonly string[];
  readonly verbatim?: boolean;
}

type Way = (address: string) => BrowserLine;

/** @returns the names that were looked for in vain, if there is none */
export function findBrowser(
  command: string | undefined,
  host: BrowserHost,
): Browser | readonly string[] {
  const { name, way } = findWay(command, host);
  if (way === undefined) return name;
  return { name: name.join(', '), open: (address) => open(way, address, host) };
}

/** @returns without a `way`, the names that were looked for */
export function findWay(
  command: string | undefined,
  { platform, env }: Omit<BrowserHost, 'interrupt'>,
): { readonly name: readonly string[]; readonly way?: Way } {
  if (command !== undefined) return { name: [command], ...ofCommand(command, platform, env) };
  if (platform === 'win32') {
    // No shell takes part, so nothing in the address means anything: `start` is cmd.exe's.
    const file = windowsProgram('rundll32.exe', env);
    const way: Way = (address) => ({ file, args: ['url.dll,FileProtocolHandler', address] });
    return { name: ['rundll32'], way };
  }
  const names = platform === 'darwin' ? ['open'] : ['xdg-open', 'wslview'];
  for (const name of names) {
    const file = findProgram(name, env, platform);
    if (file) return { name: [name], way: (address) => ({ file, args: [address] }) };
  }
  // Where nothing of a desktop is, an editor's remote session or a container may still name one.
  const listed = (env['BROWSER'] ?? '').split(':').filter(Boolean);
  for (const each of listed) {
    if (!findProgram(each.split(' ')[0]!, env, platform)) continue;
    return { name: [each], way: byShell(each) };
  }
  return { name: [...names, ...listed] };
}

function ofCommand(command: string, platform: string, env: Environment): { readonly way?: Way } {
  if (platform !== 'win32') return { way: byShell(command) };
  const found = windowsLine(command, env);
  if (found === undefined) return {};
  const { file } = found;
  const hasPlace = found.args.some((word) => word.includes('%s'));
  const argsWith = (address: string): string[] =>
    hasPlace
      ? found.args.map((word) => word.replaceAll('%s', () => address))
      : [...found.args, address];
  if (!/\.(?:cmd|bat)$/i.test(file))
    return { way: (address) => ({ file, args: argsWith(address) }) };
  // cmd.exe would read an address's `&` and `%` as its own (batch-line.ts).
  const cmd = windowsProgram('cmd.exe', env);
  const lineOf = (address: string): string => batchLine(file, argsWith(address)) ?? '';
  return {
    way: (address) => ({
      file: cmd,
      args: ['/e:ON', '/v:OFF', '/d', '/c', lineOf(address)],
      verbatim: true,
    }),
  };
}

/** The address is a word of its own, in which the shell has nothing to read; `%s` stands for it. */
function byShell(command: string): Way {
  const line = command.includes('%s') ? command.replaceAll('%s', '"$1"') : `${command} "$1"`;
  return (address) => ({ file: '/bin/sh', args: ['-c', line, 'sh', address] });
}

/**
 * A program, and its words, in double quotes where they hold blanks. A program's own path may have
 * blanks and no quotes, which cmd.exe takes off in `--browser "C:\Program Files\…"`.
 */
function windowsLine(command: string, env: Environment) {
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)];
  for (let count = words.length; count > 0; count -= 1) {
    const last = words[count - 1]!;
    const text = command.slice(0, last.index + last[0].length).trim();
    const file = findProgram(count === 1 ? (last[1] ?? last[0]) : text, env, 'win32');
    if (file === undefined) continue;
    return { file, args: words.slice(count).map(([, inQuotes, bare]) => inQuotes ?? bare!) };
  }
  return undefined;
}

// A program that opens a page elsewhere ends at once; a browser that it has become goes on.
const STARTED_MS = 3000;

function open(
  way: Way,
  address: Secret,
  { env, platform, interrupt }: BrowserHost,
): Promise<Said | undefined> {
  interrupt.throwIfAborted();
  const { file, args, verbatim } = way(address.reveal());
  const options: SpawnOptions = {
    env,
    // What they print may be the address.
    stdio: 'ignore',
    // Not ended with the terminal that it was started from.
    detached: platform !== 'win32',
    ...(verbatim && { windowsVerbatimArguments: true }),
  };
  return started(spawn(file, args, options), interrupt);
}

function started(child: ChildProcess, interrupt: AbortSignal): Promise<Said | undefined> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      clearTimeout(timer);
      interrupt.removeEventListener('abort', stop);
      child.unref();
      act();
    };
    const stop = (): void => end(() => reject(interrupt.reason as Error));
    const timer = setTimeout(() => end(() => resolve(undefined)), STARTED_MS);
    interrupt.addEventListener('abort', stop, { once: true });
    child.on('error', ({ code, name }: NodeJS.ErrnoException) => {
      end(() => resolve(words.notStarted(code ?? name)));
    });
    child.on('exit', (status, signal) => {
      end(() => resolve(status === 0 ? undefined : ended(status, signal)));
    });
  });
}
