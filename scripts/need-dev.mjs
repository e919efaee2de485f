/**
 * `pretest`, and first of all in a build: says in a line that the development dependencies are not
 * here, as after `npm ci` with NODE_ENV=production; before the tests, that /proc is not.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));

if (
  !['esbuild', 'jest', 'tsx', 'typescript'].every((name) => existsSync(path.join(modules, name)))
) {
  console.error(
    'mfa-profile: the development dependencies are not installed (npm leaves them out under NODE_ENV=production). Run: npm ci --include=dev',
  );
  process.exit(1);
}

// Jest's transformer reads the mount table before it loads its native part.
const mounts = '/proc/self/mountinfo';
if (
  process.env.npm_lifecycle_event === 'pretest' &&
  process.platform === 'linux' &&
  !existsSync(mounts)
) {
  console.error(
    `mfa-profile: the tests need ${mounts}, which is missing: mount /proc first. (The program does not need it.)`,
  );
  process.exit(1);
}
