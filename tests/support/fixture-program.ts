/** Bundles the programs of fixtures/programs, so that many can be started quickly. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawnChild } from './child.ts';
import type { Child, RunOptions } from './child.ts';

const ROOT = path.join(__dirname, '../..');
const ESBUILD = path.join(ROOT, 'node_modules/.bin/esbuild');
const BANNER =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

export interface FixturePrograms {
  /** The bundle of `fixtures/programs/<name>.ts`. */
  path(name: string): string;
  start(name: string, args: string[], options?: RunOptions): Child;
}

/** To be called in a test file's body: bundles before its tests, removes after them. */
export function useFixturePrograms(names: string[]): FixturePrograms {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mfa-profile-programs-'));
    // Other users run them too, in the tests of permissions.
    chmodSync(folder, 0o755);
    const entries = names.map((name) => path.join(ROOT, 'fixtures/programs', `${name}.ts`));
    const options = ['--bundle', '--platform=node', '--format=esm', '--out-extension:.js=.mjs'];
    const output = [`--banner:js=${BANNER}`, `--outdir=${folder}`, '--log-level=error'];
    execFileSync(ESBUILD, [...entries, ...options, ...output], { cwd: ROOT, stdio: 'inherit' });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const bundle = (name: string) => path.join(folder, `${name}.mjs`);
  return {
    path: bundle,
    start: (name, args, options) => spawnChild(process.execPath, [bundle(name), ...args], options),
  };
}

/** A folder for each test, removed after it. */
export function useFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mfa-profile-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}
