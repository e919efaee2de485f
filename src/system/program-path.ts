/** Finds the file that a command's name means, as the shell would. */
import type { Environment } from '../aws/environment.ts';
import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function valueOf(env: Environment, name: string): string {
  const key = Object.keys(env).find((each) => each.toUpperCase() === name);
  return (key !== undefined && env[key]) || '';
}

/** The first file of that name on PATH, whether it may be run or not; undefined for none. */
export function findProgram(name: string, env: Environment, platform: string): string | undefined {
  if (name === '') return undefined;
  const windows = platform === 'win32';
  const rules = windows ? path.win32 : path.posix;
  const isPath = rules.isAbsolute(name) || (windows ? /[/\\:]/ : /\//).test(name);
  const folders = isPath ? [''] : windows ? windowsFolders(env) : posixFolders(env);
  const endings = windows ? windowsEndings(name, env) : [''];
  return folders
    .flatMap((folder) =>
      endings.map((ending) => (folder ? rules.join(folder, name) : name) + ending),
    )
    .find(isFile);
}

/**
 * The path by which the one executable was called, links unresolved: those that lead to another version
 * after an upgrade last longer than what they lead to. Its own path where the name says nothing.
 * @param called the name or path that was typed
 * @param program the executable's real path
 */
export function calledPath(
  called: string,
  program: string,
  { env, platform }: { env: Environment; platform: string },
): string {
  try {
    const found = path.resolve(findProgram(called, env, platform) ?? called);
    return realpathSync(found) === realpathSync(program) ? found : program;
  } catch {
    return program;
  }
}

/** An empty entry means the current folder to a POSIX shell. */
function posixFolders(env: Environment): string[] {
  return (env['PATH'] ?? '').split(path.posix.delimiter).map((each) => each || '.');
}

/**
 * cmd.exe would look in the current folder first: a checkout with an aws.exe in it would then be
 * handed the session (libuv#3888). An entry may stand in quotes, in which a semicolon is part of it.
 */
function windowsFolders(env: Environment): string[] {
  const entries = valueOf(env, 'PATH').match(/(?:"[^"]*"?|[^;"])+/g) ?? [];
  return entries.map((entry) => entry.replaceAll('"', '')).filter(Boolean);
}

/** True for a name under which there is a file or a folder on Windows that is no program by its ending. */
export function isOfNoProgram(name: string, env: Environment): boolean {
  if (name === '') return false;
  if (/[/\\:]/.test(name)) return existsSync(name);
  return windowsFolders(env).some((folder) => isFile(path.win32.join(folder, name)));
}

function windowsEndings(name: string, env: Environment): string[] {
  const known = (valueOf(env, 'PATHEXT') || '.COM;.EXE;.BAT;.CMD').split(';').filter(Boolean);
  const hasOne = known.some((ending) => name.toLowerCase().endsWith(ending.toLowerCase()));
  return hasOne ? ['', ...known] : known;
}
