/** Partitions of AWS: which one a region or an ARN lies in, and where its STS is by default. */

export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-iso' | 'aws-iso-b' | 'aws-eusc';

// Prefixes as in AWS's own partitions.json; the default region is the one its global calls sign for.
const PARTITIONS: readonly { name: Partition; prefix: string; defaultRegion: string }[] = [
  { name: 'aws-cn', prefix: 'cn-', defaultRegion: 'cn-north-1' },
  { name: 'aws-us-gov', prefix: 'us-gov-', defaultRegion: 'us-gov-west-1' },
  { name: 'aws-iso', prefix: 'us-iso-', defaultRegion: 'us-iso-east-1' },
  { name: 'aws-iso-b', prefix: 'us-isob-', defaultRegion: 'us-isob-east-1' },
  { name: 'aws-eusc', prefix: 'eusc-', defaultRegion: 'eusc-de-east-1' },
];

export function partitionOfRegion(region: string): Partition {
  return PARTITIONS.find(({ prefix }) => region.startsWith(prefix))?.name ?? 'aws';
}

/** The partition of an ARN; undefined when the text is no ARN (a hardware device's serial). */
export function partitionOfArn(arn: string): Partition | undefined {
  const name = /^arn:([a-z-]+):/.exec(arn)?.[1];
  if (name === 'aws') return 'aws';
  return PARTITIONS.find((partition) => partition.name === name)?.name;
}

export function defaultRegion(partition: Partition): string {
  return PARTITIONS.find(({ name }) => name === partition)?.defaultRegion ?? 'us-east-1';
}

/** The form of a region's name; it becomes part of a host name, so nothing else may pass. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,}(?:-[a-z0-9]+)+$/.test(text) && text.length <= 40;
}
