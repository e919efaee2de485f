/**
 * How one client reaches the network: proxy, CA bundle, time-outs, and how far a request had got
 * when it failed.
 */
import type { Environment } from '../aws/environment.ts';
import { existsSync, readFileSync } from 'node:fs';
import type http from 'node:http';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import type nodeTls from 'node:tls';
import type { ConnectionSettings } from '../aws/connection.ts';
import type { World } from '../world.ts';
import { Failure } from '../problems/problem.ts';
import type { ProxyFailure } from '../problems/faults.ts';
import { chooseProxy } from '../aws/proxy.ts';
import type { Proxy } from '../aws/proxy.ts';
import { makeSpareSocket } from './connect-ahead.ts';
import type { SpareSocket } from './connect-ahead.ts';
import type { Progress, TlsTrust } from './progress.ts';

/** A proxy's refusal in HTTP. */
export interface ProxyAnswer {
  readonly status: number;
  /** Its `Proxy-Authenticate` header. */
  readonly schemes: string | undefined;
}

/** One client's way to the network. */
export interface Wire {
  /** Begins a request to the endpoint. */
  request(options: http.RequestOptions): http.ClientRequest;
  /** Forgets what the last call met. */
  beginCall(): void;
  /** True once a connection stood: from there on a request may have reached AWS. */
  connected(): boolean;
  timedOut(): boolean;
  /** What the proxy answered or failed with instead of a connection. */
  proxyFailure(answer?: ProxyAnswer): ProxyFailure | undefined;
  /** The endpoint for messages. */
  endpoint(): string;
  /** Opens a connection before it is needed; through a proxy that is left to the first request. */
  connectAhead(): Promise<void>;
  close(): void;
}

/** @throws Failure unreadable-file if the CA bundle cannot be used */
async function readCertificates(
  { caBundle, caBundleAt }: ConnectionSettings,
  env: Environment,
  readFile: World['readFile'],
): Promise<string[] | undefined> {
  if (caBundle === undefined) return undefined;
  const tls = await import('node:tls');
  const unusable = (code: string) =>
    new Failure({ kind: 'unreadable-file', path: caBundle, code, at: caBundleAt });
  const bytes = readFile(caBundle);
  if (!bytes) throw unusable(existsSync(caBundle) ? 'EFTYPE' : 'ENOENT');
  const bundle = new TextDecoder().decode(bytes);
  if (!bundle.includes('-----BEGIN')) throw unusable('NOT_PEM');
  // Next to node's own, as the AWS CLI's users expect of a company's CA file.
  return [...ownCertificates(tls, env), bundle];
}

/** What node trusts by itself, NODE_EXTRA_CA_CERTS among it; since Node 22.15 it tells. */
function ownCertificates(tls: typeof nodeTls, env: Environment): readonly string[] {
  const ask = (tls as { getCACertificates?: (kind: 'default') => string[] }).getCACertificates;
  if (ask) return ask('default');
  const extra = env['NODE_EXTRA_CA_CERTS'];
  try {
    return extra ? [...tls.rootCertificates, readFileSync(extra, 'utf8')] : tls.rootCertificates;
  } catch {
    // node has warned of it at its start.
    return tls.rootCertificates;
  }
}

type HttpModule = Pick<typeof http, 'Agent' | 'request'>;

interface Route {
  readonly agent: http.Agent;
  readonly spare?: SpareSocket;
}

function plainRoute(
  { hostname, port, protocol }: URL,
  { Agent }: HttpModule,
  trust: TlsTrust,
  progress: Progress,
): Route {
  const isSecure = protocol === 'https:';
  const readyEvent = isSecure ? 'secureConnect' : 'connect';
  // One connection a call: only its own socket tells its time-outs and how far a call had come.
  const agent = new Agent({ keepAlive: false, ...trust });
  const connect = agent.createConnection.bind(agent) as (options: object) => Socket;
  const host = hostname.replace(/^\[|\]$/g, '');
  const spare = makeSpareSocket(
    () =>
      connect({
        ...trust,
        host,
        port: Number(port) || (isSecure ? 443 : 80),
        // A certificate names no address, and TLS takes none for a name.
        servername: isIP(host) ? '' : host,
      }),
    readyEvent,
  );
  agent.createConnection = (options: object) => {
    const ahead = spare.take();
    const socket = progress.watch(ahead?.socket ?? connect(options), readyEvent);
    if (ahead?.isReady) socket.emit(readyEvent);
    return socket;
  };
  return { agent, spare };
}

async function proxiedRoute(
  { protocol }: URL,
  proxy: Proxy,
  trust: TlsTrust,
  progress: Progress,
): Promise<Route> {
  // Few people have a proxy, and its libraries take their time to load.
  const { makeForwardAgent, makeTunnelAgent } = await import('./proxy-agents.ts');
  const makeAgent = protocol === 'https:' ? makeTunnelAgent : makeForwardAgent;
  return { agent: makeAgent(proxy, trust, progress) };
}

/** The names of the schemes in a `Proxy-Authenticate` header, as `NTLM, Negotiate`. */
function offered(header: string | undefined): { schemes?: string } {
  const names = header?.match(/(?<![^\s,])[A-Za-z]+(?=\s*(?:,|$|\s[^=,]))/g);
  return names ? { schemes: [...new Set(names)].slice(0, 5).join(', ') } : {};
}

/** @throws Failure unreadable-file for a CA bundle, bad-proxy for a proxy that is no URL */
export async function makeWire(
  connection: ConnectionSettings,
  env: Environment,
  readFile: World['readFile'],
): Promise<Wire> {
  const { endpoint, verifyCertificates, connectTimeoutMs, readTimeoutMs } = connection;
  const choice = chooseProxy(endpoint.url, env);
  if (choice.kind === 'bad') throw new Failure({ kind: 'bad-proxy', variable: choice.variable });
  let connected = false;
  let timedOut = false;
  let proxyCode: string | undefined;
  let proxySchemes: string | undefined;

  const progress: Progress = {
    connectTimeoutMs,
    onTimeOut: () => {
      timedOut = true;
    },
    onProxyFailure: (code, schemes) => {
      proxyCode = code;
      proxySchemes = schemes;
    },
    watch: (socket, readyEvent) => {
      const giveUp = (): void => {
        timedOut = true;
        socket.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' }));
      };
      const connecting = connectTimeoutMs > 0 ? setTimeout(giveUp, connectTimeoutMs) : undefined;
      socket.once(readyEvent, () => {
        clearTimeout(connecting);
        connected = true;
      });
      socket.once('close', () => {
        clearTimeout(connecting);
      });
      return socket;
    },
  };
  const trust = {
    rejectUnauthorized: verifyCertificates,
    ca: await readCertificates(connection, env, readFile),
  };
  const url = new URL(endpoint.url);
  const module: HttpModule = await (url.protocol === 'https:'
    ? import('node:https')
    : import('node:http'));
  const { agent, spare } =
    choice.kind === 'proxy'
      ? await proxiedRoute(url, choice.proxy, trust, progress)
      : plainRoute(url, module, trust, progress);

  /** One deadline for head and body together, which no byte of a slow answer puts off. */
  function limitAnswer(sent: http.ClientRequest): void {
    let deadline: NodeJS.Timeout | undefined;
    sent.once('finish', () => {
      deadline = setTimeout(() => {
        timedOut = true;
        sent.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' }));
      }, readTimeoutMs);
    });
    sent.once('close', () => {
      clearTimeout(deadline);
    });
  }

  return {
    request: (options) => {
      const sent = module.request(url, { ...options, agent });
      if (readTimeoutMs > 0) limitAnswer(sent);
      return sent;
    },
    beginCall: () => {
      connected = false;
      timedOut = false;
      proxyCode = undefined;
      proxySchemes = undefined;
    },
    connected: () => connected,
    timedOut: () => timedOut,
    proxyFailure: (answer) => {
      const code = answer === undefined ? proxyCode : `HTTP ${answer.status}`;
      const schemes = answer?.schemes ?? proxySchemes;
      if (choice.kind !== 'proxy' || code === undefined) return undefined;
      return { proxy: choice.proxy.url, variable: choice.variable, code, ...offered(schemes) };
    },
    endpoint: () => endpoint.url,
    connectAhead: async () => {
      await spare?.open();
    },
    close: () => {
      spare?.close();
      agent.destroy();
    },
  };
}
