/** Builds `dist/` once before the tests, so that none of them runs a stale program. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

export default function buildOnce(): void {
  execFileSync(process.execPath, [path.join(__dirname, '../../scripts/build.mjs')], {
    stdio: 'inherit',
  });
}
