/** IAM through the AWS SDK's parts: what a user's own devices and keys are. */
import { ListAccessKeys$, ListMFADevices$, errorTypeRegistries } from '@aws-sdk/client-iam';
import type {
  ListAccessKeysCommandInput,
  ListAccessKeysCommandOutput,
  ListMFADevicesCommandInput,
  ListMFADevicesCommandOutput,
} from '@aws-sdk/client-iam';
import type { Iam } from '../world.ts';
import { makeCaller } from './call.ts';
import type { CallOptions } from './call.ts';
import type { QueryService } from './query.ts';

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
  const { call, close } = await makeCaller(IAM, options);
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
          AccessKeyMetadata.flatMap(({ AccessKeyId, CreateDate }) =>
            AccessKeyId && CreateDate
              ? { accessKeyId: AccessKeyId, created: CreateDate.getTime() }
              : [],
          ),
      );
    },
    close,
  };
}
