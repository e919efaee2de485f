/** A session as JSON, in the shapes that other tools read. Secrets stand in the clear here. */
import { formatExpiry } from './expiry.ts';
import type { Session } from './keys.ts';

function fields({ accessKeyId, secretAccessKey, sessionToken, expiration }: Session) {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey.reveal(),
    SessionToken: sessionToken.reveal(),
    Expiration: formatExpiry(expiration),
  };
}

/**
 * What a `credential_process` prints:
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function credentialProcessJson(session: Session, accountId: string | undefined): string {
  // What is undefined JSON leaves out.
  return `${JSON.stringify({ Version: 1, ...fields(session), AccountId: accountId })}\n`;
}

/** What `aws sts get-session-token` prints. */
export function sessionTokenJson(session: Session): string {
  return `${JSON.stringify({ Credentials: fields(session) }, null, 4)}\n`;
}
