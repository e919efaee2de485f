/**
 * The way through a proxy: a CONNECT tunnel for https, whole URLs for http; by TooTallNate's proxy
 * agents.
 */
import type { Agent, ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Proxy } from '../aws/proxy.ts';
import type { Progress } from './progress.ts';
import type { TlsTrust } from './progress.ts';

type ConnectOptions = Parameters<HttpsProxyAgent<string>['connect']>[1];

/** What the library tells of a proxy's answer. */
interface ConnectAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The login as a header made here: the libraries would throw on a `%` in a password. */
function loginHeaders({ login }: Proxy): Record<string, string> {
  if (!login) return {};
  const plain = Buffer.from(`${login.username}:${login.password}`);
  return { 'Proxy-Authorization': `Basic ${plain.toString('base64')}` };
}

/**
 * Lets `connect` run for as long as a connection may take (the libraries know no time-out), and
 * notes a failure as the proxy's.
 */
async function connectInTime(
  connect: (signal: AbortSignal) => Promise<Socket>,
  { connectTimeoutMs, onTimeOut, onProxyFailure }: Progress,
): Promise<Socket> {
  const attempt = new AbortController();
  const giveUp = (): void => {
    onTimeOut();
    attempt.abort();
  };
  const timer = connectTimeoutMs > 0 ? setTimeout(giveUp, connectTimeoutMs) : undefined;
  try {
    return await connect(attempt.signal);
  } catch (error) {
    const { code, schemes } = error as NodeJS.ErrnoException & { schemes?: string };
    onProxyFailure(typeof code === 'string' ? code : 'ECONNRESET', schemes);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

export function makeTunnelAgent(proxy: Proxy, trust: TlsTrust, progress: Progress): Agent {
  class TunnelAgent extends HttpsProxyAgent<string> {
    override async connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
      let answer: ConnectAnswer = { statusCode: 200, headers: {} };
      request.once('proxyConnect', (connect: ConnectAnswer) => {
        answer = connect;
      });
      const socket = await connectInTime(async (signal) => {
        this.connectOpts = Object.assign({}, this.connectOpts, { signal });
        const opened = await super.connect(request, { ...options, ...trust });
        const { statusCode, headers } = answer;
        if (statusCode === 200) return opened;
        opened.destroy();
        // The library would hand the proxy's refusal on as if AWS had spoken.
        throw Object.assign(new Error('the proxy refused'), {
          code: `HTTP ${statusCode}`,
          schemes: headers['proxy-authenticate']?.toString(),
        });
      }, progress);
      return progress.watch(socket, 'secureConnect');
    }
  }
  return new TunnelAgent(proxy.url, { keepAlive: false, headers: loginHeaders(proxy), ...trust });
}

export function makeForwardAgent(proxy: Proxy, trust: TlsTrust, progress: Progress): Agent {
  class ForwardAgent extends HttpProxyAgent<string> {
    override async connect(
      request: Parameters<HttpProxyAgent<string>['connect']>[0],
      options: ConnectOptions,
    ): Promise<Socket> {
      const socket = await connectInTime((signal) => {
        this.connectOpts = Object.assign({}, this.connectOpts, { signal });
        return super.connect(request, options);
      }, progress);
      progress.watch(socket, 'connect').emit('connect');
      return socket;
    }
  }
  return new ForwardAgent(proxy.url, { keepAlive: false, headers: loginHeaders(proxy), ...trust });
}
