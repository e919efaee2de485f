/**
 * Which proxy a URL is reached through, by the environment variables that curl and Python share.
 */
import type { Environment } from './environment.ts';

export interface Proxy {
  /** Without user and password: fit to be shown. */
  readonly url: string;
  /** Decoded; undefined if the variable names none. */
  readonly login: { readonly username: string; readonly password: string } | undefined;
}

export type ProxyChoice =
  | { kind: 'direct' }
  | { kind: 'proxy'; proxy: Proxy; variable: string }
  /** The variable holds something that is no http or https URL. */
  | { kind: 'bad'; variable: string };

/** The lower-case name wins, as in curl and in the AWS CLI's Python. */
export function chooseProxy(target: string, env: Environment): ProxyChoice {
  const { protocol, hostname, port } = new URL(target);
  const lower = protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const variable = [lower, lower.toUpperCase()].find((name) => env[name]);
  if (variable === undefined) return { kind: 'direct' };
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const usedPort = port || (protocol === 'https:' ? '443' : '80');
  if (isExcepted(host, usedPort, env['no_proxy'] || env['NO_PROXY'] || '')) {
    return { kind: 'direct' };
  }
  const proxy = readProxy(env[variable]!);
  // Windows knows no case in names: it is called as it was set.
  const names = Object.keys(env);
  const spelt = names.includes(variable)
    ? variable
    : (names.find((name) => name.toLowerCase() === lower) ?? variable);
  return proxy ? { kind: 'proxy', proxy, variable: spelt } : { kind: 'bad', variable: spelt };
}

function readProxy(text: string): Proxy | undefined {
  // `proxy.example.com:8080` without a scheme is common, and means http.
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(whole)) return undefined;
  const url = new URL(whole);
  if (!/^https?:$/.test(url.protocol) || url.hostname === '') return undefined;
  const { username, password } = url;
  return {
    url: `${url.protocol}//${url.host}`,
    login:
      username || password
        ? { username: decodeLeniently(username), password: decodeLeniently(password) }
        : undefined,
  };
}

/**
 * True for an address of a proxy or a server that holds a user or a password, however it is
 * written. An `@` without one, a query and a fragment count too, to be safe.
 */
export function hasLogin(address: string): boolean {
  return /[@?#]/.test(address) || readProxy(address)?.login !== undefined;
}

/** A password with a `%` that was never escaped is meant as it stands. */
function decodeLeniently(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether `NO_PROXY` names the host: itself, a domain above it, an IPv4 network, or `*`. */
function isExcepted(host: string, port: string, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = entry, entryPort] = /^(.*):(\d+)$/.exec(entry) ?? [];
      if (isIpv6(unbracket(entry))) return unbracket(entry) === host;
      if (entryPort !== undefined && entryPort !== port) return false;
      if (name.includes('/')) return isInNetwork(host, name);
      const domain = name.replace(/^\*?\./, '');
      return host === domain || host.endsWith(`.${domain}`);
    });
}

function unbracket(text: string): string {
  return text.replace(/^\[(.*)\]$/, '$1');
}

function isIpv6(text: string): boolean {
  return text.split(':').length > 2;
}

function isInNetwork(host: string, network: string): boolean {
  const [base = '', bits = ''] = network.split('/');
  const [address, start] = [ipv4Number(host), ipv4Number(base)];
  if (address === undefined || start === undefined || !/^\d{1,2}$/.test(bits)) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) === Math.floor(start / size);
}

function ipv4Number(text: string): number | undefined {
  const parts = text.split('.').map(Number);
  const isAddress = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && parts.every((part) => part < 256);
  return isAddress ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}
