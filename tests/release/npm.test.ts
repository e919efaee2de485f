/** The package for npm: the same bytes whenever and wherever it is made, and installed by every node. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../support/project-files.ts';
import { NODE_NEEDS, having, whereIs } from '../support/needs.ts';
import { PROGRAM, makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';

const ADDRESS = 'https://github.com/example/mfa-profile';
const DIST = path.dirname(PROGRAM);
const RELEASE = path.join(ROOT, 'scripts/release');

let box: Sandbox;
let tarball: string;
beforeAll(() => {
  box = makeSandbox();
  tarball = pack('first');
});
afterAll(() => {
  box.cleanup();
});

/** @returns the tarball's path */
function pack(folder: string, ...more: string[]): string {
  mkdirSync(box.path(folder));
  const script = path.join(RELEASE, 'npm-package.mjs');
  const args = [script, box.path(folder), '--repository', ADDRESS, ...more];
  return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
}

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

function hashesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [path.relative(folder, file), hashOf(file)]));
}

test('two builds are the same bytes, what the compiler made of them included', () => {
  const page = readFileSync(path.join(DIST, 'man/man1/mfa-profile.1'), 'utf8');
  const [, date] = /(\d{4}-\d\d-\d\d)/.exec(page)!;
  const other = box.path('built');
  execFileSync(process.execPath, [path.join(ROOT, 'scripts/build.mjs'), '--to', other], {
    cwd: box.home,
    env: { ...process.env, SOURCE_DATE_EPOCH: String(Date.parse(date!) / 1000), TZ: 'Asia/Tokyo' },
  });
  const built = hashesIn(other);
  expect(Object.keys(built).filter((name) => name.endsWith('.cache')).length).toBeGreaterThan(30);
  expect(built).toEqual(hashesIn(DIST));
});

test('two tarballs are the same bytes, under any umask', () => {
  const before = process.umask(0o077);
  try {
    expect(hashOf(pack('second'))).toBe(hashOf(tarball));
  } finally {
    process.umask(before);
  }
});

const check = (file: string) =>
  spawnSync(process.execPath, [path.join(RELEASE, 'check-npm-package.mjs'), file], {
    encoding: 'utf8',
  });

test('publint, "are the types wrong" and the fields find nothing', () => {
  expect(check(tarball)).toMatchObject({ stderr: '', status: 0 });
});

test('a package of a clone, or with a script that npm warns of, is told what is wrong', () => {
  const folder = box.path('package');
  execFileSync('tar', ['-xzf', tarball, '-C', box.home]);
  const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as object;
  const other = {
    ...about,
    repository: undefined,
    scripts: { prepare: 'x' },
    types: './gone.d.ts',
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(other));
  execFileSync('tar', ['-czf', box.path('other.tgz'), '-C', box.home, 'package']);
  const { status, stderr } = check(box.path('other.tgz'));
  expect(status).toBe(1);
  expect(stderr).toMatch(/scripts that npm warns of at an install: prepare/);
  expect(stderr).toMatch(/does not say where it is from \(repository\)/);
  expect(stderr).toMatch(/publint: .*gone/);
});

/** npm of the node that runs the tests, run by any node. */
const npm = path.join(
  execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim(),
  'npm/bin/npm-cli.js',
);

describe('in an empty prefix', () => {
  let newer: string;
  beforeAll(() => {
    newer = pack('newer', '--version', '999.0.0');
  });

  for (const need of [undefined, ...NODE_NEEDS]) {
    having(...(need === undefined ? [] : [need])).test(
      `${need ?? 'the node of the tests'} installs, runs, upgrades and removes it, and nothing is left`,
      async () => {
        const node = need === undefined ? process.execPath : whereIs(need);
        const home = makeSandbox();
        try {
          const prefix = home.path('prefix');
          const run = async (file: string, ...args: string[]) => {
            const env = {
              PATH: [path.join(prefix, 'bin'), path.dirname(node), '/usr/bin:/bin'].join(':'),
              npm_config_prefix: prefix,
              npm_config_offline: 'true',
              npm_config_audit: 'false',
              npm_config_update_notifier: 'false',
              NODE_DISABLE_COMPILE_CACHE: '1',
            };
            const ended = await home.exec(file, args, { env });
            expect(ended).toMatchObject({ code: 0, signal: null });
            return ended;
          };
          const installed = await run(node, npm, 'install', '--global', tarball);
          expect(installed.stderr).toBe('');
          expect(installed.stdout).toMatch(/^\s*added 1 package in/);
          const versionOf = async () => (await run('mfa-profile', '--version')).stdout.trim();
          const first = await versionOf();
          await run('mfa-profile', 'status', '--json');
          expect(readdirSync(path.join(prefix, 'share/man/man1'))).toContain('mfa-profile.1');
          await run(node, npm, 'install', '--global', newer);
          expect(await versionOf()).toBe(first);
          const exec = ['exec', '--yes', '--package', newer, '--', 'mfa-profile', '--version'];
          expect((await run(node, npm, ...exec)).stdout.trim()).toBe(first);
          await run(node, npm, 'uninstall', '--global', 'mfa-profile');
          const left = readdirSync(home.home, { recursive: true, withFileTypes: true })
            .filter((entry) => !entry.isDirectory())
            .map((entry) => path.relative(home.home, path.join(entry.parentPath, entry.name)));
          // npm's own cache, and what the sandbox has from the start.
          expect(left.filter((name) => !/^(?:\.npm|bin)\//.test(name))).toEqual([]);
        } finally {
          home.cleanup();
        }
      },
    );
  }
});
