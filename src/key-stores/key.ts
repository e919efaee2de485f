/** A long-term key as a store keeps it: a text that is an answer of a `credential_process`, too. */
import { readSuppliedKeys } from '../credentials/process-answer.ts';
import { formatExpiry } from '../credentials/expiry.ts';
import { Secret } from '../credentials/secret.ts';

export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
}

/** A pair in a store. */
export interface StoredKey extends KeyPair {
  /** When it was put there, in milliseconds since the epoch; undefined if the entry does not say. */
  readonly stored: number | undefined;
}

/**
 * What a `credential_process` prints for a long-term key:
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function keyJson({ accessKeyId, secretAccessKey }: KeyPair): string {
  return JSON.stringify(fieldsOf({ accessKeyId, secretAccessKey }));
}

function fieldsOf({ accessKeyId, secretAccessKey }: KeyPair) {
  return {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey.reveal(),
  };
}

/** The entry of a pair: one line, in ASCII. @param now milliseconds since the epoch */
export function entryText(pair: KeyPair, now: number): Secret {
  return new Secret(JSON.stringify({ ...fieldsOf(pair), Stored: formatExpiry(now) }), 'text');
}

/** @returns undefined for what is no long-term key */
export function readEntry(text: string): StoredKey | undefined {
  const answer = readSuppliedKeys(text);
  if (!('keys' in answer) || answer.keys.sessionToken) return undefined;
  const { accessKeyId, secretAccessKey } = answer.keys;
  const { Stored } = JSON.parse(text) as { Stored?: unknown };
  const stored = typeof Stored === 'string' ? Date.parse(Stored) : NaN;
  return {
    accessKeyId,
    secretAccessKey: secretAccessKey!,
    stored: Number.isNaN(stored) ? undefined : stored,
  };
}

export function isSamePair(one: KeyPair, other: KeyPair): boolean {
  return (
    one.accessKeyId === other.accessKeyId &&
    one.secretAccessKey.reveal() === other.secretAccessKey.reveal()
  );
}
