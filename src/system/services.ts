/** The user's system beside the AWS files: its schedulers' files and commands, and its desktop. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getuid } from 'node:process';
import type { Environment, System } from '../world.ts';
import { fileFailure } from '../problems/file-failure.ts';

const TIME_LIMIT_MS = 30_000;
// Whoever waits for a notification waits in vain; so does the refresh that sends it.
const NOTIFICATION_LIMIT_MS = 5_000;

export function makeSystem(env: Environment, platform: string): System {
  // Not os.userInfo, which throws for a user without a line in /etc/passwd, as in many containers.
  const userId = getuid?.() ?? 0;
  return {
    userId,
    writeFile: async (file, text) => {
      try {
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text);
      } catch (error) {
        throw fileFailure('unwritable-file', file, error);
      }
    },
    removeFile: async (file) => {
      try {
        await rm(file, { force: true });
      } catch (error) {
        throw fileFailure('unwritable-file', file, error);
      }
    },
    run: (command) => runQuietly(command, env, TIME_LIMIT_MS),
    notify: async (title, text) => {
      const desktop = desktopOf(platform, env, userId);
      if (!desktop) return;
      await runQuietly(desktop.command(title, text), desktop.env, NOTIFICATION_LIMIT_MS);
    },
  };
}

interface Desktop {
  readonly env: Environment;
  command(title: string, text: string): readonly [string, ...string[]];
}

/** The desktop's own way to notify; undefined where there is no desktop, or none that has one. */
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

/** @returns undefined where it ended well, else how it failed, in words that begin with "it" */
function runQuietly(
  [program, ...words]: readonly [string, ...string[]],
  env: Environment,
  timeout: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { env, timeout, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (said.length < 500) said += chunk;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      resolve(
        error.code === 'ENOENT'
          ? 'it is not on this machine'
          : `it could not be started (${error.code})`,
      );
    });
    child.on('close', (status, signal) => {
      if (status === 0) resolve(undefined);
      else resolve(said.trim().split('\n')[0] || `it ended with ${signal ?? `status ${status}`}`);
    });
  });
}
