/** Exit 6: the proxy. */
import type { SomeEntries } from './entry.ts';
import { ofNetwork } from './system.ts';

export const proxy = {
  'bad-proxy': {
    exit: 6,
    words: ({ variable }) => [
      `${variable} does not name a proxy: it must be an http or https URL`,
      `set it as in ${variable}=http://proxy.example.com:8080, or unset it`,
    ],
  },
  'proxy-failed': {
    exit: 6,
    words: ({ proxy, variable, code, schemes }) => {
      if (code === 'HTTP 407' && schemes !== undefined && !/\bBasic\b/i.test(schemes)) {
        return [
          `the proxy ${proxy} of ${variable} offers only ${schemes}, which neither this program nor the AWS CLI speaks (HTTP 407)`,
          `run a local proxy that does, such as cntlm or px, and name it: ${variable}=http://127.0.0.1:3128`,
        ];
      }
      if (code === 'HTTP 407') {
        return [
          `the proxy ${proxy} wants a user and a password, or rejected those in ${variable} (HTTP 407)`,
          `put them into the URL, special characters percent-encoded (@ as %40, : as %3A): ${variable}=http://USER:PASSWORD@HOST:PORT`,
        ];
      }
      return code.startsWith('HTTP')
        ? [
            `the proxy ${proxy} refused to connect to AWS (${code})`,
            'ask the proxy administrator to allow the endpoint, or name its host in NO_PROXY',
          ]
        : [
            `cannot reach the proxy ${proxy} of ${variable}: ${ofNetwork(code)}`,
            `check ${variable}, or name the hosts that need no proxy in NO_PROXY`,
          ];
    },
  },
} as const satisfies SomeEntries;
