/** STS through the AWS SDK: one client, one set of keys, and the calls that this program makes. */
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import type { Credentials } from '@aws-sdk/client-sts';
import type { Session } from '../core/keys.ts';
import { Secret } from '../core/secret.ts';
import type { Sts } from '../world.ts';
import { makeAgents } from './agents.ts';
import { makeCaller } from './aws-call.ts';
import { clientConfig } from './aws-client.ts';
import type { ClientOptions } from './aws-client.ts';

/** @throws Failure unreadable-file, bad-proxy */
export async function makeSts(options: ClientOptions): Promise<Sts> {
  const { connection, interrupt } = options;
  const wire = await makeAgents(connection, options.env);
  const client = new STSClient(clientConfig(options, wire));
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
