/** Tests that need a program of the system: skipped where it is missing, failed under CI. */
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

const ENDINGS = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The full path of a program on `PATH`; undefined where there is none. */
export function findTool(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return folders
    .flatMap((folder) => ENDINGS.map((ending) => path.join(folder, name + ending)))
    .find(isProgram);
}

/** The programs that are missing here, as the end of a test's name; throws under CI if there are any. */
function reasonToSkip(tools: readonly string[]): string | undefined {
  const missing = tools.filter((name) => findTool(name) === undefined);
  if (missing.length === 0) return undefined;
  if (process.env['CI']) throw new Error(`under CI these tests need ${missing.join(' and ')}`);
  return `skipped: no ${missing.join(', no ')} here`;
}

/** `describe`, where these programs are needed. */
export function describeWith(tools: readonly string[], name: string, fn: () => void): void {
  const reason = reasonToSkip(tools);
  if (reason === undefined) describe(name, fn);
  else describe.skip(`${name} (${reason})`, fn);
}

/** `test`, where these programs are needed; `timeoutMs` as jest takes it. */
export function testWith(
  tools: readonly string[],
  name: string,
  fn: (() => Promise<void>) | (() => void),
  timeoutMs?: number,
): void {
  const reason = reasonToSkip(tools);
  if (reason === undefined) test(name, fn, timeoutMs);
  else test.skip(`${name} (${reason})`, fn);
}
