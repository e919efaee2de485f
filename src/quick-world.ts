/**
 * The effects that answering with a valid session needs, bound to this process; small, for they are
 * loaded by every run.
 */
import { MOST_BYTES, readDescriptor, tooLarge } from './store/bounded-read.ts';
import { openWhenFree } from './store/in-use.ts';
import { chooseLanguage } from './output/language.ts';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { Failure } from './problems/problem.ts';
import type { NearWorld, Output } from './world.ts';
import { callersByProc } from './system/callers-linux.ts';
import { isDevice } from './system/devices.ts';
import { leaveTerminal } from './system/leave-terminal.ts';

export function nearWorld(): NearWorld {
  const { env, platform } = process;
  return {
    env,
    platform,
    // node:os is not loaded for those, nearly all, who have a HOME.
    home: env[platform === 'win32' ? 'USERPROFILE' : 'HOME'] || homeOfSystem(),
    homeOfUser,
    get language() {
      return chooseLanguage({ env, platform, systemLanguage });
    },
    now: Date.now,
    stdout: output(1),
    stderr: output(2),
    readFile,
    canBeReadAgain: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? true,
    callers: () => (platform === 'linux' ? callersByProc(process.ppid) : undefined),
  };
}

/**
 * For a user whom the system does not know, as in a container, there is none: `~` then stays as it
 * is, which is what botocore makes of it.
 */
function homeOfSystem(): string {
  try {
    return process.getBuiltinModule('node:os').homedir();
  } catch {
    return '~';
  }
}

/** By the file of users: whom another service of the system knows is not found. */
function homeOfUser(name: string): string | undefined {
  try {
    const users = readFileSync('/etc/passwd', 'utf8').split('\n');
    return users.find((line) => line.startsWith(`${name}:`))?.split(':')[5] || undefined;
  } catch {
    return undefined;
  }
}

/** node is told the user's language by Windows, and takes no locale from variables there. */
function systemLanguage(): string {
  return Intl.DateTimeFormat().resolvedOptions().locale;
}

/** Ends this process; everything is done and written by then. */
export function endProcess(exitCode: number): never {
  if (process.platform !== 'win32') leaveTerminal();
  process.exit(exitCode);
}

function output(fd: 1 | 2): Output {
  const stream = fd === 1 ? () => process.stdout : () => process.stderr;
  return {
    write: (text) => {
      // Bytes for a Windows console are read in its code page (nodejs/node#24550); its stream, which
      // waits there until all is written, hands it characters.
      if (process.platform === 'win32' && stream().isTTY) stream().write(text);
      else writeAll(fd, text);
    },
    // A stream takes milliseconds to make: only for what may be a terminal.
    get isTerminal() {
      return mayBeTerminal(fd) && stream().isTTY;
    },
    get columns() {
      return mayBeTerminal(fd) ? stream().columns : undefined;
    },
  };
}

/** Writes all of it at once; a reader that has gone away is not this program's fault. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') continue;
      // What was done is not undone by a log that is closed or full; a lost product is a failure.
      if (code === 'EPIPE' || fd === 2) return;
      throw new Failure({ kind: 'output-failed', code });
    }
  }
}

/** Windows tells of its consoles in other ways. */
function mayBeTerminal(fd: number): boolean {
  return process.platform === 'win32' || isDevice(fstatSync(fd));
}

/**
 * What is no regular file is absent to the AWS CLI (botocore asks `os.path.isfile`), so a pipe is
 * not even opened. A folder or a device, but for `/dev/null`, is a mistake worth a word.
 */
function readFile(path: string): Uint8Array | undefined {
  let descriptor: number | undefined;
  try {
    const stats = statSync(path);
    if (stats.isFIFO() || stats.isSocket()) return undefined;
    // To open some devices is to make them do something.
    if (isDevice(stats) || stats.isBlockDevice()) throw refusal('EFTYPE');
    // `/dev/null`, also behind a link: an empty file to whoever put it there.
    if (stats.isCharacterDevice()) return undefined;
    // Should a pipe have come there since, a read must not wait for who writes into it.
    descriptor = openWhenFree(
      () => openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)),
      process.platform,
    );
    const opened = fstatSync(descriptor);
    if (!opened.isFile()) throw refusal(opened.isDirectory() ? 'EISDIR' : 'EFTYPE');
    if (opened.size > MOST_BYTES) throw tooLarge();
    // The kernel's own files have no size, and may have no end.
    return opened.size > 0 ? readFileSync(descriptor) : readDescriptor(descriptor);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Failure({ kind: 'unreadable-file', path, code });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { code });
}
