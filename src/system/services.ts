/** The user's system beside the AWS files: its schedulers' files and commands, and its desktop. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants, existsSync, realpathSync } from 'node:fs';
import { mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { geteuid, getuid } from 'node:process';
import type { CommandFailure, System } from '../world.ts';
import type { Environment } from '../aws/environment.ts';
import { fileFailure } from '../problems/file-failure.ts';
import { HeardBytes } from './heard-text.ts';
import { findProgram } from './program-path.ts';
import { windowsProgram } from '../aws/windows-program.ts';
import { ended, words as messages } from './words.ts';

const ROOT = 0;
const TIME_LIMIT_MS = 30_000;
// A hanging notification daemon must not hold up the refresh.
const NOTIFICATION_LIMIT_MS = 5_000;

/** A folder and those above it, up to the first that was made; the innermost first. */
function foldersBetween(first: string, last: string): string[] {
  const folders = [last];
  while (folders.at(-1) !== first) {
    const above = path.dirname(folders.at(-1)!);
    // The system may give it in another form.
    if (above === folders.at(-1)) return [];
    folders.push(above);
  }
  return folders;
}

/** Removes the folder and those above it as far as they were made by this run and hold nothing. */
async function removeEmpty(folder: string, made: ReadonlySet<string>): Promise<void> {
  for (let at = folder; made.has(at); at = path.dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return;
    }
  }
}

export function makeSystem(env: Environment, platform: string): System {
  // Not os.userInfo, which throws for a user without a line in /etc/passwd, as in many containers.
  const userId = getuid?.() ?? 0;
  /** Folders that did not exist before: they go again with what was written there. */
  const made = new Set<string>();
  return {
    userId,
    writeFile: async (file, bytes, mode) => {
      try {
        const folder = path.dirname(file);
        const first = await mkdir(folder, { recursive: true, mode: 0o700 });
        const fresh = first === undefined ? [] : foldersBetween(first, folder);
        for (const each of fresh.reverse()) {
          made.add(each);
          if (isRoot()) await giveFolder(each);
        }
        await replaceFile(file, bytes, mode);
      } catch (error) {
        throw fileFailure('unwritable-file', file, error);
      }
    },
    removeFile: async (file) => {
      try {
        await rm(file, { force: true });
        await removeEmpty(path.dirname(file), made);
      } catch (error) {
        throw fileFailure('unwritable-file', file, error);
      }
    },
    realPath: (file) => {
      try {
        return realpathSync(file);
      } catch {
        return undefined;
      }
    },
    findProgram: (name) => findProgram(name, env, platform),
    run: ([program, ...words]) => {
      const file = platform === 'win32' ? windowsProgram(`${program}.exe`, env) : program;
      return runQuietly([file, ...words], { env, platform }, TIME_LIMIT_MS);
    },
    notify: async (title, text) => {
      const desktop = desktopOf(platform, env, userId);
      if (!desktop) return;
      const host = { env: desktop.env, platform };
      await runQuietly(desktop.command(title, text), host, NOTIFICATION_LIMIT_MS);
    },
  };
}

const isRoot = (): boolean => geteuid?.() === ROOT;

/** By descriptor, and no link: whoever may write above it could put one in its place by now. */
async function giveFolder(folder: string): Promise<void> {
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
  const handle = await open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  try {
    await giveToOwnerOf(path.dirname(folder), handle);
  } finally {
    await handle.close();
  }
}

/**
 * What root makes in somebody's home belongs to that person, who could not change it otherwise.
 */
async function giveToOwnerOf(folder: string, made: FileHandle): Promise<void> {
  const { uid, gid } = await stat(folder);
  if (uid !== ROOT) await made.chown(uid, gid);
}

/**
 * Beside it under a name of its own, with its mode, and then in its place: nobody sees half of it.
 */
async function replaceFile(file: string, bytes: Uint8Array, mode: number): Promise<void> {
  const fresh = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.chmod(mode);
      if (isRoot()) await giveToOwnerOf(path.dirname(file), handle);
    } finally {
      await handle.close();
    }
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

interface Desktop {
  readonly env: Environment;
  command(title: string, text: string): readonly [string, ...string[]];
}

/** The desktop's own way to notify; undefined if there is no desktop, or none that has one. */
function desktopOf(platform: string, env: Environment, userId: number): Desktop | undefined {
  if (platform === 'darwin') {
    const script = [
      'on run argv',
      'display notification (item 2 of argv) with title (item 1 of argv)',
      'end run',
    ].flatMap((line) => ['-e', line]);
    return { env, command: (title, text) => ['osascript', ...script, title, text] };
  }
  if (platform === 'win32') return undefined;
  // cron sets no such variable; systemd's user bus lies in a known place (systemd's pam_systemd(8)).
  const usual = `/run/user/${userId}/bus`;
  const bus =
    env['DBUS_SESSION_BUS_ADDRESS'] ?? (existsSync(usual) ? `unix:path=${usual}` : undefined);
  if (!bus) return undefined;
  return {
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: bus },
    command: (title, text) => ['notify-send', '--app-name=mfa-profile', '--', title, text],
  };
}

/** @returns undefined if it ended well; its words begin with "it", or are the program's own */
function runQuietly(
  [program, ...words]: readonly [string, ...string[]],
  { env, platform }: { readonly env: Environment; readonly platform: string },
  timeout: number,
): Promise<CommandFailure | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      ...{ env, timeout, stdio: ['ignore', 'ignore', 'pipe'] },
      windowsHide: true,
    });
    const said = new HeardBytes();
    child.stderr.on('data', (chunk: Buffer) => {
      if (said.length < 500) said.add(chunk);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      // A folder on PATH that may not be searched makes a program that is nowhere look forbidden.
      const isHere = findProgram(program, env, platform) !== undefined;
      const how = isHere ? messages.notStarted(error.code ?? 'unknown') : messages.notHere;
      resolve({ status: undefined, how });
    });
    child.on('close', (status, signal) => {
      if (status === 0) return resolve(undefined);
      const how = said.text(platform).trim().split('\n')[0] || ended(status, signal);
      resolve({ status: status ?? undefined, how });
    });
  });
}
