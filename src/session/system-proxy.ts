/** The proxy of the system's own settings, which this program names and does not use: docs/networks.md. */
import type { SystemProxy } from '../aws/system-proxy.ts';
import type { World } from '../world.ts';

export type ProxyHost = Pick<World, 'env' | 'platform' | 'diagnostics'>;

/** The one that the AWS CLI takes here; undefined if it takes none, or one that a variable names. */
export async function systemProxyOf(host: ProxyHost): Promise<SystemProxy | undefined> {
  const { env, platform } = host;
  // As Python's programs: with any such variable the system's settings do not count.
  const isToldByVariables = Object.keys(env).some((name) => /_proxy$/i.test(name) && env[name]);
  if (!['darwin', 'win32'].includes(platform) || isToldByVariables) return undefined;
  return (await host.diagnostics()).systemProxy();
}
