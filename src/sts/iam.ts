/** IAM through the AWS SDK's parts: what a user's own devices and keys are, and the change of keys. */
import {
  CreateAccessKey$,
  DeleteAccessKey$,
  GetAccessKeyLastUsed$,
  ListAccessKeys$,
  ListMFADevices$,
  UpdateAccessKey$,
  errorTypeRegistries,
} from '@aws-sdk/client-iam';
import type {
  CreateAccessKeyCommandInput,
  CreateAccessKeyCommandOutput,
  DeleteAccessKeyCommandInput,
  GetAccessKeyLastUsedCommandInput,
  GetAccessKeyLastUsedCommandOutput,
  ListAccessKeysCommandInput,
  ListAccessKeysCommandOutput,
  ListMFADevicesCommandInput,
  ListMFADevicesCommandOutput,
  UpdateAccessKeyCommandInput,
} from '@aws-sdk/client-iam';
import { judgeKey } from '../credentials/key-form.ts';
import { Secret } from '../credentials/secret.ts';
import type { Iam, NewAccessKey } from '../world.ts';
import { UnusableAnswer, makeCaller } from './call.ts';
import type { CallOptions } from './call.ts';
import type { QueryService } from './query.ts';
import { words } from './words.ts';

/** As the SDK's IAM client has it in its `runtimeConfig.shared`. */
const IAM: QueryService = {
  name: 'iam',
  namespace: 'com.amazonaws.iam',
  xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  version: '2010-05-08',
  errors: errorTypeRegistries,
};

/** @throws Failure unreadable-file, bad-proxy */
export async function makeIam(options: CallOptions): Promise<Iam> {
  const { call, skewSeconds, close } = await makeCaller(IAM, options);
  const nothing = (): undefined => undefined;
  return {
    listMfaDevices: () => {
      const input: ListMFADevicesCommandInput = {};
      return call(ListMFADevices$, input, ({ MFADevices = [] }: ListMFADevicesCommandOutput) =>
        MFADevices.flatMap(({ SerialNumber }) => SerialNumber ?? []),
      );
    },
    listAccessKeys: () => {
      const input: ListAccessKeysCommandInput = {};
      return call(
        ListAccessKeys$,
        input,
        ({ AccessKeyMetadata = [] }: ListAccessKeysCommandOutput) =>
          AccessKeyMetadata.flatMap(({ AccessKeyId, CreateDate, Status }) =>
            AccessKeyId && CreateDate
              ? {
                  accessKeyId: AccessKeyId,
                  created: CreateDate.getTime(),
                  isActive: Status === 'Active',
                }
              : [],
          ),
      );
    },
    createAccessKey: () => {
      const input: CreateAccessKeyCommandInput = {};
      return call(CreateAccessKey$, input, newKeyIn, 'unsent');
    },
    getAccessKeyLastUsed: (accessKeyId) => {
      const input: GetAccessKeyLastUsedCommandInput = { AccessKeyId: accessKeyId };
      return call(
        GetAccessKeyLastUsed$,
        input,
        ({ AccessKeyLastUsed: use }: GetAccessKeyLastUsedCommandOutput) =>
          use?.LastUsedDate?.getTime(),
      );
    },
    deactivateAccessKey: (accessKeyId) => {
      const input: UpdateAccessKeyCommandInput = { AccessKeyId: accessKeyId, Status: 'Inactive' };
      return call(UpdateAccessKey$, input, nothing);
    },
    deleteAccessKey: (accessKeyId) => {
      const input: DeleteAccessKeyCommandInput = { AccessKeyId: accessKeyId };
      return call(DeleteAccessKey$, input, nothing);
    },
    clockSkewSeconds: skewSeconds,
    close,
  };
}

/** A key that could not be written into the file as it is would be of no use. */
function newKeyIn({ AccessKey }: CreateAccessKeyCommandOutput): NewAccessKey | UnusableAnswer {
  const [id, secret] = [AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey].map((value) =>
    typeof value === 'string' ? value.trim() : '',
  ) as [string, string];
  // Known as a secret before anything is said of the answer.
  const secretAccessKey = new Secret(secret);
  if (!id || !secret || judgeKey('id', id) || judgeKey('secret', secret)) {
    return new UnusableAnswer(words.noKey);
  }
  return { accessKeyId: id, secretAccessKey };
}
