/** What a run says of what its machine lacks, and that a test without it is skipped, not lost. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Need } from './needs.ts';
import { describeWith, findTool, having, PROGRAM_NEEDS, testWith, whereIs } from './needs.ts';

interface Reporter {
  onRunComplete(contexts: unknown, results: unknown): void;
  getLastError(): Error | undefined;
}
const NeedsReporter = createRequire(__filename)('./needs-reporter.cjs') as new (
  config: object,
  options: { env: NodeJS.ProcessEnv },
) => Reporter;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mfa-profile-needs-test-'));
  writeFileSync(path.join(folder, 'zsh.json'), '{"missing":"not on PATH"}');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the reporter writes, and what it holds against the run, where these tests were skipped. */
function reportOn(skipped: string[], env: NodeJS.ProcessEnv = {}, config: object = {}) {
  const report = path.join(folder, 'missing.txt');
  rmSync(report, { force: true });
  const reporter = new NeedsReporter(config, { env: { MFA_PROFILE_TEST_RUN: folder, ...env } });
  const testResults = [
    { fullName: 'one that ran [without: nothing]', status: 'passed' },
    ...skipped.map((fullName) => ({ fullName, status: 'pending' })),
  ];
  reporter.onRunComplete(new Set(), { testResults: [{ testResults }] });
  const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
  return { text, error: reporter.getLastError()?.message };
}

const SKIPPED = ['in zsh [without: zsh] hello', 'both [without: mount, zsh]', 'z [without: zsh]'];

test('each missing thing is named once, the dearest first, with its cost and its reason', () => {
  expect(reportOn(SKIPPED)).toEqual({
    text: `
Missing on this machine, and the tests that were skipped for it:
  zsh       3 skipped  (not on PATH)
  mount     1 skipped  (no reason was kept)
`,
    error: undefined,
  });
  expect(reportOn([])).toEqual({ text: '', error: undefined });
});

test('under CI what is missing fails the run, unless it is allowed by name', () => {
  const ci = { CI: 'true' };
  expect(reportOn(SKIPPED, ci).error).toBe('under CI these must be here: zsh, mount');
  expect(reportOn(SKIPPED, ci).text).toMatch(
    /on PATH\)[^]*\n\nunder CI these must be here: zsh, mount\n$/,
  );
  const may = (names: string) => ({ ...ci, MFA_PROFILE_TESTS_MAY_LACK: names });
  expect(reportOn(SKIPPED, may('mount')).error).toBe('under CI these must be here: zsh');
  expect(reportOn(SKIPPED, may('mount zsh')).error).toBeUndefined();
  expect(reportOn([], ci).error).toBeUndefined();
});

test('under CI so does a test that is skipped without a need, unless a pattern chose the tests', () => {
  const ci = { CI: 'true' };
  expect(reportOn(['by hand'], ci).error).toBe('1 tests are skipped without a need');
  expect(reportOn(['by hand'], ci, { testNamePattern: 'x' }).error).toBeUndefined();
  expect(reportOn(['by hand']).error).toBeUndefined();
});

test('what was found is a path, or nothing', () => {
  expect(whereIs('sh')).toMatch(/\/sh$/);
  expect(findTool('no-such-tool')).toBeUndefined();
  expect(() => testWith(['a typing mistake' as Need], 'x', () => undefined)).toThrow('no probe');
});

test('a bare Debian gets every program that a test asks for', () => {
  const table = readFileSync(path.join(__dirname, '../../.ci/programs'), 'utf8');
  const provided = [...table.matchAll(/^([^#\s]\S*)\s+\S+$/gm)].map(([, name]) => name);
  // What is no package of Debian's .ci/run installs by itself.
  const run = readFileSync(path.join(__dirname, '../../.ci/run'), 'utf8');
  const others = [...run.matchAll(/\bis_here (\w+)/g)].map(([, name]) => name);
  const essential = ['sh', 'bash'];
  expect([...essential, ...provided, ...others]).toEqual(
    expect.arrayContaining([...PROGRAM_NEEDS]),
  );
});

/** The names under which a missing thing has tests defined, and whether they would run. */
test('what needs a missing thing is defined as skipped, under a name that says so', () => {
  const defined: string[] = [];
  const define = (kind: string) => {
    const note = (name: string) => void defined.push(`${kind}: ${name}`);
    return Object.assign(note, { each: () => note });
  };
  const globals = { describe: globalThis.describe, test: globalThis.test };
  const run = process.env['MFA_PROFILE_TEST_RUN'];
  process.env['MFA_PROFILE_TEST_RUN'] = folder;
  Object.assign(globalThis, {
    describe: Object.assign(define('run'), { skip: define('skipped') }),
    test: Object.assign(define('run'), { skip: define('skipped') }),
  });
  try {
    testWith(['zsh', 'sh'], 'a test', () => undefined);
    describeWith(['zsh'], 'a group', () => undefined);
    having('zsh').test.each([1, 2])('each %d', () => undefined);
    having('zsh').describe.each([1, 2])('groups %d', () => undefined);
    testWith(['sh'], 'another', () => undefined);
  } finally {
    Object.assign(globalThis, globals);
    process.env['MFA_PROFILE_TEST_RUN'] = run;
  }
  expect(defined).toEqual([
    'skipped: a test [without: zsh]',
    'skipped: a group [without: zsh]',
    'skipped: each %d [without: zsh]',
    'skipped: groups %d [without: zsh]',
    'run: another',
  ]);
});
