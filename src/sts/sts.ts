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
import type { CallerIdentity, Sts } from '../world.ts';
import { UnusableAnswer, makeCaller } from './call.ts';
import type { CallOptions } from './call.ts';
import type { QueryService } from './query.ts';
import { words } from './words.ts';

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
  const sessionIn = ({ Credentials }: { Credentials?: Credentials | undefined }) =>
    // By AWS's clock: this machine's may be ahead.
    sessionOf(Credentials, options.now() - (skewSeconds() ?? 0) * 1000);
  return {
    getSessionToken: ({ serialNumber, tokenCode, durationSeconds }) => {
      const input: GetSessionTokenCommandInput = {
        SerialNumber: serialNumber,
        TokenCode: tokenCode.reveal(),
        DurationSeconds: durationSeconds,
      };
      return call<GetSessionTokenCommandInput, GetSessionTokenCommandOutput, Session>(
        GetSessionToken$,
        input,
        sessionIn,
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
      return call<AssumeRoleCommandInput, AssumeRoleCommandOutput, Session>(
        AssumeRole$,
        input,
        sessionIn,
      );
    },
    getCallerIdentity: () => {
      const input: GetCallerIdentityCommandInput = {};
      return call<GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput, CallerIdentity>(
        GetCallerIdentity$,
        input,
        ({ Account, Arn, UserId }) =>
          isText(Account) && isText(Arn) && isText(UserId)
            ? { account: Account, arn: Arn, userId: UserId }
            : new UnusableAnswer(words.noArn),
      );
    },
    warmUp,
    clockSkewSeconds: skewSeconds,
    close,
  };
}

/** True for a text; the SDK gives an object where an answer has elements inside of one. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** What AWS makes keys and tokens of, and more: nothing that ends a line or a value in a file. */
const KEY_FORM = /^[!-~]{1,20000}$/;
/** AWS's shortest session has 15 minutes. */
const LEAST_LEFT_MS = 60_000;

/** The SDK's types allow an answer without credentials, and a broken proxy may send one. */
function sessionOf(credentials: Credentials | undefined, now: number): Session | UnusableAnswer {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  const keys = [AccessKeyId, SecretAccessKey, SessionToken].map((value) =>
    isText(value) ? value.trim() : '',
  );
  const time = typeof Expiration?.getTime === 'function' ? Expiration.getTime() : NaN;
  if (keys.includes('') || Number.isNaN(time)) return new UnusableAnswer(words.noCredentials);
  if (!keys.every((value) => KEY_FORM.test(value))) {
    return new UnusableAnswer(words.oddCredentials);
  }
  if (time - now <= LEAST_LEFT_MS) return new UnusableAnswer(words.expiredSession);
  const [accessKeyId, secret, token] = keys as [string, string, string];
  return {
    accessKeyId,
    secretAccessKey: new Secret(secret),
    sessionToken: new Secret(token),
    expiration: time,
  };
}
