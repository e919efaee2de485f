/** Notices that the caller of this program has gone: nobody reads the answer any more. */
import { fstatSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { Failure } from '../problems/problem.ts';
import { watchReader } from './pipe-reader.ts';

export interface CallerWatch {
  /** Aborted with a Failure `interrupted`. */
  readonly gone: AbortSignal;
  end(): void;
}

const LOOK_MS = 500;

/**
 * The other end of a stdout that is a socket, once it is watched: closing the watch would close
 * stdout.
 */
let peer: Socket | undefined;
let isPeerGone = false;

/**
 * @param parent the process that this program was started by, as it is now: another one once that
 * has ended (AWS's SDKs kill the shell in which a `credential_process` runs)
 */
export function watchCaller(parent: () => number, platform: string): CallerWatch {
  const controller = new AbortController();
  const callers = (): string => (platform === 'linux' ? jobAbove(parent()) : String(parent()));
  const before = callers();
  watchPeer(platform);
  const isUnread = watchReader(1, platform) ?? (() => false);
  const timer = setInterval(() => {
    if (callers() === before && !isPeerGone && !isUnread()) return;
    clearInterval(timer);
    controller.abort(new Failure({ kind: 'interrupted', signal: 'SIGPIPE' }));
  }, LOOK_MS);
  timer.unref();
  return { gone: controller.signal, end: () => clearInterval(timer) };
}

// A shell, a launcher such as npx, and what that runs under.
const MOST = 8;

/**
 * The processes from `pid` on upwards as far as they are one job with this program: a shell between
 * an SDK and this program goes on waiting when the SDK has ended.
 */
function jobAbove(pid: number): string {
  const pids = [pid];
  const job = groupOf('self')?.group;
  for (let at = pid; at > 1 && pids.length < MOST;) {
    const process = groupOf(at);
    if (!process || process.group !== job) break;
    pids.push((at = process.parent));
  }
  return pids.join(' ');
}

/** proc(5): `PID (NAME) STATE PARENT GROUP …`, where the name may hold blanks and brackets. */
function groupOf(pid: number | 'self'): { parent: number; group: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, parent, group] = /\) \S+ (\d+) (\d+) [^)]*$/.exec(text) ?? [];
    return group === undefined ? undefined : { parent: Number(parent), group };
  } catch {
    return undefined;
  }
}

/** Node gives the programs that it starts sockets; what comes in by stdout is nobody's. */
function watchPeer(platform: string): void {
  if (peer || platform === 'win32' || !fstatSync(1).isSocket()) return;
  const socket = new Socket({ fd: 1, readable: true, writable: false, allowHalfOpen: true });
  const onGone = (): void => {
    isPeerGone = true;
  };
  peer = socket.on('error', onGone).on('end', onGone).resume().unref();
}
