/**
 * Builds `dist/`: the entry as one CommonJS file that is quick to load, and beside it one file for
 * each module that the sources import dynamically (the SDK, the prompt, the lock, …), so that what
 * is not needed is not even read. Licences of what was bundled go into THIRD-PARTY-LICENSES, its list
 * into sbom.cdx.json, the manual pages into `man/`. `npm run build -- NODE…` keeps what the compiler of
 * those nodes makes of it, too; `--to FOLDER` builds there.
 */
import { chmod, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import './need-dev.mjs';

const run = promisify(execFile);

// Not before it is known that they are here.
const { build } = await import('esbuild');
const { default: ts } = await import('typescript');
const { makeManPages } = await import('./man-pages.mjs');
const { billOfMaterials, licences, packagesOf } = await import('./bundled.mjs');

const { values: wanted, positionals: nodes } = parseArgs({
  allowPositionals: true,
  options: { to: { type: 'string' } },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const sources = path.join(root, 'src');
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

const MODULE_URL = "const moduleUrl = require('node:url').pathToFileURL(__filename).href;\n";

/** The output's file name of a source: `src/sts/sts.ts` becomes `sts-sts.cjs`. */
const outputName = (source) =>
  path.relative(sources, source).replace(/\.ts$/, '').replaceAll(path.sep, '-') + '.cjs';

/** Leaves every `import('./…')` to run time and reports its target as one more file to build. */
const splitAtDynamicImports = (found) => ({
  name: 'split-at-dynamic-imports',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path: specifier, resolveDir }) => {
      if (kind !== 'dynamic-import' || !resolveDir.startsWith(sources)) return undefined;
      const source = path.resolve(resolveDir, specifier);
      found.add(source);
      return { path: `./${outputName(source)}`, external: true };
    });
  },
});

/** Each shell's completion script is taken in as text, whatever its ending. */
const completionLoaders = Object.fromEntries(
  (await readdir(path.join(sources, 'shells'), { recursive: true }))
    .filter((file) => path.basename(file, path.extname(file)) === 'completion')
    .map((file) => [path.extname(file), 'text']),
);

/** Bundles one source file; returns the dynamic imports met and the packages that went in. */
async function bundle(source, outfile, opening = '', define = {}) {
  const found = new Set();
  const { metafile, outputFiles } = await build({
    // What went in is named from here, wherever this is started.
    absWorkingDir: root,
    entryPoints: [source],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    // `require` instead of `import()`, whose loader takes longer to start than all the rest.
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    // The proxy agents' own logging shows requests whole; `kerberos` is theirs to offer, not ours.
    alias: {
      debug: path.join(root, 'scripts/stand-ins/debug.js'),
      '@smithy/core/event-streams': path.join(root, 'scripts/stand-ins/event-streams.js'),
      y18n: path.join(root, 'scripts/stand-ins/y18n.js'),
      'string-width': path.join(root, 'scripts/stand-ins/string-width.js'),
      'escalade/sync': path.join(root, 'scripts/stand-ins/escalade.js'),
      // proper-lockfile is given a file system of ours; graceful-fs would patch node's at load.
      'graceful-fs': 'node:fs',
      'node:process': path.join(root, 'scripts/stand-ins/process.js'),
    },
    external: ['kerberos'],
    // Texts for shells are files of their own language.
    loader: completionLoaders,
    define: {
      PROGRAM_VERSION: JSON.stringify(version),
      // yargs is written for ES modules, and these are CommonJS files.
      'import.meta.url': 'moduleUrl',
      ...define,
    },
    plugins: [splitAtDynamicImports(found)],
    metafile: true,
    logLevel: 'warning',
  });
  const [{ text }] = outputFiles;
  await writeFile(outfile, opening + (text.includes('moduleUrl') ? MODULE_URL : '') + text);
  // Much of what is read for a bundle leaves nothing in it.
  const [{ inputs }] = Object.values(metafile.outputs);
  const left = Object.keys(inputs).filter((input) => inputs[input].bytesInOutput > 0);
  return { found, inputs: left };
}

/**
 * The declarations of one file. It names no type of another file in what it exports, so that they
 * stand alone, and one text serves those who import it and those who require it.
 */
async function declarations(source) {
  const { outputText, diagnostics } = ts.transpileDeclaration(await readFile(source, 'utf8'), {
    fileName: source,
    compilerOptions: { isolatedDeclarations: true, declaration: true, strict: true },
  });
  if (diagnostics?.length)
    throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({})));
  return outputText;
}

/** The file that is started, and what it takes from the compiler. */
async function writeEntry(folder) {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.cjs')).sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const text = await readFile(path.join(folder, file), 'utf8');
    hash.update(`${file} ${text.length}\n${text}`);
  }
  const id = hash.digest('hex').slice(0, 16);
  const entry = path.join(folder, 'mfa-profile.cjs');
  await bundle(path.join(sources, 'bin.ts'), entry, '#!/usr/bin/env node\n', {
    BUILD_ID: `"${id}"`,
  });
  await chmod(entry, 0o755);
  const maker = path.join(root, 'scripts/make-code-cache.mjs');
  // The library is loaded by those who use it.
  const own = files.filter((file) => file !== outputName(library));
  const target = path.join(folder, 'code-cache', id);
  for (const node of new Set([process.execPath, ...nodes])) {
    await run(node, ['--hash-seed=1', maker, folder, target, ...own]);
  }
}

// Built beside and moved into place, so that a program that runs meanwhile finds whole files.
const dist = path.resolve(wanted.to ?? path.join(root, 'dist'));
const fresh = path.join(path.dirname(dist), `.dist-${process.pid}`);
await mkdir(fresh, { recursive: true });
const start = path.join(sources, 'start.ts');
const library = path.join(sources, 'provider.ts');
const waiting = [start, library];
const built = new Set();
const inputs = new Set();
while (waiting.length > 0) {
  const source = waiting.pop();
  if (built.has(source)) continue;
  built.add(source);
  const result = await bundle(source, path.join(fresh, outputName(source)));
  waiting.push(...result.found);
  for (const input of result.inputs) inputs.add(input);
}
await writeEntry(fresh);
await writeFile(path.join(fresh, 'provider.d.cts'), await declarations(library));
const packages = await packagesOf(inputs, root);
await writeFile(path.join(fresh, 'THIRD-PARTY-LICENSES'), await licences(packages));
await writeFile(path.join(fresh, 'sbom.cdx.json'), billOfMaterials(packages, version));
const now = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? Date.now() / 1000) * 1000);
const date = now.toISOString().slice(0, 10);
for (const [name, text] of await makeManPages({ root, version, date })) {
  const file = path.join(fresh, 'man', name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
// A program that runs meanwhile loads its parts late: they are away for as short as can be.
const previous = `${fresh}-previous`;
await rename(dist, previous).catch((error) => {
  if (error.code !== 'ENOENT') throw error;
});
await rename(fresh, dist);
await rm(previous, { recursive: true, force: true });
