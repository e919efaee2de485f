/** STS through the AWS SDK: one client, one set of keys, and every failure sorted into an AwsFault. */
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import type { Credentials } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ConnectionSettings } from '../core/connection.ts';
import { AwsFaultError } from '../core/faults.ts';
import type { AwsFault } from '../core/faults.ts';
import type { Session } from '../core/keys.ts';
import { Secret } from '../core/secret.ts';
import type { SigningKeys, Sts } from '../world.ts';
import { makeAgents } from './agents.ts';
import type { Wire } from './agents.ts';

const TRIES = 4;
const FIRST_PAUSE_MS = 250;
const THROTTLES = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'RequestThrottled',
  'SlowDown',
]);

/** What the SDK puts on its errors, as far as this file looks at it. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { httpStatusCode?: number; requestId?: string };
  readonly $response?: { statusCode?: number; headers?: Record<string, string> };
}

export interface StsOptions {
  readonly connection: ConnectionSettings;
  readonly keys: SigningKeys;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly interrupt: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly debug: (line: string) => void;
}

/** @throws Failure unreadable-file where the CA bundle cannot be read */
export function makeSts(options: StsOptions): Sts {
  const { connection, keys, interrupt, now, sleep, debug } = options;
  const wire = makeAgents(connection, options.env);
  const client = makeClient(connection, keys, wire);
  let skewSeconds: number | undefined;

  /** Sends a command, again where that can help; `lost` tries are remembered for the wording. */
  async function send<T>(name: string, issue: () => Promise<T>): Promise<T> {
    let lostBefore = false;
    for (let attempt = 1; ; attempt++) {
      wire.beginCall();
      try {
        return await issue();
      } catch (error) {
        interrupt.throwIfAborted();
        const fault = sortError(error as SdkError, attempt, lostBefore);
        debug(
          `${name} try ${attempt}: ${fault.kind} ${fault.code} (${requestIdOf(error as SdkError)})`,
        );
        if (!mayRetry(fault, attempt)) throw new AwsFaultError(fault);
        lostBefore ||= fault.kind === 'lost' || fault.kind === 'bad-answer';
        await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.75 + Math.random() / 2));
      }
    }
  }

  function sortError(error: SdkError, tries: number, lostBefore: boolean): AwsFault {
    const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode;
    const common = {
      endpoint: wire.endpoint(),
      tries,
      skewSeconds,
      lostBefore,
      code: error.code ?? error.name ?? 'Unknown',
      said: error.message ?? '',
    };
    if (status === undefined) {
      if (wire.timedOut()) {
        const phase = wire.connected() ? 'read' : 'connect';
        return { ...common, kind: 'timed-out', code: phase };
      }
      return { ...common, kind: wire.connected() ? 'lost' : 'not-sent' };
    }
    const code = error.name ?? 'Unknown';
    if (status === 429 || THROTTLES.has(code)) return { ...common, kind: 'throttled', code };
    if (status >= 500) return { ...common, kind: 'bad-answer', code, said: `HTTP ${status}` };
    if (status >= 400 && isAwsCode(code)) return { ...common, kind: 'refused', code };
    return {
      ...common,
      kind: 'bad-answer',
      code,
      said: `HTTP ${status} with a body that is not from STS`,
    };
  }

  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      const date = Date.parse(headers?.['date'] ?? '');
      if (!Number.isNaN(date)) skewSeconds = Math.round((now() - date) / 1000);
      return result;
    },
    { step: 'deserialize', name: 'measureClockSkew', priority: 'low' },
  );

  const abort = { abortSignal: interrupt };
  return {
    getSessionToken: ({ serialNumber, tokenCode, durationSeconds }) =>
      send('GetSessionToken', async () => {
        const answer = await client.send(
          new GetSessionTokenCommand({
            SerialNumber: serialNumber,
            TokenCode: tokenCode.reveal(),
            DurationSeconds: durationSeconds,
          }),
          abort,
        );
        return sessionOf(answer.Credentials);
      }),
    assumeRole: ({ roleArn, roleSessionName, externalId, durationSeconds }) =>
      send('AssumeRole', async () => {
        const answer = await client.send(
          new AssumeRoleCommand({
            RoleArn: roleArn,
            RoleSessionName: roleSessionName,
            ExternalId: externalId,
            DurationSeconds: durationSeconds,
          }),
          abort,
        );
        return sessionOf(answer.Credentials);
      }),
    getCallerIdentity: () =>
      send('GetCallerIdentity', async () => {
        const { Account, Arn, UserId } = await client.send(new GetCallerIdentityCommand({}), abort);
        if (!Account || !Arn || !UserId) throw incomplete('an answer without an ARN');
        return { account: Account, arn: Arn, userId: UserId };
      }),
    warmUp: async () => {
      await wire.connectAhead().catch(() => undefined);
    },
    clockSkewSeconds: () => skewSeconds,
    close: () => {
      client.destroy();
      wire.close();
    },
  };
}

function makeClient(connection: ConnectionSettings, keys: SigningKeys, wire: Wire): STSClient {
  return new STSClient({
    // `aws-global` is the SDK's name for sts.amazonaws.com, which signs for us-east-1.
    region: connection.legacyGlobalEndpoint ? 'aws-global' : connection.region,
    ...(connection.endpoint === undefined ? {} : { endpoint: connection.endpoint }),
    credentials: {
      accessKeyId: keys.accessKeyId,
      secretAccessKey: keys.secretAccessKey.reveal(),
      ...(keys.sessionToken ? { sessionToken: keys.sessionToken.reveal() } : {}),
    },
    // The SDK would send the same one-time code again and report "invalid code" for a lost answer.
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    requestHandler: new NodeHttpHandler({
      httpAgent: wire.httpAgent,
      httpsAgent: wire.httpsAgent,
    }),
  });
}

/** AWS's error codes are single words; anything else is a message of node or of the SDK's parser. */
function isAwsCode(code: string): boolean {
  return (
    /^[A-Z][A-Za-z0-9.]+$/.test(code) &&
    code !== 'Unknown' &&
    code !== 'UnknownError' &&
    !code.endsWith('SyntaxError')
  );
}

function mayRetry(fault: AwsFault, attempt: number): boolean {
  if (attempt >= TRIES) return false;
  if (fault.kind === 'throttled') return true;
  // A lost answer is tried once more: it is cheap, and `lostBefore` keeps the wording honest.
  const passing =
    fault.kind === 'lost' || (fault.kind === 'bad-answer' && /^HTTP 5/.test(fault.said));
  return passing && attempt < 3;
}

function requestIdOf(error: SdkError): string {
  return error.$metadata?.requestId ?? 'no request id';
}

function incomplete(what: string): Error {
  return Object.assign(new Error(what), {
    name: 'IncompleteAnswer',
    $metadata: { httpStatusCode: 200 },
  });
}

/** The SDK's types allow an answer without credentials, and a broken proxy may send one. */
function sessionOf(credentials: Credentials | undefined): Session {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  const time = Expiration?.getTime();
  if (
    !AccessKeyId ||
    !SecretAccessKey ||
    !SessionToken ||
    time === undefined ||
    Number.isNaN(time)
  ) {
    throw incomplete('an answer without credentials');
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: new Secret(SecretAccessKey),
    sessionToken: new Secret(SessionToken),
    expiration: time,
  };
}
