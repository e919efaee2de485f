/** Access keys as values: what a section holds, and a whole session. */
import { hideUnlessAnId } from './known-secrets.ts';
import { Secret } from './secret.ts';
import type { Values } from '../document/values.ts';

/** Keys as they lie in a section. With a session token they are a session's. */
export interface StoredKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret | undefined;
  readonly sessionToken: Secret | undefined;
}

/** A session with all that is needed to use it. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret;
  /** Milliseconds since the epoch, as STS returned it. */
  readonly expiration: number;
}

/** The access key of a section, or undefined if it has none. An empty value counts as none. */
export function readKeys(values: Values): StoredKeys | undefined {
  const accessKeyId = values.get('aws_access_key_id');
  if (!accessKeyId) return undefined;
  hideUnlessAnId(accessKeyId);
  const secret = values.get('aws_secret_access_key');
  const token = tokenOf(values);
  return {
    accessKeyId,
    secretAccessKey: secret ? new Secret(secret) : undefined,
    sessionToken: token ? new Secret(token) : undefined,
  };
}

/** The settings of a long-term key. */
export const KEY_SETTINGS = { id: 'aws_access_key_id', secret: 'aws_secret_access_key' } as const;

/** A long-term key as a section has it. */
export function keySettings({
  accessKeyId,
  secretAccessKey,
}: Pick<Session, 'accessKeyId' | 'secretAccessKey'>): Map<string, string> {
  return new Map([
    [KEY_SETTINGS.id, accessKeyId],
    [KEY_SETTINGS.secret, secretAccessKey.reveal()],
  ]);
}

/** botocore prefers the older name if a section has both. */
function tokenOf(values: Values): string | undefined {
  return values.get('aws_security_token') || values.get('aws_session_token');
}

/** An access key and no session token: what may never be overwritten. */
export function holdsLongTermKey(values: Values): boolean {
  return Boolean(values.get('aws_access_key_id')) && !tokenOf(values);
}

/** An access key with a session token. */
export function holdsSession(values: Values): boolean {
  return Boolean(values.get('aws_access_key_id')) && Boolean(tokenOf(values));
}
