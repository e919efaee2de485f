/** Where STS or IAM is and how it is reached, worked out from options, environment and profile. */
import type { Environment } from './environment.ts';
import { awsEndpoint } from './endpoints.ts';
import type { Endpoint, ServiceName } from './endpoints.ts';
import { Failure } from '../problems/problem.ts';
import type { SettingLine } from '../problems/problem.ts';
import { defaultRegion, isRegion, partitionOfArn, partitionOfRegion } from './partition.ts';
import type { Values } from '../document/values.ts';
import { words } from './words.ts';

export interface ConnectionSettings {
  readonly region: string;
  /** The URL to call, and the region to sign for. */
  readonly endpoint: Endpoint;
  /** A file with the certificates to trust. */
  readonly caBundle: string | undefined;
  /** The line that names it, if a profile does. */
  readonly caBundleAt?: SettingLine;
  readonly verifyCertificates: boolean;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
}

/** What the command line says about the connection. */
export interface ConnectionOptions {
  readonly region?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly caBundle?: string | undefined;
  readonly verifyCertificates: boolean;
  readonly connectTimeoutSeconds: number;
  readonly readTimeoutSeconds: number;
}

export interface ConnectionInput {
  readonly profile: string;
  readonly options: ConnectionOptions;
  readonly env: Environment;
  readonly settings: Values;
  readonly service: ServiceName;
  /** What the `[services NAME]` section that the profile names says of this service. */
  readonly serviceSettings: Values | undefined;
  readonly serialNumber: string | undefined;
}

// The regions that the AWS CLI's `sts_regional_endpoints = legacy` sends to sts.amazonaws.com.
const LEGACY_REGIONS = new Set([
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'aws-global',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

/**
 * The region to call. An option decides. Otherwise the first region in the device's partition is
 * used, so that an `AWS_REGION` for work elsewhere does not send a key of AWS China to the wrong
 * partition.
 */
function chooseRegion({ options, env, settings, serialNumber }: ConnectionInput): FoundRegion {
  if (options.region) return { from: '--region', name: options.region };
  const partition =
    partitionOfArn(serialNumber ?? '') ?? partitionOfArn(settings.get('role_arn') ?? '');
  const wishes = [
    { from: 'AWS_REGION', name: env['AWS_REGION'] },
    { from: 'AWS_DEFAULT_REGION', name: env['AWS_DEFAULT_REGION'] },
    { from: 'region', name: settings.get('region') },
  ].filter((wish): wish is FoundRegion => Boolean(wish.name));
  const fitting = wishes.find(
    ({ name }) => partition === undefined || partitionOfRegion(name) === partition,
  );
  return fitting ?? { from: 'region', name: defaultRegion(partition ?? 'aws') };
}

interface FoundRegion {
  /** The variable, option or setting. */
  readonly from: string;
  readonly name: string;
}

/**
 * The endpoint override and where it comes from, in the order that the AWS SDKs document;
 * undefined for none.
 */
function chooseOverride(input: ConnectionInput): { url: string; from: string } | undefined {
  const { options, env, settings, service, serviceSettings } = input;
  const own = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
  const wishes = [
    { from: own, url: env[own] },
    { from: 'AWS_ENDPOINT_URL', url: env['AWS_ENDPOINT_URL'] },
    { from: 'endpoint_url', url: serviceSettings?.get('endpoint_url') },
    { from: 'endpoint_url', url: settings.get('endpoint_url') },
  ];
  if (options.endpointUrl) return { from: '--endpoint-url', url: options.endpointUrl };
  if (isOn('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'ignore_configured_endpoint_urls', input)) {
    return undefined;
  }
  for (const { from, url } of wishes) if (url) return { from, url };
  return undefined;
}

/** A switch of the AWS tools: the variable, else the profile's setting. */
function isOn(variable: string, setting: string, { env, settings }: ConnectionInput): boolean {
  return (env[variable] || settings.get(setting))?.toLowerCase() === 'true';
}

/** @throws Failure bad-setting */
function chooseEndpoint(region: string, input: ConnectionInput): Endpoint {
  const { env, settings, service } = input;
  const regional = env['AWS_STS_REGIONAL_ENDPOINTS'] || settings.get('sts_regional_endpoints');
  const byRegion = awsEndpoint(service, {
    region,
    fips: isOn('AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint', input),
    dualStack: isOn('AWS_USE_DUALSTACK_ENDPOINT', 'use_dualstack_endpoint', input),
    legacyGlobal: regional?.toLowerCase() === 'legacy' && LEGACY_REGIONS.has(region),
  });
  const override = chooseOverride(input);
  if (override === undefined) return byRegion;
  if (!isHttpUrl(override.url)) {
    throw new Failure({
      kind: 'bad-setting',
      profile: input.profile,
      setting: override.from,
      value: withoutUser(override.url),
      reason: words.noUrl,
    });
  }
  return { ...byRegion, url: withoutLogin(override.url) };
}

/** A user and a password may stand in what was meant to be a URL. */
const withoutUser = (text: string): string => text.replace(/^([^/]*\/\/)?.*@/, '$1');

/** The signature takes the place of a login, and STS knows no query: they would only show in messages. */
function withoutLogin(address: string): string {
  const url = new URL(address);
  const { username, password, search, hash } = url;
  if (username + password + search + hash === '' && !/[?#]/.test(address)) return address;
  [url.username, url.password, url.search, url.hash] = ['', '', '', ''];
  return url.href.replace(/\/$/, '');
}

/** True if what is sent to a URL can be read on the way: http to another machine. */
export function isReadable(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'http:' && !/^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
  );
}

/** True for what may be given as an endpoint. */
export function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** The file with the certificates to trust, and the option, variable or setting that names it. */
export function chooseCaBundle({
  options,
  env,
  settings,
}: Pick<ConnectionInput, 'options' | 'env' | 'settings'>):
  { from: string; path: string } | undefined {
  const wishes = [
    { from: '--ca-bundle', path: options.caBundle },
    { from: 'AWS_CA_BUNDLE', path: env['AWS_CA_BUNDLE'] },
    { from: 'ca_bundle', path: settings.get('ca_bundle') },
  ];
  for (const { from, path } of wishes) if (path) return { from, path };
  return undefined;
}

/** @throws Failure bad-setting for a region or an endpoint that can be neither */
export function chooseConnection(input: ConnectionInput): ConnectionSettings {
  const { profile, options } = input;
  const { from, name: region } = chooseRegion(input);
  if (!isRegion(region)) {
    throw new Failure({
      kind: 'bad-setting',
      profile,
      setting: from,
      value: region,
      reason: words.noRegion,
      hint: from.startsWith('AWS_') ? words.unsetOrName(from) : words.nameRegion,
    });
  }
  const endpoint = chooseEndpoint(region, input);
  return {
    region,
    endpoint,
    caBundle: chooseCaBundle(input)?.path,
    verifyCertificates: options.verifyCertificates,
    connectTimeoutMs: options.connectTimeoutSeconds * 1000,
    readTimeoutMs: options.readTimeoutSeconds * 1000,
  };
}
