/** Takes away the folder of build-once.ts. */
import { rmSync } from 'node:fs';

export default function tidyUp(): void {
  const folder = process.env['MFA_PROFILE_TEST_RUN'];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
