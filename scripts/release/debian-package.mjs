/**
 * The Debian package: the program for the system's nodejs, manual pages, completions where each shell
 * looks for them, changelog and copyright as the Debian policy (12.5, 12.7) wants them. Made by dpkg-deb
 * alone, which is the same bytes for the same date. It leaves the compiler's cache out: that fits one
 * node only, and Debian brings its own.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { inRoot } from './origin.mjs';

/** Where each shell of Debian looks for completions of packages. */
const COMPLETIONS = {
  bash: 'usr/share/bash-completion/completions/mfa-profile',
  zsh: 'usr/share/zsh/vendor-completions/_mfa-profile',
  fish: 'usr/share/fish/vendor_completions.d/mfa-profile.fish',
};
const MAINTAINER = 'The mfa-profile authors <mfa-profile@users.noreply.github.com>';
const COMMON_APACHE =
  'The text of the Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0.';
const PROGRAM = 'usr/share/mfa-profile';
const DOCS = 'usr/share/doc/mfa-profile';

/**
 * @param options.to the folder for it
 * @param options.address of the repository
 * @param options.date of the release
 * @returns its path
 */
export function makeDebianPackage({ to, version, address, date }) {
  const stage = mkdtempSync(path.join(tmpdir(), 'mfa-profile-debian-'));
  const write = (name, content) => {
    const file = path.join(stage, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  try {
    copyProgram(stage);
    const dist = inRoot('dist');
    for (const [from, folder] of [
      ['man/man1', 'usr/share/man/man1'],
      ['man/ja/man1', 'usr/share/man/ja/man1'],
    ]) {
      for (const name of readdirSync(path.join(dist, from))) {
        write(`${folder}/${name}.gz`, zipped(readFileSync(path.join(dist, from, name))));
      }
    }
    for (const [shell, file] of Object.entries(COMPLETIONS)) {
      write(
        file,
        execFileSync(process.execPath, [path.join(dist, 'mfa-profile.cjs'), 'completion', shell]),
      );
    }
    write(`${DOCS}/copyright`, copyright(address));
    // A package that is not Debian's own has one changelog, of its own releases.
    write(`${DOCS}/changelog.gz`, zipped(changelog(version, date)));
    mkdirSync(path.join(stage, 'usr/bin'), { recursive: true });
    symlinkSync('../share/mfa-profile/mfa-profile.cjs', path.join(stage, 'usr/bin/mfa-profile'));
    write('DEBIAN/md5sums', sums(stage));
    write('DEBIAN/control', control({ version, address, kilobytes: sizeOf(stage) }));
    setModes(stage, date);
    const file = path.resolve(to, `mfa-profile_${version}_all.deb`);
    execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', stage, file], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, SOURCE_DATE_EPOCH: String(date.getTime() / 1000) },
    });
    return file;
  } finally {
    rmSync(stage, { recursive: true });
  }
}

function copyProgram(stage) {
  const dist = inRoot('dist');
  for (const name of readdirSync(dist)) {
    if (!/\.cjs$|^sbom/.test(name) || name === 'provider.cjs') continue;
    cpSync(path.join(dist, name), path.join(stage, PROGRAM, name));
  }
}

const zipped = (bytes) => gzipSync(bytes, { level: 9 });

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({ entry, file: path.join(entry.parentPath, entry.name) }))
    .sort((one, other) => (one.file < other.file ? -1 : 1));
}

/** deb-md5sums(5). */
function sums(stage) {
  return filesIn(stage)
    .filter(({ entry }) => entry.isFile())
    .map(({ file }) => {
      const sum = createHash('md5').update(readFileSync(file)).digest('hex');
      return `${sum}  ${path.relative(stage, file)}\n`;
    })
    .join('');
}

/** Whole kilobytes, a folder as one, as dpkg-gencontrol(1) counts. */
function sizeOf(stage) {
  return filesIn(stage)
    .map(({ entry, file }) => (entry.isFile() ? Math.ceil(statSync(file).size / 1024) : 1))
    .reduce((one, other) => one + other, 0);
}

function setModes(stage, date) {
  const program = path.join(stage, PROGRAM, 'mfa-profile.cjs');
  for (const { entry, file } of [...filesIn(stage), { file: stage, entry: undefined }]) {
    if (entry?.isSymbolicLink()) continue;
    const isFolder = entry === undefined || entry.isDirectory();
    chmodSync(file, isFolder || file === program ? 0o755 : 0o644);
    utimesSync(file, date, date);
  }
}

function control({ version, address, kilobytes }) {
  return `Package: mfa-profile
Version: ${version}
Section: utils
Priority: optional
Architecture: all
Maintainer: ${MAINTAINER}
Installed-Size: ${kilobytes}
Depends: nodejs (>= 20.19)
Suggests: awscli
Homepage: ${address}
Description: exchange an AWS key and an MFA code for a session profile
 Exchanges the long-term access key of a profile and a code of its MFA device
 for a temporary session, and writes it into the shared credentials file, where
 the AWS CLI, every SDK and Terraform find it. Everything else in that file
 stays as it is. While the session is valid nobody is asked and AWS is not
 called.
`;
}

/** Of Debian's form: version, distribution, what changed, by whom and when. */
function changelog(version, date) {
  const day = date.toUTCString().replace('GMT', '+0000');
  return `mfa-profile (${version}) stable; urgency=medium

  * Release ${version}: see the notes of the release.

 -- ${MAINTAINER}  ${day}
`;
}

/** The texts of the licences of what is bundled stand in it, as they go with every copy. */
function copyright(address) {
  const licence = readFileSync(inRoot('LICENSE'), 'utf8');
  const [, holder] = /^Copyright \(c\) (.*)$/m.exec(licence);
  const lines = (text) =>
    text
      .trim()
      .split('\n')
      .map((line) => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`))
      .join('\n');
  const own = licence.slice(licence.indexOf('Permission is'));
  const others = readFileSync(inRoot('dist/THIRD-PARTY-LICENSES'), 'utf8')
    .split(`\n${'-'.repeat(72)}\n`)
    .map((text) => (/^ *Apache License$/m.test(text) ? shortApache(text) : text))
    .join('\n');
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: mfa-profile
Source: ${address}
Comment: The program's files hold parts of the libraries below, each with its licence.
${lines(others)}

Files: *
Copyright: ${holder}
License: MIT

License: MIT
${lines(own)}
`;
}

/** Debian has the text of that licence on every machine, and wants no other copy (policy 12.5). */
function shortApache(text) {
  const [title] = text.trim().split('\n', 1);
  const holders = text.match(/^ *Copyright (?!\[|notice|License).*$/gim) ?? [];
  return [title, '', ...holders.map((line) => line.trim()), '', COMMON_APACHE, ''].join('\n');
}
