/** Puts Node 22, 24 and 26 into .cache/nodes, for tests/support/nodes.ts; what is there already stays. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MAJORS = [22, 24, 26];
const folder = fileURLToPath(new URL('../.cache/nodes', import.meta.url));
const name = `node-${process.platform}-${process.arch}`;

for (const major of MAJORS) {
  const prefix = path.join(folder, String(major));
  const binary = path.join(prefix, 'node_modules', name, 'bin', 'node');
  if (!existsSync(binary)) {
    mkdirSync(prefix, { recursive: true });
    const wanted = `${name}@${major}`;
    const flags = ['--prefix', prefix, '--no-save', '--no-package-lock', '--ignore-scripts'];
    execFileSync(
      'npm',
      ['install', ...flags, '--no-audit', '--no-fund', '--loglevel=error', wanted],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  }
  const version = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`node ${version}: ${path.relative(process.cwd(), binary)}`);
}
