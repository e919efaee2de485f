/**
 * Notices on Linux that nobody reads a pipe any more. No call says so of an anonymous pipe without
 * writing into it, but the system shows who has its other end open.
 */
import { fstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Another process's end of the pipe. */
interface End {
  readonly pid: string;
  readonly fd: string;
}

/**
 * @returns whether the descriptor is a pipe that somebody read when this was called, and nobody
 * does now; undefined if that cannot be told, as where the reader is another user's
 */
export function watchReader(descriptor: number, platform: string): (() => boolean) | undefined {
  if (platform !== 'linux' || !isPipe(descriptor)) return undefined;
  const pipe = linkOf('self', String(descriptor));
  let reader = pipe && findReader(pipe);
  if (!pipe || !reader) return undefined;
  return () => {
    if (reader && linkOf(reader.pid, reader.fd) === pipe) return false;
    // It may have given its end to another process.
    reader = findReader(pipe);
    return reader === undefined;
  };
}

function isPipe(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFIFO();
  } catch {
    return false;
  }
}

function findReader(pipe: string): End | undefined {
  for (const pid of list('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    for (const fd of list(`/proc/${pid}/fd`)) {
      if (linkOf(pid, fd) === pipe && mayRead(pid, fd)) return { pid, fd };
    }
  }
  return undefined;
}

/** `pipe:[4711]`, the same at both ends of one pipe (proc(5)). */
function linkOf(pid: string, fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return undefined;
  }
}

/** The last digits of `flags`, in octal, are open(2)'s: 0 to read, 1 to write, 2 for both. */
function mayRead(pid: string, fd: string): boolean {
  try {
    const [, flags] =
      /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8')) ?? [];
    return flags !== undefined && (parseInt(flags, 8) & 3) !== 1;
  } catch {
    return false;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
