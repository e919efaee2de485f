/**
 * The package for npm: what package.json lists, from `dist/` as it was built, with where it is from and
 * without what only the clone needs; modes are set, so that two of them are the same bytes under any
 * umask. Usage: `node scripts/release/npm-package.mjs FOLDER [--repository https://…] [--version V]`;
 * prints the tarball's path.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inRoot, originFields, repositoryAddress } from './origin.mjs';

const FOR_THE_CLONE = ['scripts', 'devDependencies', 'allowScripts', 'overrides'];

/**
 * @param options.to the folder for the tarball
 * @param options.address of the repository
 * @param options.version another than package.json's, for tries
 * @returns the tarball's path
 */
export function packForNpm({ to, address, version }) {
  const stage = mkdtempSync(path.join(tmpdir(), 'mfa-profile-package-'));
  try {
    const about = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
    for (const name of ['README.md', 'LICENSE', ...about.files]) {
      cpSync(inRoot(name), path.join(stage, name), { recursive: true });
    }
    for (const key of FOR_THE_CLONE) delete about[key];
    Object.assign(about, originFields(address), version && { version });
    writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(about, undefined, 2)}\n`);
    const programs = Object.values(about.bin).map((file) => path.join(stage, file));
    for (const entry of readdirSync(stage, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      chmodSync(file, entry.isDirectory() || programs.includes(file) ? 0o755 : 0o644);
    }
    const packed = execFileSync(
      'npm',
      ['pack', '--silent', '--ignore-scripts', '--pack-destination', path.resolve(to)],
      { cwd: stage, encoding: 'utf8' },
    );
    return path.resolve(to, packed.trim().split('\n').at(-1));
  } finally {
    rmSync(stage, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { repository: { type: 'string' }, version: { type: 'string' } },
  });
  const [to = '.'] = positionals;
  const address = repositoryAddress(values.repository);
  console.log(packForNpm({ to, address, version: values.version }));
}
