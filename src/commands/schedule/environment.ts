/**
 * The environment that a scheduled refresh gets: a scheduler by itself passes on next to nothing.
 */
import { hasLogin } from '../../aws/proxy.ts';
import type { Machine } from '../../world.ts';
import type { Scheduler } from './schedulers.ts';

/**
 * Variables that say where AWS's files and servers are, and whom to trust. docs/unattended.md lists
 * them.
 */
export const CARRIED = [
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
  'AWS_ENDPOINT_URL_STS',
  'AWS_ENDPOINT_URL_IAM',
  'AWS_ENDPOINT_URL',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_STS_REGIONAL_ENDPOINTS',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_USE_FIPS_ENDPOINT',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NO_PROXY',
  'MFA_PROFILE_DURATION',
  'MFA_PROFILE_LANG',
] as const;

/** Of these the lower-case name counts too, and wins where both are set, as in aws/proxy.ts. */
const IN_LOWER_CASE: readonly string[] = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'];

const ADDRESS = /^(?:AWS_ENDPOINT_URL|HTTPS?_PROXY$)/;

export interface ScheduledEnvironment {
  readonly variables: Map<string, string>;
  /**
   * Variables with a login in their address: that does not belong in a file that others may read.
   */
  readonly leftOut: readonly string[];
}

/** @param node the path of node that the job is started with */
export function environmentOf(
  scheduler: Scheduler,
  node: string,
  { env, home, platform }: Machine,
): ScheduledEnvironment {
  const variables = new Map<string, string>();
  const leftOut: string[] = [];
  if (scheduler !== 'windows') {
    variables.set('PATH', pathOf(node, home, scheduler === 'launchd' || platform === 'darwin'));
  }
  for (const name of CARRIED) {
    const value = (IN_LOWER_CASE.includes(name) && env[name.toLowerCase()]) || env[name];
    if (!value) continue;
    if (ADDRESS.test(name) && hasLogin(value)) leftOut.push(name);
    else if (!/[\r\n]/.test(value)) variables.set(name, value);
  }
  return { variables, leftOut };
}

/**
 * Where a command that prints codes is looked for: beside node, and where people install programs.
 */
function pathOf(node: string, home: string, isMac: boolean): string {
  const folders = [
    node.replace(/\/[^/]*$/, '') || '/',
    ...(isMac ? ['/opt/homebrew/bin'] : []),
    ...['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin', `${home}/.local/bin`],
  ];
  return [...new Set(folders)].join(':');
}
