/** What a connection is given, and what it tells on its way. */
import type { Socket } from 'net';

/** What is trusted on the way; undefined `ca` leaves node its own choice. */
export interface TlsTrust {
  readonly rejectUnauthorized: boolean;
  readonly ca: string[] | undefined;
}

/** What a connection on its way tells the wire. */
export interface Progress {
  readonly connectTimeoutMs: number;
  readonly onTimeOut: () => void;
  /** @param schemes its `Proxy-Authenticate` header */
  readonly onProxyFailure: (code: string, schemes?: string) => void;
  /** Watches a socket until it is ready, and its silences from then on. */
  watch(socket: Socket, readyEvent: 'connect' | 'secureConnect'): Socket;
}
