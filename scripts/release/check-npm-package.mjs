/**
 * Says what is wrong with a tarball for npm: scripts at an install, dependencies, where it is from, and
 * what publint and "are the types wrong" find. Usage: `node scripts/release/check-npm-package.mjs
 * TARBALL`; ends with 1 where something is.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { FIELDS } from './origin.mjs';

/** npm runs or reviews these where a package is installed. */
const AT_INSTALL = [
  ...['preinstall', 'install', 'postinstall'],
  ...['preprepare', 'prepare', 'postprepare', 'prepublish'],
];

/** @returns a sentence for each thing that is wrong */
export async function faultsOfPackage(tarball) {
  const bytes = readFileSync(tarball);
  const about = JSON.parse(fileInTar(gunzipSync(bytes), 'package/package.json'));
  const faults = [];
  const scripts = AT_INSTALL.filter((name) => about.scripts?.[name] !== undefined);
  if (scripts.length > 0) faults.push(`scripts that npm warns of at an install: ${scripts}`);
  const missing = FIELDS.filter((name) => about[name] === undefined);
  if (missing.length > 0) {
    faults.push(
      `package.json does not say where it is from (${missing.join(', ')}): docs/releasing.md says how a release sets that`,
    );
  }
  if (about.type === undefined) faults.push('package.json has no type');
  const linted = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) },
    strict: true,
  });
  faults.push(...linted.messages.map((each) => `publint: ${formatMessage(each, linted.pkg)}`));
  const { problems = [], types } = await checkPackage(createPackageFromTarballData(bytes));
  if (!types) faults.push('no types are found for who imports it');
  faults.push(...problems.map((each) => `types: ${JSON.stringify(each)}`));
  return faults;
}

/** tar(5): a header of 512 bytes with name and octal size, then the file, filled up to 512. */
function fileInTar(bytes, wanted) {
  const text = (from, length) => bytes.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= bytes.length;) {
    const size = parseInt(text(at + 124, 12), 8) || 0;
    if (text(at, 100) === wanted) return bytes.toString('utf8', at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`the tarball has no ${wanted}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [tarball] = process.argv.slice(2);
  const faults = await faultsOfPackage(tarball);
  for (const fault of faults) console.error(`${path.basename(tarball)}: ${fault}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
