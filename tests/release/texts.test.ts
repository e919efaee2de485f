/** What a release makes for Debian, Homebrew, Scoop, winget and Nix: the form, and that it is filled in. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { having, testWith } from '../support/needs.ts';
import { ROOT } from '../support/project-files.ts';
import { makeSandbox } from '../support/sandbox.ts';

const ADDRESS = 'https://github.com/example/mfa-profile';
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
};
const { describe } = having('dpkg-deb');

describe('a release', () => {
  let folder: string;
  const inRelease = (...names: string[]) => path.join(folder, ...names);
  const read = (...names: string[]) => readFileSync(inRelease(...names), 'utf8');
  const hashOf = (name: string) =>
    createHash('sha256')
      .update(readFileSync(inRelease(name)))
      .digest('hex');
  const release = () =>
    execFileSync(
      process.execPath,
      [path.join(ROOT, 'scripts/release/release.mjs'), folder, '--repository', ADDRESS],
      { env: { ...process.env, SOURCE_DATE_EPOCH: '1795000000' }, encoding: 'utf8' },
    );
  const [tarball, deb, exe] = [
    `mfa-profile-${version}.tgz`,
    `mfa-profile_${version}_all.deb`,
    `mfa-profile-${version}-win-x64.exe`,
  ];
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mfa-profile-release-'));
    // Its bytes alone count here.
    writeFileSync(inRelease(exe), 'an executable');
    release();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('SHA256SUMS is of every file, and sha256sum agrees', () => {
    const names = [...read('SHA256SUMS').matchAll(/^[0-9a-f]{64} {2}(.+)$/gm)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(expect.arrayContaining([tarball, deb, exe]));
    const { status } = spawnSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: folder });
    expect(status).toBe(0);
  });

  test('a second one is the same bytes', () => {
    const first = read('SHA256SUMS');
    release();
    expect(read('SHA256SUMS')).toBe(first);
  });

  test('the notes are those of this version in CHANGELOG.md, and say how to check a download', () => {
    expect(read('NOTES.md')).toMatch(/^The first version\./);
    expect(read('NOTES.md')).toContain('docs/releasing.md');
  });

  testWith(['lintian'], 'lintian finds no error in the Debian package', () => {
    const { status, stdout } = spawnSync('lintian', ['--fail-on', 'error', inRelease(deb)], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  test('the Debian package has manual pages and completions in their places, and runs', async () => {
    const box = makeSandbox();
    try {
      execFileSync('dpkg-deb', ['--extract', inRelease(deb), box.path('root')]);
      const files = readdirSync(box.path('root/usr'), { recursive: true }).map(String);
      expect(files).toEqual(
        expect.arrayContaining([
          'bin/mfa-profile',
          'share/man/man1/mfa-profile-refresh.1.gz',
          'share/man/ja/man1/mfa-profile.1.gz',
          'share/bash-completion/completions/mfa-profile',
          'share/zsh/vendor-completions/_mfa-profile',
          'share/fish/vendor_completions.d/mfa-profile.fish',
          'share/doc/mfa-profile/copyright',
        ]),
      );
      const run = await box.exec(box.path('root/usr/bin/mfa-profile'), ['status', '--json']);
      expect(JSON.parse(run.stdout)).toEqual({ profiles: [] });
    } finally {
      box.cleanup();
    }
  });

  testWith(['ruby'], 'the Homebrew formula is Ruby, with the tarball and its sum', () => {
    const formula = 'homebrew/mfa-profile.rb';
    const { stdout } = spawnSync('ruby', ['-wc', inRelease(formula)], { encoding: 'utf8' });
    expect(stdout.trim()).toBe('Syntax OK');
    expect(read(formula)).toContain(`url "${ADDRESS}/releases/download/v${version}/${tarball}"`);
    expect(read(formula)).toContain(`sha256 "${hashOf(tarball)}"`);
    const [, desc = ''] = /^ {2}desc "(.*)"$/m.exec(read(formula)) ?? [];
    // brew audit: no more than 80 characters, no article in front, no full stop.
    expect(desc).toMatch(/^(?!An? |The )[A-Z].{10,78}[^.]$/);
  });

  testWith(
    ['nix-instantiate'],
    'the Nix expression can be read, with the tarball and its sum',
    () => {
      const args = ['--parse', inRelease('nix/mfa-profile.nix')];
      const store = inRelease('nix-state');
      mkdirSync(store);
      const env = { ...process.env, NIX_STATE_DIR: store, NIX_STORE_DIR: store, HOME: store };
      const { status, stdout } = spawnSync('nix-instantiate', args, { encoding: 'utf8', env });
      expect(status).toBe(0);
      const sum = Buffer.from(hashOf(tarball), 'hex').toString('base64');
      expect(stdout).toContain(`hash = "sha256-${sum}"`);
    },
  );

  test('the Scoop manifest has its fields, and the sum of the executable', () => {
    const manifest = JSON.parse(read('scoop/mfa-profile.json')) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      version,
      license: 'MIT',
      bin: 'mfa-profile.exe',
      architecture: {
        '64bit': {
          url: `${ADDRESS}/releases/download/v${version}/${exe}#/mfa-profile.exe`,
          hash: hashOf(exe),
        },
      },
    });
    expect(JSON.stringify(manifest)).not.toMatch(/@[A-Z_]+@/);
  });

  test('the winget manifests have the fields that winget wants, and say one identifier and version', () => {
    const names = readdirSync(inRelease('winget')).sort();
    expect(names).toEqual([
      'example.mfa-profile.installer.yaml',
      'example.mfa-profile.locale.en-US.yaml',
      'example.mfa-profile.yaml',
    ]);
    const fields = names.map(
      (name) =>
        new Map(
          [...read('winget', name).matchAll(/^ *(?:- )?(\w+): (.+)$/gm)].map(
            ([, key, value]) => [key!, value!] as const,
          ),
        ),
    );
    for (const each of fields) {
      expect(each.get('PackageIdentifier')).toBe('example.mfa-profile');
      expect(each.get('PackageVersion')).toBe(version);
      expect(each.get('ManifestVersion')).toMatch(/^1\.\d+\.0$/);
    }
    expect(fields.map((each) => each.get('ManifestType'))).toEqual([
      'installer',
      'defaultLocale',
      'version',
    ]);
    expect(fields[0]!.get('InstallerSha256')).toBe(hashOf(exe).toUpperCase());
    expect([...fields[1]!.keys()]).toEqual(
      expect.arrayContaining(['Publisher', 'PackageName', 'License', 'ShortDescription']),
    );
  });
});
