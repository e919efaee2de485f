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
  ['eu-isoe-west-1', 'aws-iso-e', 'eu-isoe-west-1'],
  ['us-isof-east-1', 'aws-iso-f', 'us-isof-south-1'],
  ['eusc-de-east-1', 'aws-eusc', 'eusc-de-east-1'],
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
  'e-west-1',
  'eu-west-1a',
  'eu-west-12b',
  'eu--1',
  'eu-west-',
  'eu-west-1 ',
  'xeu_west-1-a',
  '1eu-west-1',
  `eu-${'b'.repeat(38)}`,
  `a-${'b'.repeat(60)}`,
])('%j is no region', (text) => {
  expect(isRegion(text)).toBe(false);
});

test.each(['eu-west-1', 'us-gov-west-1', 'eu-west-1a-x', 'eu-1', `eu-${'b'.repeat(37)}`, 'eu-x1a'])(
  '%j may be a region',
  (text) => {
    expect(isRegion(text)).toBe(true);
  },
);

test.each([
  ['arn:aws:iam::1:x', 'aws'],
  ['arn:aws-cn:', 'aws-cn'],
  ['xarn:aws:', undefined],
  ['arn:aws', undefined],
  ['arn:AWS:', undefined],
  ['arn:aws-new:', undefined],
  ['GAHT12345678', undefined],
  ['', undefined],
])('%j lies in %j', (arn, partition) => {
  expect(partitionOfArn(arn)).toBe(partition);
});

test.each(['xcn-north-1', 'xus-gov-west-1', 'mx-central-1'])('%s is like any other', (region) => {
  expect(partitionOfRegion(region)).toBe('aws');
});
