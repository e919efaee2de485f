/** What every client of the AWS SDK is made of here: keys, endpoint, and no retries of its own. */
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ConnectionSettings } from '../core/connection.ts';
import type { SigningKeys } from '../world.ts';
import type { Wire } from './agents.ts';

export interface ClientOptions {
  readonly connection: ConnectionSettings;
  readonly keys: SigningKeys;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly interrupt: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly debug: (line: string) => void;
}

export function clientConfig({ connection, keys }: ClientOptions, wire: Wire) {
  return {
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
    defaultsMode: 'standard' as const,
    requestHandler: new NodeHttpHandler({
      httpAgent: wire.httpAgent,
      httpsAgent: wire.httpsAgent,
    }),
  };
}
