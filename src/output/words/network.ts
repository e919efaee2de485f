/** Exit 6: AWS could not be reached, or did not answer sensibly. */
import type { SomeEntries } from './entry.ts';
import { formatDuration } from '../../aws/duration.ts';
import { ofNetwork } from './system.ts';

const CODE_MAY_BE_SPENT = 'the MFA code may have been spent: take the next one your device shows';

const ofSystem = (proxy: string | undefined): string | undefined =>
  proxy &&
  `the system's settings name a proxy, which the AWS CLI uses and this program does not: set HTTPS_PROXY to ${proxy}`;

export const network = {
  unreachable: {
    exit: 6,
    words: ({ endpoint, code, systemProxy }) => [
      `cannot reach ${endpoint}: ${ofNetwork(code)}`,
      ofSystem(systemProxy) ?? 'check the network; behind a proxy set HTTPS_PROXY (and NO_PROXY)',
    ],
  },
  'untrusted-certificate': {
    exit: 6,
    words: ({ endpoint, code }) => [
      `the certificate of ${endpoint} is not trusted (${code}; CERTIFICATE_VERIFY_FAILED to the AWS CLI)`,
      certificateHint(endpoint, code),
    ],
  },
  'timed-out': {
    exit: 6,
    words: ({ endpoint, phase, codeSent, systemProxy }) =>
      phase === 'connect'
        ? [
            `${endpoint} did not accept a connection in time`,
            ofSystem(systemProxy) ??
              'check the network and proxy, or allow more with --cli-connect-timeout',
          ]
        : [
            `${endpoint} did not answer in time`,
            codeSent ? CODE_MAY_BE_SPENT : 'try again, or allow more with --cli-read-timeout',
          ],
  },
  'answer-lost': {
    exit: 6,
    words: ({ endpoint, codeSent }) => [
      `the connection to ${endpoint} was lost before its answer came`,
      codeSent ? CODE_MAY_BE_SPENT : 'try again',
    ],
  },
  throttled: {
    exit: 6,
    words: ({ endpoint, tries, waitSeconds }) => [
      `${endpoint} asked to slow down ${tries} ${tries === 1 ? 'time' : 'times'} (Throttling)`,
      waitSeconds === undefined
        ? 'wait a minute and try again'
        : `it asked to wait ${formatDuration(waitSeconds)}: try again after that`,
    ],
  },
  'bad-answer': {
    exit: 6,
    words: ({ endpoint, what, codeSent, of }) => [
      `${endpoint} did not answer as ${of === 'sign-in' ? "AWS's sign-in" : 'STS'} does: ${what}`,
      codeSent
        ? `${CODE_MAY_BE_SPENT}; check --endpoint-url and the proxy`
        : 'check --endpoint-url and the proxy',
    ],
  },
} as const satisfies SomeEntries;

function certificateHint(endpoint: string, code: string): string {
  if (/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) {
    return "check this machine's clock: by it the certificate has expired or is not valid yet";
  }
  const { hostname, port } = new URL(endpoint);
  return (
    "behind a proxy that decrypts TLS, name your company's CA (a PEM file from your IT department) with --ca-bundle, ca_bundle or AWS_CA_BUNDLE; " +
    `to see it: openssl s_client -showcerts -connect ${hostname}:${port || 443}`
  );
}
