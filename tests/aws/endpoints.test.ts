/** The hosts of STS and IAM, held against the endpoint rules inside the AWS SDK. */
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { awsEndpoint } from '../../src/aws/endpoints.ts';

interface Resolved {
  url: URL;
  properties?: { authSchemes?: { signingRegion?: string }[] };
}
type Resolver = (parameters: Record<string, unknown>) => Resolved;

const resolvers = {
  sts: new STSClient({ region: 'us-east-1' }).config.endpointProvider as unknown as Resolver,
  iam: new IAMClient({ region: 'us-east-1' }).config.endpointProvider as unknown as Resolver,
};

function sdkEndpoint(
  service: keyof typeof resolvers,
  region: string,
  fips: boolean,
  dualStack: boolean,
) {
  const { url, properties } = resolvers[service]({
    ...{ Region: region, UseFIPS: fips, UseDualStack: dualStack, UseGlobalEndpoint: false },
  });
  const signingRegion = properties?.authSchemes?.[0]?.signingRegion ?? region;
  return { url: url.href.replace(/\/$/, ''), signingRegion };
}

const REGIONS = ['us-east-1', 'eu-central-1', 'ap-southeast-7', 'us-gov-east-1', 'us-gov-west-1'];
const PLAIN_REGIONS = ['cn-north-1', 'cn-northwest-1', 'us-iso-east-1', 'us-isob-east-1'].concat([
  'us-isof-south-1',
  'eu-isoe-west-1',
  'eusc-de-east-1',
]);

describe.each(['sts', 'iam'] as const)('%s', (service) => {
  // IAM has hosts for the switches in few partitions; the SDK's rules make up the others.
  const switched = service === 'sts' ? [...REGIONS, ...PLAIN_REGIONS] : REGIONS;

  test.each(switched)('in %s, with every switch', (region) => {
    for (const fips of [false, true]) {
      for (const dualStack of [false, true]) {
        expect(awsEndpoint(service, { region, fips, dualStack, legacyGlobal: false })).toEqual(
          sdkEndpoint(service, region, fips, dualStack),
        );
      }
    }
  });

  test.each(PLAIN_REGIONS)('in %s', (region) => {
    const choice = { region, fips: false, dualStack: false, legacyGlobal: false };
    expect(awsEndpoint(service, choice)).toEqual(sdkEndpoint(service, region, false, false));
  });

  test.each(['cn-north-1', 'eusc-de-east-1'])('in %s over IPv6', (region) => {
    const choice = { region, fips: false, dualStack: true, legacyGlobal: false };
    expect(awsEndpoint(service, choice)).toEqual(sdkEndpoint(service, region, false, true));
  });
});

test.each(['us-west-2', 'aws-global'])('%s by the old global endpoint', (region) => {
  const choice = { region, fips: false, dualStack: false, legacyGlobal: true };
  expect(awsEndpoint('sts', choice)).toEqual({
    url: 'https://sts.amazonaws.com',
    signingRegion: 'us-east-1',
  });
});

test.each([
  [true, false, 'https://sts-fips.us-east-1.amazonaws.com'],
  [false, true, 'https://sts.us-east-1.api.aws'],
])(
  'aws-global with a switch (FIPS %j, dual stack %j) is its first region',
  (fips, dualStack, url) => {
    const choice = { region: 'aws-global', fips, dualStack, legacyGlobal: false };
    expect(awsEndpoint('sts', choice)).toEqual({ url, signingRegion: 'us-east-1' });
  },
);
