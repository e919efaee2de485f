/**
 * Where AWS's STS, IAM and sign-in are: the host by region, partition and the FIPS and dual-stack
 * switches.
 */
import { Failure } from '../problems/problem.ts';
import { partitionRow } from './partition.ts';

/** The services that this program calls. */
export type ServiceName = 'sts' | 'iam' | 'signin';

export interface EndpointChoice {
  readonly region: string;
  readonly fips: boolean;
  readonly dualStack: boolean;
  /** True if `sts.amazonaws.com` is wanted instead of the regional endpoint. */
  readonly legacyGlobal: boolean;
}

export interface Endpoint {
  readonly url: string;
  readonly signingRegion: string;
}

/**
 * AWS's endpoint of a service; tests/aws/endpoints.test.ts compares it with the SDK's own rules.
 * @throws Failure no-sign-in
 */
export function awsEndpoint(service: ServiceName, choice: EndpointChoice): Endpoint {
  if (service === 'signin') return signInEndpoint(choice);
  return service === 'sts' ? stsEndpoint(choice) : iamEndpoint(choice);
}

/** One for a whole partition, which knows neither switch. */
function signInEndpoint({ region }: EndpointChoice): Endpoint {
  const { name, consoleDomain } = partitionRow(region);
  if (consoleDomain === undefined) throw new Failure({ kind: 'no-sign-in', partition: name });
  return { url: `https://signin.${consoleDomain}`, signingRegion: region };
}

function stsEndpoint({ region, fips, dualStack, legacyGlobal }: EndpointChoice): Endpoint {
  const { name, suffix, dualStackSuffix, defaultRegion } = partitionRow(region);
  if ((legacyGlobal || region === 'aws-global') && !fips && !dualStack) {
    return { url: 'https://sts.amazonaws.com', signingRegion: defaultRegion };
  }
  const at = region === 'aws-global' ? defaultRegion : region;
  // GovCloud's regular host is the FIPS one.
  const host = fips && !(name === 'aws-us-gov' && !dualStack) ? 'sts-fips' : 'sts';
  return {
    url: `https://${host}.${at}.${dualStack ? dualStackSuffix : suffix}`,
    signingRegion: at,
  };
}

/** IAM is one service for a whole partition. */
function iamEndpoint({ region, fips, dualStack }: EndpointChoice): Endpoint {
  const { name, suffix, dualStackSuffix, defaultRegion: signingRegion } = partitionRow(region);
  const at = (host: string): Endpoint => ({ url: `https://${host}`, signingRegion });
  const iam = fips ? 'iam-fips' : 'iam';
  // GovCloud's regular host is the FIPS one.
  if (name === 'aws-us-gov') return at(`iam.us-gov.${dualStack ? dualStackSuffix : suffix}`);
  if (dualStack) return at(`${iam}.global.${dualStackSuffix}`);
  return at(name === 'aws' ? `${iam}.${suffix}` : `${iam}.${signingRegion}.${suffix}`);
}
