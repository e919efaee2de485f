/**
 * Makes what a release consists of, out of `dist/` as it was built, in one folder: the package for npm,
 * the Debian package, the texts for Homebrew, Scoop, winget and Nix, the bill of materials, the
 * licences, the notes and SHA256SUMS. The executables are made before (scripts/make-executable.mjs) and
 * lie in the folder already; without one of Windows there is nothing for Scoop and winget.
 * Usage: `node scripts/release/release.mjs FOLDER [--repository https://…]`.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeDebianPackage } from './debian-package.mjs';
import { packForNpm } from './npm-package.mjs';
import { AUTHOR, inRoot, repositoryAddress, sourceDate } from './origin.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { repository: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('the folder for the release is missing');
mkdirSync(folder, { recursive: true });
const into = (...names) => path.join(folder, ...names);

const { version, description } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const address = repositoryAddress(values.repository);
const date = new Date(sourceDate() * 1000);

const bytesOf = (file) => createHash('sha256').update(readFileSync(file)).digest();
const download = (name) => `${address}/releases/download/v${version}/${name}`;

/** The texts with what is known filled in. @throws Error if a name in them is not known */
function fillIn(template, to, known) {
  const text = readFileSync(inRoot('scripts/release/templates', template), 'utf8').replace(
    /@([A-Z0-9_]+)@/g,
    (_, name) => {
      if (known[name] === undefined) throw new Error(`${template}: nothing is known for ${name}`);
      return known[name];
    },
  );
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, text);
}

/** What CHANGELOG.md says of this version. */
function notes() {
  const text = readFileSync(inRoot('CHANGELOG.md'), 'utf8');
  const [, body] =
    new RegExp(
      `^## ${version.replaceAll('.', '\\.')}\\b[^\\n]*\\n([^]*?)(?=^## |$(?![^]))`,
      'm',
    ).exec(text) ?? [];
  if (body === undefined) throw new Error(`CHANGELOG.md has no section for ${version}`);
  return body.trim();
}

const tarball = packForNpm({ to: folder, address });
makeDebianPackage({ to: folder, version, address, date });
copyFileSync(inRoot('dist/sbom.cdx.json'), into(`mfa-profile-${version}.cdx.json`));
copyFileSync(inRoot('dist/THIRD-PARTY-LICENSES'), into('THIRD-PARTY-LICENSES'));
writeFileSync(
  into('NOTES.md'),
  `${notes()}\n\nHow to check what you download: ${address}/blob/v${version}/docs/releasing.md\n`,
);

const known = {
  VERSION: version,
  // Homebrew and winget want no article, no full stop and 80 characters at most.
  SUMMARY: description.replace(/, safely.*$/, ''),
  ADDRESS: address,
  HOMEPAGE: `${address}#readme`,
  AUTHOR,
  DATE: date.toISOString().slice(0, 10),
  PUBLISHER_ID: new URL(address).pathname.split('/')[1],
  TARBALL_URL: download(path.basename(tarball)),
  TARBALL_SHA256: bytesOf(tarball).toString('hex'),
  TARBALL_SRI: `sha256-${bytesOf(tarball).toString('base64')}`,
};
fillIn('mfa-profile.rb', into('homebrew/mfa-profile.rb'), known);
fillIn('mfa-profile.nix', into('nix/mfa-profile.nix'), known);
const windows = `mfa-profile-${version}-win-x64.exe`;
if (existsSync(into(windows))) {
  const hash = bytesOf(into(windows)).toString('hex');
  Object.assign(known, {
    WINDOWS_URL: download(windows),
    WINDOWS_SHA256: hash,
    WINDOWS_SHA256_UPPER: hash.toUpperCase(),
  });
  fillIn('scoop.json', into('scoop/mfa-profile.json'), known);
  const id = `${known.PUBLISHER_ID}.mfa-profile`;
  fillIn('winget/version.yaml', into(`winget/${id}.yaml`), known);
  fillIn('winget/installer.yaml', into(`winget/${id}.installer.yaml`), known);
  fillIn('winget/locale.en-US.yaml', into(`winget/${id}.locale.en-US.yaml`), known);
} else console.log(`no ${windows} is in the folder: nothing is made for Scoop and winget`);

const files = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'SHA256SUMS' && entry.name !== 'NOTES.md')
  .map(({ name }) => name)
  .sort();
writeFileSync(
  into('SHA256SUMS'),
  files.map((name) => `${bytesOf(into(name)).toString('hex')}  ${name}\n`).join(''),
);
for (const name of files) console.log(name);
