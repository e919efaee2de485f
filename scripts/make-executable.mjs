/**
 * Makes one executable of the built program and a node (Node's "single executable applications").
 * Usage: `node scripts/make-executable.mjs --to FILE [--node NODE] [--runner wine]`.
 *
 * NODE is the node that goes in: the one that runs this unless given. It must be able to run here, as
 * it makes what is put into it, with what its compiler makes of the program's files: a node for
 * Windows runs by `--runner wine`. On macOS the result is signed ad hoc, without which an arm64 one is
 * not started at all; docs/releasing.md says how it is signed for others.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { inject } from 'postject';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');
/** Where node looks for what was put in, and the mark that it is there: both are Node's names. */
const RESOURCE = 'NODE_SEA_BLOB';
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

const { values } = parseArgs({
  options: {
    to: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    runner: { type: 'string' },
  },
});
if (values.to === undefined) throw new Error('--to FILE is missing');

const node = path.resolve(values.node);
const isOurs = values.runner === undefined;
/** Paths are Wine's where that runs node: its drive Z is the root folder. */
const forNode = (file) => (isOurs ? file : `Z:${file.replaceAll('/', '\\')}`);

function runNode(args, cwd) {
  const [file, ...first] = isOurs ? [node] : [values.runner, node];
  return execFileSync(file, [...first, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Whether that node needs help to put something into an executable. */
function needsInjection(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < 25 || (major === 25 && minor < 5);
}

const work = mkdtempSync(path.join(tmpdir(), 'mfa-profile-executable-'));
try {
  const main = path.join(work, 'main.cjs');
  await build({
    entryPoints: [path.join(root, 'src/executable.ts')],
    outfile: main,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    minify: true,
    logLevel: 'warning',
  });

  // The entry of the package and the library are no part of it.
  const files = readdirSync(dist).filter(
    (name) => name.endsWith('.cjs') && !['mfa-profile.cjs', 'provider.cjs'].includes(name),
  );
  const maker = path.join(root, 'scripts/make-code-cache.mjs');
  const caches = path.join(work, 'caches');
  runNode(['--hash-seed=1', ...[maker, dist, caches].map(forNode), ...files], work);
  const [made] = readdirSync(caches);
  const parts = Object.fromEntries(
    files.flatMap((name) => [
      [name, forNode(path.join(dist, name))],
      [`${name}.cache`, forNode(path.join(caches, made, `${name}.cache`))],
    ]),
  );

  const config = path.join(work, 'config.json');
  const version = runNode(['--version'], work).trim().slice(1);
  const result = path.join(work, 'result.exe');
  const injects = needsInjection(version);
  const output = injects ? path.join(work, 'blob') : result;
  writeFileSync(
    config,
    JSON.stringify({
      main: forNode(main),
      output: forNode(output),
      disableExperimentalSEAWarning: true,
      useCodeCache: false,
      assets: parts,
      ...(injects ? {} : { executable: forNode(node) }),
    }),
  );
  runNode([injects ? '--experimental-sea-config' : '--build-sea', forNode(config)], work);
  const isMac = isOurs && process.platform === 'darwin';
  if (injects) {
    copyFileSync(node, result);
    if (isMac) execFileSync('codesign', ['--remove-signature', result]);
    // It says the same of each of its sections that it does not know.
    const warn = console.warn;
    console.warn = () => undefined;
    await inject(result, RESOURCE, readFileSync(output), {
      sentinelFuse: FUSE,
      ...(isMac ? { machoSegmentName: 'NODE_SEA' } : {}),
    });
    console.warn = warn;
  }
  if (isMac) execFileSync('codesign', ['--sign', '-', result]);
  chmodSync(result, 0o755);
  mkdirSync(path.dirname(path.resolve(values.to)), { recursive: true });
  copyFileSync(result, `${values.to}.new`);
  renameSync(`${values.to}.new`, values.to);
  console.log(`${values.to}: node ${version}, ${statSync(values.to).size} bytes`);
} finally {
  rmSync(work, { recursive: true });
}
