/** STS through the AWS SDK: one client, one set of keys, and the calls that this program makes. */
import {
  AssumeRole$,
  GetCallerIdentity$,
  GetSessionToken$,
  errorTypeRegistries,
} from '@aws-sdk/client-sts';
import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  Credentials,
  GetCallerIdentityCommandInput,
  GetCallerIdentityCommandOutput,
  GetSessionTokenCommandInput,
  GetSessionTokenCommandOutput,
} from '@aws-sdk/client-sts';
import type { Session } from '../credentials/keys.ts';
import { Secret } from '../credentials/secret.ts';
import type { Sts } from '../world.ts';
import { makeCaller } from './call.ts';
import type { CallOptions } from './call.ts';
import type { QueryService } from './query.ts';

/** As the SDK's STS client has it in its `runtimeConfig.shared`. */
const STS: QueryService = {
  name: 'sts',
  namespace: 'com.amazonaws.sts',
  xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  version: '2011-06-15',
  errors: errorTypeRegistries,
};

/** @throws Failure unreadable-file, bad-proxy */
export async function makeSts(options: CallOptions): Promise<Sts> {
  const { call, warmUp, skewSeconds, close } = await makeCaller(STS, options);
  return {
    getSessionToken: ({ serialNumber, tokenCode, durationSeconds }) => {
      const input: GetSessionTokenCommandInput = {
        SerialNumber: serialNumber,
        TokenCode: tokenCode.reveal(),
        DurationSeconds: durationSeconds,
      };
      return call(GetSessionToken$, input, (answer: GetSessionTokenCommandOutput) =>
        sessionOf(answer.Credentials),
      );
    },
    assumeRole: ({ roleArn, roleSessionName, externalId, durationSeconds, ...mfa }) => {
      const input: AssumeRoleCommandInput = {
        RoleArn: roleArn,
        RoleSessionName: roleSessionName,
        ExternalId: externalId,
        DurationSeconds: durationSeconds,
        SerialNumber: mfa.serialNumber,
        TokenCode: mfa.tokenCode?.reveal(),
      };
      return call(AssumeRole$, input, (answer: AssumeRoleCommandOutput) =>
        sessionOf(answer.Credentials),
      );
    },
    getCallerIdentity: () => {
      const input: GetCallerIdentityCommandInput = {};
      return call(
        GetCallerIdentity$,
        input,
        ({ Account, Arn, UserId }: GetCallerIdentityCommandOutput) => {
          if (!Account || !Arn || !UserId) throw incomplete('an answer without an ARN');
          return { account: Account, arn: Arn, userId: UserId };
        },
      );
    },
    warmUp,
    clockSkewSeconds: skewSeconds,
    close,
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
