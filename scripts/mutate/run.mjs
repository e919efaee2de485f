/**
 * `npm run mutate`: how good are the tests? Stryker's mutants (one small wrong change each) of the
 * pure rooms, the session and the store; of all of them a sample. Prints the share that the tests
 * notice, by file, and every survivor.
 *
 *     npm run mutate -- [--sample 400] [--seed N] [--only TEXT] [--id N,N] [--minutes 28] [--folder DIR]
 *
 * `--only` takes the mutants of the files whose path has TEXT in it, `--id` single ones; `--folder`
 * keeps the work, so that the next run with it records only the tests that have changed.
 *
 * Stryker's own run knows which tests reach a mutant in the tests' own process only. Much of this
 * program is tested as it is built, in processes of its own, so that here each of these processes
 * reads from a file which mutant is active, and adds what it reached to another:
 *
 * 1. two copies of the tree, with every mutant in the sources behind a switch, built;
 * 2. the tests once, without a mutant: which test reaches which mutants, and how long it takes;
 * 3. for each mutant of the sample the tests that reach it, those of its room first, up to the first
 *    failure. A run that lasts far longer than it should counts as noticed: the mutant hangs.
 *
 * Now and then a run has no mutant: if one of those fails, the tests fail by themselves, and the
 * share is worth less. Property tests make few runs (PROPERTY_RUNS).
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
  cpSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { header } from './loader.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROOMS = [
  ...['problems', 'document', 'aws', 'credentials', 'profiles', 'output', 'shells'],
  ...['session', 'store'],
];
/** Sentences: a test that repeats each of them would hold nothing but itself. */
const WORDS = /words|\.ja\.ts$|\.d\.ts$/;
/** Tests of the tests and of the house, of rooms without mutants, under Wine, and those that attack for minutes. */
const LEFT_OUT = /^tests\/(support|lint|attack|sts|system|windows)\//;
const WORKERS = 2;
const PROPERTY_RUNS = '30';
/** Milliseconds of whole-program tests for one mutant: the first of them nearly always tell. */
const PROGRAM_TESTS_MS = 25_000;
const CONTROL_EVERY = 40;

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string', default: '400' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    only: { type: 'string', default: '' },
    id: { type: 'string', default: '' },
    minutes: { type: 'string', default: '28' },
    folder: { type: 'string' },
  },
});
const started = Date.now();
const minutes = () => ((Date.now() - started) / 60_000).toFixed(1);
const say = (line) => console.log(`[${minutes()} min] ${line}`);

/** Numbers between 0 and 1 that depend on the seed alone (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled(list, random) {
  const all = [...list];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other], all[last]];
  }
  return all;
}

const remove = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

function filesOfTree() {
  const listed = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  return listed.stdout.split('\0').filter((name) => name && existsSync(path.join(ROOT, name)));
}

/** The sources as they were at the start: somebody may be at work on them meanwhile. */
const texts = new Map();

async function instrument(names) {
  for (const name of names) texts.set(name, readFileSync(path.join(ROOT, name), 'utf8'));
  const silent = () => undefined;
  const logger = Object.fromEntries([
    ...['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, silent]),
    ...['Trace', 'Debug'].map((level) => [`is${level}Enabled`, () => false]),
  ]);
  const files = names.map((name) => ({
    name,
    mutate: true,
    content: texts.get(name),
  }));
  return new Instrumenter(logger).instrument(files, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
  });
}

const HEADER =
  /function stryNS_9fa48\(\) \{[^]*?function stryMutAct_9fa48[^]*?return isActive\(id\);\s*\}/;

/** A copy of the tree with the mutants in it, built; one that is there already is brought up to date. */
function makeTree(folder, names, instrumented) {
  if (existsSync(folder))
    for (const name of ['src', 'tests', 'run', 'tmp']) remove(path.join(folder, name));
  mkdirSync(path.join(folder, 'tmp'), { recursive: true });
  chmodSync(path.join(folder, 'tmp'), 0o1777);
  for (const name of names) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    cpSync(path.join(ROOT, name), path.join(folder, name));
  }
  for (const shared of ['node_modules', '.cache']) {
    if (existsSync(path.join(ROOT, shared)) && !existsSync(path.join(folder, shared))) {
      // Hard links: an `npm ci` in the tree must not empty the copy's under its tests.
      spawnSync('cp', ['-al', path.join(ROOT, shared), path.join(folder, shared)]);
    }
  }
  const opening = header(path.join(folder, 'control.json'));
  for (const { name, content } of instrumented) {
    writeFileSync(
      path.join(folder, name),
      content.replace(HEADER, () => opening),
    );
  }
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (built.status !== 0) throw new Error('the copy with the mutants does not build');
  mkdirSync(path.join(folder, 'run'));
  return folder;
}

/** Runs jest in a tree; gives `true` if all passed, `false` if not, `undefined` if it did not end. */
function runTests(tree, control, limitMs) {
  writeFileSync(path.join(tree, 'control.json'), JSON.stringify(control), { mode: 0o644 });
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        'node_modules/jest/bin/jest.js',
        ...['--config', 'scripts/mutate/jest.config.cjs', '--runInBand', '--silent'],
        ...(control.record ? [] : ['--bail']),
        ...['--forceExit', '--runTestsByPath', ...control.files],
      ],
      {
        cwd: tree,
        detached: true,
        stdio: 'ignore',
        env: {
          ...process.env,
          PROPERTY_RUNS,
          TMPDIR: path.join(tree, 'tmp'),
          MFA_PROFILE_TEST_RUN: path.join(tree, 'run'),
        },
      },
    );
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      kill(-child.pid);
    }, limitMs);
    child.once('close', (code) => {
      clearTimeout(timer);
      if (isLate) endLeftovers(tree);
      resolve(isLate ? undefined : code === 0);
    });
  });
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Ends what a run that was killed has left behind: the processes whose folder is the tree's own. */
function endLeftovers(tree) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readlinkSync(`/proc/${pid}/cwd`).startsWith(`${tree}/`)) kill(Number(pid));
    } catch {
      // It has ended, or it is somebody else's.
    }
  }
}

/** Which tests reach which mutant, from the lines that the recording runs wrote. */
function readRecords(files) {
  const tests = new Map();
  const of = (file, test) => {
    const key = `${file}\n${test}`;
    if (!tests.has(key)) tests.set(key, { file, test, ms: 0, failed: false, ids: new Set() });
    return tests.get(key);
  };
  const inFile = new Map();
  for (const line of files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))) {
    if (!line) continue;
    const { file, test, ids, ms, failed } = JSON.parse(line);
    if (test === null) {
      // Outside any test: when the file was loaded, or before all.
      if (!inFile.has(file)) inFile.set(file, new Set());
      for (const id of ids) inFile.get(file).add(id);
    } else {
      const entry = of(file, test);
      for (const id of ids) entry.ids.add(id);
      entry.ms += ms ?? 0;
      entry.failed ||= failed === true;
    }
  }
  const all = [...tests.values()];
  for (const entry of all) for (const id of inFile.get(entry.file) ?? []) entry.ids.add(id);
  return all;
}

const isProgramTest = ({ file }) => /^tests\/(e2e|store)\//.test(file);
const sumOf = (tests) => tests.reduce((sum, { ms }) => sum + ms, 0);

/** The tests for a mutant: in two groups, quick ones, and such as run the built program. */
function testsFor(mutant, all) {
  const room = mutant.fileName.split('/')[1];
  const reaching = all.filter(({ failed, ids }) => !failed && ids.has(mutant.id));
  const rank = ({ file }) => (file.startsWith(`tests/${room}/`) ? 0 : 1);
  reaching.sort((a, b) => rank(a) - rank(b) || a.ids.size - b.ids.size);
  const quick = reaching.filter((test) => !isProgramTest(test));
  const program = [];
  // One of each file in turn: tests of one file are alike.
  const byFile = new Map();
  for (const test of reaching.filter(isProgramTest)) {
    byFile.set(test.file, [...(byFile.get(test.file) ?? []), test]);
  }
  const queues = [...byFile.values()];
  while (queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      const next = queue.shift();
      if (next && (program.length === 0 || sumOf(program) + next.ms <= PROGRAM_TESTS_MS)) {
        program.push(next);
      }
    }
  }
  return [quick, program].filter((group) => group.length > 0);
}

function controlFor(mutant, tests) {
  const files = [...new Set(tests.map(({ file }) => file))];
  const byFile = {};
  for (const { file, test } of tests) (byFile[file] ??= []).push(test);
  return { mutant, files, tests: byFile };
}

const limitFor = (tests) => sumOf(tests) * 4 + 30_000;

const location = ({ fileName, location: { start } }) =>
  `${fileName}:${start.line + 1}:${start.column + 1}`;
const oneLine = (text) => text.replace(/\s+/g, ' ').slice(0, 90);

function originalOf({ fileName, location: { start, end } }) {
  const lines = texts
    .get(fileName)
    .split('\n')
    .slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column);
  lines[0] = lines[0].slice(start.column);
  return lines.join('\n');
}

const describe = (mutant) =>
  `${location(mutant)} ${mutant.mutatorName}: ${oneLine(originalOf(mutant))} → ${oneLine(mutant.replacement)}`;

const names = filesOfTree();
const sources = names.filter(
  (name) =>
    ROOMS.some((room) => name.startsWith(`src/${room}/`)) &&
    name.endsWith('.ts') &&
    !WORDS.test(name),
);
const { files: instrumented, mutants } = await instrument(sources);
const ids = options.id.split(',').filter(Boolean);
const sample = shuffled(
  mutants.filter(({ fileName }) => fileName.includes(options.only)),
  randomOf(Number(options.seed)),
)
  .filter(({ id }) => ids.length === 0 || ids.includes(id))
  .slice(0, Number(options.sample));
say(
  `seed ${options.seed}: ${sample.length} of ${mutants.length} mutants in ${sources.length} files`,
);

const work = path.resolve(options.folder ?? mkdtempSync(path.join(tmpdir(), 'mutate-')));
mkdirSync(path.join(work, 'reached'), { recursive: true });
chmodSync(work, 0o755);
const trees = Array.from({ length: WORKERS }, (_, index) =>
  makeTree(path.join(work, String(index)), names, instrumented),
);
const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);
const sourcesHash = hashOf(instrumented.map(({ content }) => content).join());
const testFiles = names.filter((name) => name.endsWith('.test.ts') && !LEFT_OUT.test(name));
/** Where it is kept what the tests of a file reach: by the text of the file and of the sources. */
const records = new Map(
  testFiles.map((file) => {
    const text = readFileSync(path.join(trees[0], file), 'utf8');
    const name = `${file.replaceAll('/', '-')}.${hashOf(sourcesHash + text)}`;
    return [file, { kept: path.join(work, 'reached', name), size: text.length }];
  }),
);
// Big files first, one at a time to whoever is free.
const waiting = testFiles
  .filter((file) => !existsSync(records.get(file).kept))
  .sort((a, b) => records.get(b).size - records.get(a).size);
await Promise.all(
  trees.map(async (tree) => {
    const record = path.join(tree, 'reached.jsonl');
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      writeFileSync(record, '');
      // Programs of other users write there, too.
      chmodSync(record, 0o666);
      await runTests(tree, { record, files: [file] }, 300_000);
      cpSync(record, records.get(file).kept);
    }
  }),
);
const tests = readRecords(testFiles.map((file) => records.get(file).kept));
const unfit = tests.filter(({ failed }) => failed);
say(
  `${tests.length} tests recorded in ${testFiles.length} files; ${unfit.length} fail in the copy and are left out`,
);
for (const { file, test } of unfit) console.log(`  left out: ${file}: ${test}`);

const isNoticed = ({ status }) => status === 'killed' || status === 'timed out';
const results = [];
let controls = 0;
let failedControls = 0;
const queue = [...sample];
const lastStart = started + Number(options.minutes) * 60_000;
async function tryMutants(tree) {
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    if (Date.now() > lastStart) return;
    const groups = testsFor(mutant, tests);
    let status = groups.length === 0 ? 'not reached' : 'survived';
    const began = Date.now();
    for (const group of groups) {
      const passed = await runTests(tree, controlFor(mutant.id, group), limitFor(group));
      if (passed === true) continue;
      status = passed === false ? 'killed' : 'timed out';
      break;
    }
    results.push({ mutant, status, ms: Date.now() - began });
    if (!isNoticed({ status })) console.log(`  ${status}: #${mutant.id} ${describe(mutant)}`);
    if (results.length % CONTROL_EVERY === 0 && groups.length > 0) {
      controls += 1;
      const passed = await runTests(
        tree,
        controlFor(undefined, groups.at(-1)),
        limitFor(groups.at(-1)),
      );
      if (passed !== true) failedControls += 1;
      say(`${results.length} done, ${results.filter(isNoticed).length} noticed`);
    }
  }
}
await Promise.all(trees.map(tryMutants));
if (options.folder === undefined) remove(work);

const share = (list) =>
  `${list.filter(isNoticed).length} of ${list.length} (${((100 * list.filter(isNoticed).length) / list.length).toFixed(1)} %)`;
console.log('\n| file | noticed |\n| --- | --- |');
for (const name of [...new Set(results.map(({ mutant }) => mutant.fileName))].sort()) {
  console.log(`| ${name} | ${share(results.filter(({ mutant }) => mutant.fileName === name))} |`);
}
console.log('\nSurvivors:');
for (const { mutant, status } of results.filter((result) => !isNoticed(result))) {
  console.log(`- ${describe(mutant)}${status === 'not reached' ? ' (no test reaches it)' : ''}`);
}
if (failedControls > 0)
  console.log('\nTests failed without a mutant: the figures below are not to be relied on.');
const left = sample.length - results.length;
console.log(
  `\nseed ${options.seed}: noticed ${share(results)}, of them ${results.filter(({ status }) => status === 'timed out').length} by time; ` +
    `runs without a mutant that failed: ${failedControls} of ${controls}${left > 0 ? `; not tried for want of time: ${left}` : ''}`,
);
