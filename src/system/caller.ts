/** Notices that whoever called this program has gone: nobody reads the answer any more. */
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { Failure } from '../problems/problem.ts';

export interface CallerWatch {
  /** Aborted with a Failure `interrupted`. */
  readonly gone: AbortSignal;
  end(): void;
}

const LOOK_MS = 500;

/** The other end of a stdout that is a socket, once it is watched: closing the watch would close stdout. */
let peer: Socket | undefined;
let isPeerGone = false;

/**
 * @param parent the process that this program was started by, as it is now: another one once that
 * has ended (AWS's SDKs kill the shell in which a `credential_process` runs)
 */
export function watchCaller(parent: () => number, platform: string): CallerWatch {
  const controller = new AbortController();
  const before = parent();
  const isReaderGone = readerWatch(platform);
  const timer = setInterval(() => {
    if (parent() === before && !isReaderGone()) return;
    clearInterval(timer);
    controller.abort(new Failure({ kind: 'interrupted', signal: 'SIGPIPE' }));
  }, LOOK_MS);
  timer.unref();
  return { gone: controller.signal, end: () => clearInterval(timer) };
}

/** Tells whether the other end of stdout was closed, where that can be found out without writing. */
function readerWatch(platform: string): () => boolean {
  if (platform === 'win32') return () => false;
  const stats = fstatSync(1);
  if (stats.isSocket()) {
    watchPeer();
    return () => isPeerGone;
  }
  return stats.isFIFO() && platform === 'linux' ? isPipeWithoutReader : () => false;
}

/** fifo(7): a pipe that nobody reads cannot be opened for writing without waiting. */
function isPipeWithoutReader(): boolean {
  try {
    closeSync(openSync('/proc/self/fd/1', constants.O_WRONLY | constants.O_NONBLOCK));
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENXIO';
  }
}

/** Node gives the programs that it starts sockets; what comes in by stdout is nobody's. */
function watchPeer(): void {
  if (peer) return;
  const socket = new Socket({ fd: 1, readable: true, writable: false, allowHalfOpen: true });
  const onGone = (): void => {
    isPeerGone = true;
  };
  peer = socket.on('error', onGone).on('end', onGone).resume().unref();
}
