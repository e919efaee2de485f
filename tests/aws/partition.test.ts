/** Partitions, and the form of a region's name, which becomes part of a host's. */
import {
  defaultRegion,
  isRegion,
  partitionOfArn,
  partitionOfRegion,
} from '../../src/aws/partition.ts';

test.each([
  ['us-east-1', 'aws', 'us-east-1'],
  ['eu-central-2', 'aws', 'us-east-1'],
  ['cn-northwest-1', 'aws-cn', 'cn-north-1'],
  ['us-gov-east-1', 'aws-us-gov', 'us-gov-west-1'],
  ['us-iso-west-1', 'aws-iso', 'us-iso-east-1'],
  ['us-isob-east-1', 'aws-iso-b', 'us-isob-east-1'],
])('%s lies in %s, where STS is in %s', (region, partition, usual) => {
  expect(partitionOfRegion(region)).toBe(partition);
  expect(partitionOfArn(`arn:${partition}:iam::123456789012:mfa/x`)).toBe(partition);
  expect(defaultRegion(partitionOfRegion(region))).toBe(usual);
  expect(isRegion(region)).toBe(true);
});

test.each([
  '',
  'eu',
  'EU-WEST-1',
  'eu_west_1',
  'eu-west-1.evil.example',
  'eu-west-1/',
  'a b',
  '-x-1',
  `a-${'b'.repeat(60)}`,
])('%j is no region', (text) => {
  expect(isRegion(text)).toBe(false);
});
