/** IAM through the AWS SDK: what a user's own devices and keys are. */
import { IAMClient, ListAccessKeysCommand, ListMFADevicesCommand } from '@aws-sdk/client-iam';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Iam } from '../world.ts';
import { makeAgents } from './agents.ts';
import { makeCaller } from './aws-call.ts';
import type { StsOptions } from './sts.ts';

/** @throws Failure unreadable-file, bad-proxy */
export async function makeIam(options: StsOptions): Promise<Iam> {
  const { connection, keys, interrupt } = options;
  const wire = await makeAgents(connection, options.env);
  const { send } = makeCaller({ ...options, wire });
  const client = new IAMClient({
    region: connection.endpoint.signingRegion,
    endpoint: connection.endpoint.url,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    credentials: {
      accessKeyId: keys.accessKeyId,
      secretAccessKey: keys.secretAccessKey.reveal(),
      ...(keys.sessionToken ? { sessionToken: keys.sessionToken.reveal() } : {}),
    },
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    requestHandler: new NodeHttpHandler({
      httpAgent: wire.httpAgent,
      httpsAgent: wire.httpsAgent,
    }),
  });
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
