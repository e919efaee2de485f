/** Where STS is called: the rank of options, variables, settings and `[services …]`. */
import type { ConnectionOptions } from '../../src/aws/connection.ts';
import { chooseConnection, isHttpUrl, isReadable } from '../../src/aws/connection.ts';

const NONE: ConnectionOptions = {
  verifyCertificates: true,
  connectTimeoutSeconds: 1,
  readTimeoutSeconds: 1,
};

interface Case {
  options?: Partial<ConnectionOptions>;
  env?: Record<string, string>;
  settings?: Record<string, string>;
  services?: Record<string, string>;
  serialNumber?: string;
}

function urlFor({ options, env = {}, settings = {}, services, serialNumber }: Case): string {
  return chooseConnection({
    profile: 'prod',
    options: { ...NONE, ...options },
    env,
    settings: new Map(Object.entries(settings)),
    service: 'sts',
    serviceSettings: services && new Map(Object.entries(services)),
    serialNumber,
  }).endpoint.url;
}

const GLOBAL = 'https://sts.amazonaws.com';
const IRELAND = 'https://sts.eu-west-1.amazonaws.com';

test.each<[string, Case, string]>([
  [
    'legacy by the setting',
    { settings: { region: 'eu-west-1', sts_regional_endpoints: 'legacy' } },
    GLOBAL,
  ],
  [
    'legacy by the variable',
    { env: { AWS_REGION: 'eu-west-1', AWS_STS_REGIONAL_ENDPOINTS: 'Legacy' } },
    GLOBAL,
  ],
  [
    'the variable wins over the setting',
    {
      env: { AWS_STS_REGIONAL_ENDPOINTS: 'regional' },
      settings: { region: 'eu-west-1', sts_regional_endpoints: 'legacy' },
    },
    IRELAND,
  ],
  [
    'a region that legacy does not move',
    { settings: { region: 'ap-east-1', sts_regional_endpoints: 'legacy' } },
    'https://sts.ap-east-1.amazonaws.com',
  ],
  ['no region anywhere', {}, 'https://sts.us-east-1.amazonaws.com'],
  [
    'no region, a device of AWS China',
    { serialNumber: 'arn:aws-cn:iam::123456789012:mfa/alice' },
    'https://sts.cn-north-1.amazonaws.com.cn',
  ],
])('%s', (_name, given, url) => {
  expect(urlFor(given)).toBe(url);
});

test('an endpoint by rank: option, variables, services, profile', () => {
  const all: Case = {
    options: { endpointUrl: 'https://option.example' },
    env: { AWS_ENDPOINT_URL_STS: 'https://own.example', AWS_ENDPOINT_URL: 'https://all.example' },
    services: { endpoint_url: 'https://services.example' },
    settings: { endpoint_url: 'https://profile.example' },
  };
  expect(urlFor(all)).toBe('https://option.example');
  expect(urlFor({ ...all, options: {} })).toBe('https://own.example');
  expect(urlFor({ ...all, options: {}, env: { AWS_ENDPOINT_URL: 'https://all.example' } })).toBe(
    'https://all.example',
  );
  expect(urlFor({ ...all, options: {}, env: {} })).toBe('https://services.example');
  expect(urlFor({ settings: { endpoint_url: 'https://profile.example' } })).toBe(
    'https://profile.example',
  );
});

test('an availability zone is no region', () => {
  expect(() => urlFor({ settings: { region: 'eu-west-1a' } })).toThrow('bad-setting');
});

test.each<[string, Case, string]>([
  [
    'an option',
    { options: { region: 'eu-west-2' }, env: { AWS_REGION: 'eu-west-1' } },
    'eu-west-2',
  ],
  [
    'AWS_REGION first',
    {
      env: { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' },
      settings: { region: 'x' },
    },
    'eu-west-1',
  ],
  [
    'AWS_DEFAULT_REGION next',
    { env: { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-2' }, settings: { region: 'eu-west-3' } },
    'eu-west-2',
  ],
  ['the setting last', { settings: { region: 'eu-west-3' } }, 'eu-west-3'],
  [
    'the first in the device’s partition',
    {
      env: { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'cn-northwest-1' },
      serialNumber: 'arn:aws-cn:iam::123456789012:mfa/alice',
    },
    'cn-northwest-1',
  ],
  [
    'the first in the role’s partition',
    {
      env: { AWS_REGION: 'eu-west-1' },
      settings: { region: 'us-gov-east-1', role_arn: 'arn:aws-us-gov:iam::123456789012:role/x' },
      serialNumber: 'GAHT12345678',
    },
    'us-gov-east-1',
  ],
  [
    'the usual one of the role’s partition',
    { settings: { role_arn: 'arn:aws-us-gov:iam::123456789012:role/x' } },
    'us-gov-west-1',
  ],
  ['an option elsewhere all the same', { options: { region: 'cn-north-1' } }, 'cn-north-1'],
])('the region: %s', (_name, given, region) => {
  expect(new URL(urlFor(given)).hostname.split('.')[1]).toBe(region);
});

test.each([
  ['--region', { options: { region: 'x' } }, 'nameRegion'],
  ['AWS_REGION', { env: { AWS_REGION: 'x' } }, 'unsetOrName'],
  ['AWS_DEFAULT_REGION', { env: { AWS_DEFAULT_REGION: 'x' } }, 'unsetOrName'],
  ['region', { settings: { region: 'x' } }, 'nameRegion'],
])('what is no region is told by the name %s', (setting, given, hint) => {
  expect(problemOf(given)).toMatchObject({
    ...{ kind: 'bad-setting', profile: 'prod', setting },
    ...{ reason: { entry: 'noRegion' }, hint: { entry: hint } },
  });
});

function problemOf(given: Case): unknown {
  try {
    return urlFor(given);
  } catch (error) {
    return (error as { problem?: unknown }).problem;
  }
}

test.each([
  ['--endpoint-url', { options: { endpointUrl: 'x' } }],
  ['AWS_ENDPOINT_URL_STS', { env: { AWS_ENDPOINT_URL_STS: 'x', AWS_ENDPOINT_URL: 'https://a' } }],
  ['AWS_ENDPOINT_URL', { env: { AWS_ENDPOINT_URL: 'ftp://x' } }],
  ['endpoint_url', { services: { endpoint_url: 'x' } }],
  ['endpoint_url', { settings: { endpoint_url: 'x' } }],
])('what is no URL is told by the name %s', (setting, given) => {
  expect(problemOf(given)).toMatchObject({
    ...{ kind: 'bad-setting', profile: 'prod', setting, reason: { entry: 'noUrl' } },
  });
});

test.each<[string, boolean, Case]>([
  ['the variable', true, { env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } }],
  ['the variable in capitals', true, { env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'TRUE' } }],
  ['the setting', true, { settings: { ignore_configured_endpoint_urls: 'true' } }],
  ['neither', false, {}],
  ['another value', false, { env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: '1' } }],
  [
    'the variable against the setting',
    false,
    {
      env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' },
      settings: { ignore_configured_endpoint_urls: 'true' },
    },
  ],
])('configured endpoints by %s: ignored %s', (_name, isIgnored, { env = {}, settings = {} }) => {
  const given = { env: { AWS_ENDPOINT_URL: 'https://e.example', ...env }, settings };
  expect(urlFor(given)).toBe(
    isIgnored ? 'https://sts.us-east-1.amazonaws.com' : 'https://e.example',
  );
  expect(urlFor({ ...given, options: { endpointUrl: 'https://o.example' } })).toBe(
    'https://o.example',
  );
});

test.each<[Case, string]>([
  [{ env: { AWS_USE_FIPS_ENDPOINT: 'true' } }, 'https://sts-fips.us-east-1.amazonaws.com'],
  [{ settings: { use_fips_endpoint: 'true' } }, 'https://sts-fips.us-east-1.amazonaws.com'],
  [{ env: { AWS_USE_DUALSTACK_ENDPOINT: 'true' } }, 'https://sts.us-east-1.api.aws'],
  [{ settings: { use_dualstack_endpoint: 'true' } }, 'https://sts.us-east-1.api.aws'],
  [{ settings: { sts_regional_endpoints: 'regional' } }, 'https://sts.us-east-1.amazonaws.com'],
])('%j leads to %s', (given, url) => {
  expect(urlFor(given)).toBe(url);
});

test.each([
  ...['ap-northeast-1', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'aws-global'],
  ...['ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
])('%s is one of the regions that "legacy" means', (region) => {
  expect(urlFor({ settings: { region, sts_regional_endpoints: 'LEGACY' } })).toBe(GLOBAL);
});

test.each([
  ['https://e.example/', 'https://e.example/'],
  ['https://e.example/sts/', 'https://e.example/sts/'],
  ['https://me@e.example/', 'https://e.example'],
  ['https://me:hush@e.example', 'https://e.example'],
  ['https://:hush@e.example', 'https://e.example'],
  ['https://e.example/sts?x=1', 'https://e.example/sts'],
  ['https://e.example/#x', 'https://e.example'],
  ['https://e.example/sts?', 'https://e.example/sts'],
  ['https://e.example/#', 'https://e.example'],
  ['https://e.example/a/?x', 'https://e.example/a'],
])('%s is called as %s', (endpointUrl, url) => {
  expect(urlFor({ options: { endpointUrl } })).toBe(url);
});

test('an endpoint of one’s own is signed for in the region', () => {
  const { endpoint, region } = chooseConnection({
    profile: 'prod',
    options: { ...NONE, endpointUrl: 'http://localhost:4566', region: 'eu-west-3' },
    env: {},
    settings: new Map(),
    service: 'iam',
    serviceSettings: undefined,
    serialNumber: undefined,
  });
  expect([endpoint, region]).toEqual([
    { url: 'http://localhost:4566', signingRegion: 'us-east-1' },
    'eu-west-3',
  ]);
});

test('an endpoint of IAM has a variable of its own', () => {
  const of = (env: Record<string, string>): string =>
    chooseConnection({
      profile: 'prod',
      options: NONE,
      env,
      settings: new Map(),
      service: 'iam',
      serviceSettings: undefined,
      serialNumber: undefined,
    }).endpoint.url;
  expect(of({ AWS_ENDPOINT_URL_IAM: 'https://iam.example' })).toBe('https://iam.example');
  expect(of({ AWS_ENDPOINT_URL_STS: 'https://sts.example' })).toBe('https://iam.amazonaws.com');
});

test.each<[Case & { options?: Partial<ConnectionOptions> }, string | undefined]>([
  [{}, undefined],
  [{ options: { caBundle: 'o' }, env: { AWS_CA_BUNDLE: 'e' }, settings: { ca_bundle: 's' } }, 'o'],
  [{ options: { caBundle: '' }, env: { AWS_CA_BUNDLE: 'e' }, settings: { ca_bundle: 's' } }, 'e'],
  [{ env: { AWS_CA_BUNDLE: '' }, settings: { ca_bundle: 's' } }, 's'],
  [{ settings: { ca_bundle: '' } }, undefined],
])('certificates and time limits by %j', ({ options, env = {}, settings = {} }, caBundle) => {
  const connection = chooseConnection({
    profile: 'prod',
    options: { ...NONE, verifyCertificates: false, readTimeoutSeconds: 7, ...options },
    env,
    settings: new Map(Object.entries(settings)),
    service: 'sts',
    serviceSettings: undefined,
    serialNumber: undefined,
  });
  expect(connection).toMatchObject({
    ...{ caBundle, verifyCertificates: false, connectTimeoutMs: 1000, readTimeoutMs: 7000 },
  });
});

test.each([
  ['http://sts.example', true],
  ['https://sts.example', false],
  ['http://localhost:4566', false],
  ['http://sts.localhost', false],
  ['http://a.b.localhost', false],
  ['http://.localhost', true],
  ['http://localhost.example', true],
  ['http://xlocalhost', true],
  ['http://127.0.0.1', false],
  ['http://127.10.200.255:1', false],
  ['http://127.0.0.1.example', true],
  ['http://x127.0.0.1.nip.example', true],
  ['http://128.0.0.1', true],
  ['http://[::1]:4566', false],
  ['http://[::2]', true],
])('%s can be read on the way: %s', (url, expected) => {
  expect(isReadable(url)).toBe(expected);
});

test.each([
  ['http://a', true],
  ['https://a', true],
  ['HTTPS://a', true],
  ['ftp://a', false],
  ['httpsx://a', false],
  ['xhttp://a', false],
  ['a', false],
  ['http://', false],
  ['', false],
])('%s may be an endpoint: %s', (text, expected) => {
  expect(isHttpUrl(text)).toBe(expected);
});
