/**
 * The platform that the SDK's clients run on, in place of their `runtimeConfig.js` for Node: keys,
 * region, endpoint and retries are always given here, so that nothing looks for them in files, the
 * environment, the metadata service or SSO, and the code for that search stays out of the bundle.
 */
import { createDefaultUserAgentProvider } from '@aws-sdk/core/client';
import { AwsSdkSigV4Signer } from '@aws-sdk/core/httpAuthSchemes';
import { calculateBodyLength } from '@smithy/core/serde';
import { streamCollector } from '@smithy/node-http-handler';
import { version } from '../package.json';
import { getRuntimeConfig as getSharedRuntimeConfig } from './runtimeConfig.shared';

const nothing = async () => undefined;

export function getRuntimeConfig(config) {
  const shared = getSharedRuntimeConfig(config);
  return {
    ...shared,
    runtime: 'node',
    authSchemePreference: [],
    bodyLengthChecker: calculateBodyLength,
    defaultUserAgentProvider: createDefaultUserAgentProvider({
      serviceId: shared.serviceId,
      clientVersion: version,
    }),
    // The endpoint is chosen by src/core/endpoints.ts; the SDK would read both AWS files for another.
    ignoreConfiguredEndpointUrls: true,
    httpAuthSchemes: [
      {
        schemeId: 'aws.auth#sigv4',
        identityProvider: (identities) => identities.getIdentityProvider('aws.auth#sigv4'),
        signer: new AwsSdkSigV4Signer(),
      },
    ],
    sigv4aSigningRegionSet: nothing,
    streamCollector,
    userAgentAppId: nothing,
    ...config,
  };
}
