/** The HTTP agents of one client: CA bundle, time-outs, and how far a request had come when it failed. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { ConnectionSettings } from '../core/connection.ts';
import { Failure } from '../core/errors.ts';

/** One client's way to the network. */
export interface Wire {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
  /** Forgets what the last call met. */
  beginCall(): void;
  /** True once a connection stood: from there on a request may have reached AWS. */
  connected(): boolean;
  timedOut(): boolean;
  /** The endpoint for messages. */
  endpoint(): string;
  /** Opens a connection before it is needed. */
  connectAhead(): Promise<void>;
  close(): void;
}

export function endpointOf({ endpoint, region, legacyGlobalEndpoint }: ConnectionSettings): string {
  if (endpoint !== undefined) return endpoint;
  if (legacyGlobalEndpoint) return 'https://sts.amazonaws.com';
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://sts.${region}.${suffix}`;
}

/** @throws Failure unreadable-file where the CA bundle cannot be read */
function readCertificates(caBundle: string | undefined): string[] | undefined {
  if (caBundle === undefined) return undefined;
  try {
    // Next to node's own, as the AWS CLI's users expect of a company's CA file.
    return [...rootCertificates, readFileSync(caBundle, 'utf8')];
  } catch (error) {
    throw new Failure({
      kind: 'unreadable-file',
      path: caBundle,
      code: (error as NodeJS.ErrnoException).code ?? 'unknown',
    });
  }
}

export function makeAgents(
  connection: ConnectionSettings,
  _env: Readonly<Record<string, string | undefined>>,
): Wire {
  const { verifyCertificates, connectTimeoutMs, readTimeoutMs } = connection;
  let connected = false;
  let timedOut = false;

  /** Watches a socket's way to its connection, and ends it when a limit has passed. */
  function watch<T extends Duplex | null | undefined>(socket: T, readyEvent: string): T {
    const watched = socket as unknown as Socket;
    const giveUp = (): void => {
      timedOut = true;
      watched.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' }));
    };
    const connecting = connectTimeoutMs > 0 ? setTimeout(giveUp, connectTimeoutMs) : undefined;
    watched.once(readyEvent, () => {
      clearTimeout(connecting);
      connected = true;
      if (readTimeoutMs > 0) watched.setTimeout(readTimeoutMs, giveUp);
    });
    watched.once('close', () => {
      clearTimeout(connecting);
    });
    return socket;
  }

  const httpAgent = new http.Agent({ keepAlive: true });
  const httpsAgent = new https.Agent({
    keepAlive: true,
    rejectUnauthorized: verifyCertificates,
    ca: readCertificates(connection.caBundle),
  });
  const plain = httpAgent.createConnection.bind(httpAgent);
  const secure = httpsAgent.createConnection.bind(httpsAgent);
  httpAgent.createConnection = (...args) => watch(plain(...args), 'connect');
  httpsAgent.createConnection = (...args) => watch(secure(...args), 'secureConnect');

  return {
    httpAgent,
    httpsAgent,
    beginCall: () => {
      connected = false;
      timedOut = false;
    },
    connected: () => connected,
    timedOut: () => timedOut,
    endpoint: () => endpointOf(connection),
    connectAhead: async () => {},
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}
