/** Addresses of the console and its sign-in, in every partition that has them. */
import {
  consoleAddress,
  federationAddress,
  isConsolePath,
  signInAddress,
} from '../../src/aws/console.ts';
import { awsEndpoint } from '../../src/aws/endpoints.ts';

const anywhere = { fips: true, dualStack: true, legacyGlobal: false };

test.each([
  ['eu-west-1', 'https://signin.aws.amazon.com', 'https://console.aws.amazon.com/'],
  ['cn-north-1', 'https://signin.amazonaws.cn', 'https://console.amazonaws.cn/'],
  ['us-gov-west-1', 'https://signin.amazonaws-us-gov.com', 'https://console.amazonaws-us-gov.com/'],
  ['eusc-de-east-1', 'https://signin.amazonaws-eusc.eu', 'https://console.amazonaws-eusc.eu/'],
])('in %s', (region, signIn, host) => {
  expect(awsEndpoint('signin', { region, ...anywhere }).url).toBe(signIn);
  const place = { region, isRegionNamed: false, path: 'billing' };
  expect(consoleAddress(place)).toBe(`${host}billing/home`);
});

test.each(['us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1'])(
  'none in %s',
  (region) => {
    expect(() => awsEndpoint('signin', { region, ...anywhere })).toThrow('no-sign-in');
  },
);

const HOST = 'https://console.aws.amazon.com/';

test.each<[path: string | undefined, address: string]>([
  [undefined, 'console/home?region=eu-west-1'],
  ['s3', 's3/home?region=eu-west-1'],
  ['/s3', 's3/home?region=eu-west-1'],
  ['ec2/home#Instances:', 'ec2/home?region=eu-west-1#Instances:'],
  ['ec2/home?region=us-west-2', 'ec2/home?region=us-west-2'],
  ['s3/buckets/made-up?tab=objects', 's3/buckets/made-up?tab=objects&region=eu-west-1'],
  ['cloudwatch/home#alarmsV2:alarm/a b', 'no path'],
  ['cloudwatch/home#alarmsV2:alarm/é', 'cloudwatch/home?region=eu-west-1#alarmsV2:alarm/%C3%A9'],
])('the page %p', (path, address) => {
  if (path !== undefined && !isConsolePath(path)) {
    expect(address).toBe('no path');
    return;
  }
  expect(consoleAddress({ region: 'eu-west-1', isRegionNamed: true, path })).toBe(HOST + address);
});

test.each([
  ...['', '/', '//evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example/'],
  ...['javascript:alert(1)', '/data:x', ' s3', 's3 ', 'a\nb', '@evil.example', '?x', '#x', '../s3'],
])('%p is no path of the console', (path) => {
  expect(isConsolePath(path)).toBe(false);
});

test('whatever a path holds, the address stays in the console', () => {
  for (const path of ['s3/../../x', 'a//b.example', 'a/@b.example', 'a/%2e%2e/%2fb', 'a;b&c=d']) {
    expect(isConsolePath(path)).toBe(true);
    const address = consoleAddress({ region: 'eu-west-1', isRegionNamed: true, path });
    expect(new URL(address).origin).toBe('https://console.aws.amazon.com');
  }
});

test('the endpoint may have a path of its own', () => {
  expect(federationAddress('https://a.example').href).toBe('https://a.example/federation');
  expect(federationAddress('https://a.example/x/').href).toBe('https://a.example/x/federation');
  expect(federationAddress('https://a.example/federation').href).toBe(
    'https://a.example/federation',
  );
});

test('what is in the address is escaped', () => {
  const address = signInAddress('https://a.example', 'a+b/c=&d', `${HOST}s3/home?region=x#y`);
  const { searchParams, hash } = new URL(address);
  expect(hash).toBe('');
  expect(Object.fromEntries(searchParams)).toEqual({
    Action: 'login',
    Issuer: 'mfa-profile',
    Destination: `${HOST}s3/home?region=x#y`,
    SigninToken: 'a+b/c=&d',
  });
});
