/** IAM through the AWS SDK: what a user's own devices and keys are. */
import { IAMClient, ListAccessKeysCommand, ListMFADevicesCommand } from '@aws-sdk/client-iam';
import type { Iam } from '../world.ts';
import { makeAgents } from './agents.ts';
import { makeCaller } from './aws-call.ts';
import { clientConfig } from './aws-client.ts';
import type { ClientOptions } from './aws-client.ts';

/** @throws Failure unreadable-file, bad-proxy */
export async function makeIam(options: ClientOptions): Promise<Iam> {
  const { connection, interrupt } = options;
  const wire = await makeAgents(connection, options.env);
  const { send } = makeCaller({ ...options, wire });
  const client = new IAMClient(clientConfig(options, wire));
  const abort = { abortSignal: interrupt };

  return {
    listMfaDevices: async () => {
      const { MFADevices = [] } = await send('ListMFADevices', () =>
        client.send(new ListMFADevicesCommand({}), abort),
      );
      return MFADevices.flatMap(({ SerialNumber }) => SerialNumber ?? []);
    },
    listAccessKeys: async () => {
      const { AccessKeyMetadata = [] } = await send('ListAccessKeys', () =>
        client.send(new ListAccessKeysCommand({}), abort),
      );
      return AccessKeyMetadata.flatMap(({ AccessKeyId, CreateDate }) =>
        AccessKeyId && CreateDate
          ? { accessKeyId: AccessKeyId, created: CreateDate.getTime() }
          : [],
      );
    },
    close: () => {
      client.destroy();
      wire.close();
    },
  };
}
