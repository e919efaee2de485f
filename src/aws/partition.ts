/**
 * Partitions of AWS: which one a region or an ARN lies in, and where its services are by default.
 */

export type Partition =
  | 'aws'
  | 'aws-cn'
  | 'aws-us-gov'
  | 'aws-iso'
  | 'aws-iso-b'
  | 'aws-iso-e'
  | 'aws-iso-f'
  | 'aws-eusc';

interface PartitionRow {
  readonly name: Partition;
  /** What its regions begin with. */
  readonly prefix: string;
  /** The region that its global calls are signed for. */
  readonly defaultRegion: string;
  readonly suffix: string;
  readonly dualStackSuffix: string;
  /**
   * What its console's host and that of its sign-in end with; undefined if they are not public (IAM
   * user guide, "Enable custom identity broker access to the AWS console").
   */
  readonly consoleDomain?: string;
}

// As in AWS's own partitions.json; tests/aws/endpoints.test.ts compares it with the SDK's rules.
const COMMERCIAL: PartitionRow = {
  name: 'aws',
  prefix: '',
  defaultRegion: 'us-east-1',
  suffix: 'amazonaws.com',
  dualStackSuffix: 'api.aws',
  consoleDomain: 'aws.amazon.com',
};
const OTHERS: readonly PartitionRow[] = [
  {
    name: 'aws-cn',
    prefix: 'cn-',
    defaultRegion: 'cn-north-1',
    suffix: 'amazonaws.com.cn',
    dualStackSuffix: 'api.amazonwebservices.com.cn',
    consoleDomain: 'amazonaws.cn',
  },
  {
    name: 'aws-us-gov',
    prefix: 'us-gov-',
    defaultRegion: 'us-gov-west-1',
    suffix: 'amazonaws.com',
    dualStackSuffix: 'api.aws',
    consoleDomain: 'amazonaws-us-gov.com',
  },
  {
    name: 'aws-iso',
    prefix: 'us-iso-',
    defaultRegion: 'us-iso-east-1',
    suffix: 'c2s.ic.gov',
    dualStackSuffix: 'api.aws.ic.gov',
  },
  {
    name: 'aws-iso-b',
    prefix: 'us-isob-',
    defaultRegion: 'us-isob-east-1',
    suffix: 'sc2s.sgov.gov',
    dualStackSuffix: 'api.aws.scloud',
  },
  {
    name: 'aws-iso-e',
    prefix: 'eu-isoe-',
    defaultRegion: 'eu-isoe-west-1',
    suffix: 'cloud.adc-e.uk',
    dualStackSuffix: 'api.cloud-aws.adc-e.uk',
  },
  {
    name: 'aws-iso-f',
    prefix: 'us-isof-',
    defaultRegion: 'us-isof-south-1',
    suffix: 'csp.hci.ic.gov',
    dualStackSuffix: 'api.aws.hci.ic.gov',
  },
  {
    name: 'aws-eusc',
    prefix: 'eusc-',
    defaultRegion: 'eusc-de-east-1',
    suffix: 'amazonaws.eu',
    dualStackSuffix: 'api.amazonwebservices.eu',
    consoleDomain: 'amazonaws-eusc.eu',
  },
];

/** The partition that a region lies in, with its host names. */
export function partitionRow(region: string): PartitionRow {
  return OTHERS.find(({ prefix }) => region.startsWith(prefix)) ?? COMMERCIAL;
}

export function partitionOfRegion(region: string): Partition {
  return partitionRow(region).name;
}

/** The partition of an ARN; undefined when the text is no ARN (a hardware device's serial). */
export function partitionOfArn(arn: string): Partition | undefined {
  const name = /^arn:([a-z-]+):/.exec(arn)?.[1];
  return [COMMERCIAL, ...OTHERS].find((partition) => partition.name === name)?.name;
}

export function defaultRegion(partition: Partition): string {
  return OTHERS.find(({ name }) => name === partition)?.defaultRegion ?? COMMERCIAL.defaultRegion;
}

/** The form of a region's name; it becomes part of a host name, so nothing else may pass. */
export function isRegion(text: string): boolean {
  const hasForm = /^[a-z]{2,}(?:-[a-z0-9]+)+$/.test(text) && text.length <= 40;
  // A letter after the number is an availability zone's.
  return hasForm && !/-\d+[a-z]$/.test(text);
}
