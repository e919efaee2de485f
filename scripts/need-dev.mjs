/**
 * `pretest`, and first of all in a build: says in a line that the development dependencies are not
 * here, as after `npm ci` with NODE_ENV=production.
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
