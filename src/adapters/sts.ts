/** STS through the AWS SDK: one client, one set of keys, and the calls that this program makes. */
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import type { Credentials } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ConnectionSettings } from '../core/connection.ts';
import type { Session } from '../core/keys.ts';
import { Secret } from '../core/secret.ts';
import type { SigningKeys, Sts } from '../world.ts';
import { makeAgents } from './agents.ts';
import { makeCaller } from './aws-call.ts';
import type { Wire } from './agents.ts';

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

/** @throws Failure unreadable-file, bad-proxy */
export async function makeSts(options: StsOptions): Promise<Sts> {
  const { connection, keys, interrupt } = options;
  const wire = await makeAgents(connection, options.env);
  const client = makeClient(connection, keys, wire);
  const caller = makeCaller({ ...options, wire });
  const { send } = caller;

  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      caller.onAnswer(headers);
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
    clockSkewSeconds: caller.skewSeconds,
    close: () => {
      client.destroy();
      wire.close();
    },
  };
}

function makeClient(connection: ConnectionSettings, keys: SigningKeys, wire: Wire): STSClient {
  return new STSClient({
    region: connection.endpoint.signingRegion,
    endpoint: connection.endpoint.url,
    // The URL has them in it already; the SDK, which reads the variables too, would refuse both.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
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
