/** One connection that is opened before anything is to be sent, and kept for the first request. */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

// AWS and what stands between may forget a silent connection; a new one then costs less than a
// code.
const LONGEST_SILENCE_MS = 15_000;

export interface SpareSocket {
  /** Resolves when it stands, or when it is known that it does not. */
  open(): Promise<void>;
  /** Hands it over, once, with whether it stands; undefined if there is none to use. */
  take(): { socket: Socket; isReady: boolean } | undefined;
  close(): void;
}

export function makeSpareSocket(
  connect: () => Socket | TLSSocket,
  readyEvent: 'connect' | 'secureConnect',
): SpareSocket {
  let spare: { socket: Socket; isReady: boolean; since: number } | undefined;
  return {
    open: () =>
      new Promise((resolve) => {
        const opened = { socket: connect(), isReady: false, since: performance.now() };
        spare = opened;
        // The request that needs the connection reports what is wrong; here it does not matter yet.
        opened.socket.on('error', () => undefined);
        opened.socket.once('close', () => {
          resolve();
        });
        opened.socket.once(readyEvent, () => {
          opened.isReady = true;
          opened.since = performance.now();
          resolve();
        });
      }),
    take: () => {
      const taken = spare;
      spare = undefined;
      if (!taken || taken.socket.destroyed) return undefined;
      if (performance.now() - taken.since < LONGEST_SILENCE_MS) return taken;
      taken.socket.destroy();
      return undefined;
    },
    close: () => {
      spare?.socket.destroy();
    },
  };
}
