/** Builds `dist/` once before the tests, and makes the folder in which a run keeps what it found out. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export default function buildOnce(): void {
  execFileSync(process.execPath, [path.join(__dirname, '../../scripts/build.mjs')], {
    stdio: 'inherit',
  });
  process.env['MFA_PROFILE_TEST_RUN'] = mkdtempSync(path.join(tmpdir(), 'mfa-profile-run-'));
}
