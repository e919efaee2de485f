/** Where STS is called: the rank of options, variables, settings and `[services …]` (faults/tests.md, 7 to 10). */
import type { ConnectionOptions } from '../../src/aws/connection.ts';
import { chooseConnection } from '../../src/aws/connection.ts';

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
