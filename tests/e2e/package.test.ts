/** What is shipped: it says what is in it, and takes nothing from beside it. */
import { cpSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { testWith } from '../support/needs.ts';
import { PROGRAM, makeSandbox } from '../support/sandbox.ts';

const DIST = path.dirname(PROGRAM);
const shipped = (name: string) => readFileSync(path.join(DIST, name), 'utf8');

interface Bill {
  readonly components: {
    group?: string;
    name: string;
    version: string;
    licenses: { license: { id: string } }[];
  }[];
}

const { components } = JSON.parse(shipped('sbom.cdx.json')) as Bill;
const nameOf = ({ group, name }: Bill['components'][number]) =>
  group === undefined ? name : `${group}/${name}`;

test('the bill of materials and the licences name the same libraries: those that left code in the files', () => {
  const named = components
    .map((each) => `${nameOf(each)} ${each.version} (${each.licenses[0]?.license.id})`)
    .sort();
  const texts = shipped('THIRD-PARTY-LICENSES').split(`\n${'-'.repeat(72)}\n\n`);
  expect(texts.map((text) => text.split('\n', 1)[0])).toEqual(named);
  expect(named.join('\n')).toMatch(/^@aws-sdk\/client-sts \d[^]*^proper-lockfile \d[^]*^yargs \d/m);
  // They come along with the SDK, and nothing of them is used.
  expect(named.join('\n')).not.toMatch(/imds|bowser|node-http-handler/);
});

test('no library is bundled in two versions, the core of the SDK above all', () => {
  const names = components.map(nameOf);
  expect(names).toContain('@smithy/core');
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

/** In bytes: a quarter above what the file was when it was measured, on 2026-11-27. */
const BUDGETS = JSON.parse(
  readFileSync(path.join(__dirname, '../release/size-budgets.json'), 'utf8'),
) as Record<string, number>;

test('every built file keeps within its budget, and every budget is of a file', () => {
  const files = readdirSync(DIST).filter((name) => statSync(path.join(DIST, name)).isFile());
  const over = files
    .map((name) => [name, statSync(path.join(DIST, name)).size] as const)
    .filter(([name, size]) => size > (BUDGETS[name] ?? BUDGETS['*']!));
  expect(over).toEqual([]);
  expect(Object.keys(BUDGETS).filter((name) => name !== '*' && !files.includes(name))).toEqual([]);
});

testWith(['strace'], 'a line that yargs takes apart opens no file beside the program', async () => {
  const box = makeSandbox();
  try {
    const home = path.join(box.home, 'project');
    const packages = path.join(home, 'node_modules');
    cpSync(DIST, path.join(packages, 'mfa-profile/dist'), { recursive: true });
    for (const place of ['project', 'project/node_modules/mfa-profile']) {
      box.writeFile(`${place}/package.json`, '{"version": "9.9.9"}');
    }
    const program = path.join(packages, 'mfa-profile/dist/mfa-profile.cjs');
    const traced = ['-f', '-qq', '-s', '4096', '-e', 'trace=%file', '-o', box.path('calls')];
    for (const line of [['refresh', '--bogus'], ['--help'], ['--version'], ['refreh']]) {
      const args = [...traced, process.execPath, program, ...line];
      await box.exec('strace', args, { cwd: home });
      const calls = readFileSync(box.path('calls'), 'utf8').split('\n');
      const first = calls.findIndex((call) => call.includes('/dist/start.cjs"'));
      const opened = calls
        .slice(first)
        .flatMap(
          (call) => /\b(?:open\w*|readlink\w*|access\w*)\(.*?"([^"]+)"/.exec(call)?.[1] ?? [],
        )
        .filter((file) => !/^\/(?:dev|proc|etc|usr|lib)\//.test(file));
      expect(opened.length).toBeGreaterThan(2);
      expect(opened.filter((file) => !file.includes('/mfa-profile/dist/'))).toEqual([]);
    }
  } finally {
    box.cleanup();
  }
});

test('a package beside it cannot change its words', async () => {
  const box = makeSandbox();
  try {
    const packages = box.path('node_modules');
    cpSync(DIST, path.join(packages, 'mfa-profile/dist'), { recursive: true });
    const theirs = { 'Unknown argument: %s': 'owned', 'Unknown command: %s': 'owned' };
    for (const place of ['node_modules/locales', 'node_modules/mfa-profile/locales', 'locales']) {
      box.writeFile(`${place}/en.json`, JSON.stringify(theirs));
    }
    const program = path.join(packages, 'mfa-profile/dist/mfa-profile.cjs');
    const run = await box.exec(process.execPath, [program, 'refresh', '--bogus']);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/error: refresh has no option --bogus/);
  } finally {
    box.cleanup();
  }
});
