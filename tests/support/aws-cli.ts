/** The AWS CLI of this machine, of whatever version, turned to the local STS. */
import { whereIs } from './needs.ts';
import { quoted } from './quote.ts';
import type { Sandbox } from './sandbox.ts';

/**
 * Puts an `aws` into the sandbox, where the machine has one, that runs it with the endpoint as an
 * option: versions before 2.13 and 1.29 do not know `AWS_ENDPOINT_URL`. Without a pager, which a
 * bare machine has not.
 */
export function useAws(box: Sandbox, { endpoint }: { endpoint: string }): void {
  const aws = whereIs('aws');
  if (aws === '') return;
  box.writeFile(
    'bin/aws',
    `#!/bin/sh\nexport AWS_PAGER=\nexec ${quoted(aws)} "$@" --endpoint-url ${quoted(endpoint)}\n`,
    0o755,
  );
}
