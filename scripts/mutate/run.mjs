/**
 * `npm run mutate`: how good are the tests? Stryker's mutants (one small wrong change each) of the
 * pure rooms, the session and the store; of all of them a sample. Prints the share that the tests
 * notice, by file, and every survivor.
 *
 *     npm run mutate -- [--sample 400] [--seed N] [--only TEXT] [--tests TEXT] [--id N,N] [--minutes 28] [--folder DIR]
 *
 * `--only` takes the mutants of the files whose path has TEXT in it, `--id` single ones; `--tests`
 * takes the test files whose path has TEXT in it (or one of several texts, between commas); `--folder`
 * keeps the work, so that the next run with it records only the tests that have changed, and goes on
 * where the last one stopped if nothing has.
 *
 * Stryker's own run knows which tests reach a mutant in the tests' own process only. Much of this
 * program is tested as it is built, in processes of its own, so that here each of these processes
 * reads from a file which mutant is active, and adds what it reached to another:
 *
 * 1. two copies of the tree, with every mutant in the sources behind a switch, built;
 * 2. the tests once, without a mutant: which test reaches which mutants, and how long it takes;
 * 3. for each mutant of the sample the tests that reach it, those of its room first, up to the first
 *    failure. A run that lasts far longer than it should, and one in which the tests cannot even
 *    be loaded, count as noticed if the same tests pass without the mutant right afterwards.
 *
 * Mutants that the compiler refuses are passed over, as are those of `left-out.mjs`. Now and then a
 * run has no mutant: if one of those fails, the tests fail by themselves, and the run is void.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
  cpSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { makeCompiler, spanOf } from './compile.mjs';
import { outdatedPlaces, reasonToLeaveOut } from './left-out.mjs';
import { header } from './loader.mjs';
import { NO_TEST, Runner } from './runner.mjs';

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
/** Milliseconds of whole-program tests for one mutant: the first of them nearly always tell. */
const PROGRAM_TESTS_MS = 25_000;
/** So many of them are run even on a machine that was busy when their time was taken. */
const LEAST_PROGRAM_TESTS = 12;
const CONTROL_EVERY = 40;
/** The longest that the tests of one file may take while what they reach is recorded, in ms. */
const RECORDING_MS = 900_000;

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string', default: '400' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    only: { type: 'string', default: '' },
    tests: { type: 'string', default: 'tests/' },
    id: { type: 'string', default: '' },
    minutes: { type: 'string', default: '28' },
    folder: { type: 'string' },
  },
});
/** True if one of the texts, which commas separate, is in the name. */
const isChosen = (name, texts) => texts.split(',').some((text) => name.includes(text));
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

const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);
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

/**
 * What a mutant is called by in records that are kept: by what it changes and not by its number, so
 * that a change elsewhere in the sources leaves the records as good as they were.
 */
function nameMutants(mutants) {
  const seen = new Map();
  for (const mutant of mutants) {
    const change = [mutant.mutatorName, originalOf(mutant), mutant.replacement].join('\0');
    const base = `${mutant.fileName}|${hashOf(change)}`;
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    mutant.key = `${base}.${count}`;
  }
}

/**
 * The sources without the mutants that are no regular expression: one such literal, never reached,
 * keeps the whole file from being loaded. The compiler refuses them, so none of them is tried.
 */
function withoutBadPatterns(files, mutants) {
  const bad = mutants.filter(
    ({ mutatorName, replacement }) => mutatorName === 'Regex' && !isPattern(replacement),
  );
  return files.map(({ name, content }) => ({
    name,
    content: bad
      .filter(({ fileName }) => fileName === name)
      .reduce((text, { id, replacement }) => {
        const opening = `stryMutAct_9fa48("${id}") ? `;
        return text.replace(opening + replacement, () => `${opening}/(?!)/`);
      }, content),
  }));
}

function isPattern(literal) {
  const [, pattern, flags] = /^\/([^]*)\/([a-z]*)$/.exec(literal) ?? [];
  try {
    return Boolean(new RegExp(pattern, flags));
  } catch {
    return false;
  }
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

/** Keeps what a recording run wrote, with the mutants by name, and the sources as they were. */
function keepRecord(written, kept) {
  const lines = readFileSync(written, 'utf8').split('\n').filter(Boolean);
  const named = lines.map((line) => {
    const { ids, ...rest } = JSON.parse(line);
    return { ...rest, ids: ids.map((id) => byId.get(id).key) };
  });
  const text = [{ sources: textHashes }, ...named].map((line) => JSON.stringify(line)).join('\n');
  writeFileSync(kept, text);
}

/**
 * Which tests reach which mutant, by the records. A mutant in a source that has changed since, and
 * that the record does not know, counts as reached by whoever reaches anything in that source.
 */
function readRecords(files) {
  const tests = new Map();
  const of = (file, test) => {
    const key = `${file}\n${test}`;
    if (!tests.has(key)) tests.set(key, { file, test, ms: 0, failed: false, ids: new Set() });
    return tests.get(key);
  };
  const inFile = new Map();
  const idOf = new Map(mutants.map(({ key, id }) => [key, id]));
  let changed = new Map();
  const resolve = (keys) => {
    const ids = new Set();
    for (const key of keys) {
      if (idOf.has(key)) ids.add(idOf.get(key));
      for (const id of changed.get(key.slice(0, key.indexOf('|'))) ?? []) ids.add(id);
    }
    return ids;
  };
  for (const line of files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))) {
    if (!line) continue;
    const { file, test, ids: keys, ms, failed, sources: before } = JSON.parse(line);
    if (before !== undefined) {
      changed = changedSince(before);
      continue;
    }
    const ids = resolve(keys);
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

/** The mutants of each source that is not what it was, by its name. */
const changedSince = (before) => {
  const changed = new Map();
  for (const { fileName, id } of mutants) {
    if (before[fileName] === textHashes[fileName]) continue;
    if (!changed.has(fileName)) changed.set(fileName, []);
    changed.get(fileName).push(id);
  }
  return changed;
};

/** A test that takes longer than this waits for something, such as another program, in ms. */
const QUICK_MS = 400;
const isProgramTest = ({ file, ms }) => /^tests\/e2e\//.test(file) || ms > QUICK_MS;
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
      if (!next) continue;
      if (program.length < LEAST_PROGRAM_TESTS || sumOf(program) + next.ms <= PROGRAM_TESTS_MS) {
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

const limitFor = (tests) => sumOf(tests) * 4 + 15_000;

const location = ({ fileName, location: { start } }) =>
  `${fileName}:${start.line + 1}:${start.column + 1}`;
const oneLine = (text) => text.replace(/\s+/g, ' ').slice(0, 90);

const originalOf = (mutant) => {
  const text = texts.get(mutant.fileName);
  return text.slice(...spanOf(text, mutant));
};

const describe = (mutant) =>
  `${location(mutant)} ${mutant.mutatorName}: ${oneLine(originalOf(mutant))} → ${oneLine(mutant.replacement)}`;

const names = filesOfTree();
const sources = names.filter(
  (name) =>
    ROOMS.some((room) => name.startsWith(`src/${room}/`)) &&
    name.endsWith('.ts') &&
    !WORDS.test(name),
);
const { files, mutants } = await instrument(sources);
const outdated = outdatedPlaces(texts);
if (outdated.length > 0) {
  throw new Error(`left-out.mjs names code that is gone:\n${outdated.join('\n')}`);
}
const instrumented = withoutBadPatterns(files, mutants);
nameMutants(mutants);
const byId = new Map(mutants.map((mutant) => [mutant.id, mutant]));
const ids = options.id.split(',').filter(Boolean);
const candidates = shuffled(
  mutants.filter(({ fileName }) => isChosen(fileName, options.only)),
  randomOf(Number(options.seed)),
).filter(({ id }) => ids.length === 0 || ids.includes(id));
const wanted = Number(options.sample);
const thatCompile = makeCompiler(ROOT, texts);
const sample = [];
const omitted = new Map();
const omit = (why) => omitted.set(why, (omitted.get(why) ?? 0) + 1);
while (sample.length < wanted && candidates.length > 0) {
  const next = candidates.splice(0, wanted - sample.length).filter((mutant) => {
    const rule = reasonToLeaveOut(
      mutant,
      texts.get(mutant.fileName),
      spanOf(texts.get(mutant.fileName), mutant),
    );
    if (rule !== undefined) omit(rule);
    return rule === undefined;
  });
  const compiled = thatCompile(next);
  for (let left = next.length - compiled.length; left > 0; left -= 1) omit('does not compile');
  sample.push(...compiled);
}
say(
  `seed ${options.seed}: ${sample.length} of ${mutants.length} mutants in ${sources.length} files`,
);
for (const [why, count] of omitted) console.log(`  passed over on the way: ${count}: ${why}`);

const work = path.resolve(options.folder ?? mkdtempSync(path.join(tmpdir(), 'mutate-')));
mkdirSync(path.join(work, 'reached'), { recursive: true });
chmodSync(work, 0o755);
const trees = Array.from({ length: WORKERS }, (_, index) =>
  makeTree(path.join(work, String(index)), names, instrumented),
);
const runners = trees.map((tree) => new Runner(tree));
const textHashes = Object.fromEntries([...texts].map(([name, text]) => [name, hashOf(text)]));
const testFiles = names.filter(
  (name) => name.endsWith('.test.ts') && !LEFT_OUT.test(name) && isChosen(name, options.tests),
);
/** Where it is kept what the tests of a file reach, by the text of the file. */
const records = new Map(
  testFiles.map((file) => {
    const text = readFileSync(path.join(trees[0], file), 'utf8');
    const name = `${file.replaceAll('/', '-')}.${hashOf(text)}`;
    return [file, { kept: path.join(work, 'reached', name), size: text.length }];
  }),
);
// Big files first, one at a time to whoever is free.
const waiting = testFiles
  .filter((file) => !existsSync(records.get(file).kept))
  .sort((a, b) => records.get(b).size - records.get(a).size);
await Promise.all(
  trees.map(async (tree, index) => {
    const record = path.join(tree, 'reached.jsonl');
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      writeFileSync(record, '');
      // Programs of other users write there, too.
      chmodSync(record, 0o666);
      const { kind, what } = await runners[index].run({ record, files: [file] }, RECORDING_MS);
      if (what !== NO_TEST && (kind === 'broken' || kind === 'timed out')) {
        throw new Error(`${file} does not run in the copy, without a mutant: ${what ?? kind}`);
      }
      keepRecord(record, records.get(file).kept);
    }
  }),
);
const tests = readRecords(testFiles.map((file) => records.get(file).kept));
const unfit = tests.filter(({ failed }) => failed);
say(
  `${tests.length} tests recorded in ${testFiles.length} files; ${unfit.length} fail in the copy and are left out`,
);
for (const { file, test } of unfit) console.log(`  left out: ${file}: ${test}`);

/** What came of a mutant: `survived` and `not reached` are the tests' failures. */
const isNoticed = ({ status }) => ['killed', 'breaks', 'timed out'].includes(status);
const wholeHash = hashOf(
  [
    ...testFiles.map((file) => path.basename(records.get(file).kept)),
    ...Object.values(textHashes),
  ].join(),
);
/** What an earlier run with this folder, on these sources and tests, has found. */
const resultsFile = path.join(work, `results-${wholeHash}.jsonl`);
const known = new Map(
  (existsSync(resultsFile) ? readFileSync(resultsFile, 'utf8').split('\n') : [])
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map((result) => [result.id, result]),
);
const results = [];
const controls = [];
const queue = [...sample];
const lastStart = started + Number(options.minutes) * 60_000;

/** Whether the same tests pass without a mutant; if not, what they say of one counts for nothing. */
async function passesWithout(runner, group) {
  const { kind, what } = await runner.run(controlFor(undefined, group), limitFor(group));
  controls.push(kind);
  if (kind !== 'passed') say(`a run without a mutant: ${kind} ${what ?? ''}`);
  return kind === 'passed';
}

async function judge(runner, mutant) {
  const groups = testsFor(mutant, tests);
  if (groups.length === 0) return { status: 'not reached' };
  for (const group of groups) {
    const { kind, what } = await runner.run(controlFor(mutant.id, group), limitFor(group));
    if (kind === 'passed') continue;
    // Only a test that fails is sure to be the mutant's work.
    if (kind !== 'failed' && !(await passesWithout(runner, group))) return { status: 'unclear' };
    return { status: { failed: 'killed', broken: 'breaks' }[kind] ?? kind, what };
  }
  return { status: 'survived' };
}

async function tryMutants(runner) {
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const before = known.get(mutant.id);
    if (before === undefined && Date.now() > lastStart) return;
    const began = Date.now();
    const result = before ?? { id: mutant.id, ...(await judge(runner, mutant)) };
    result.ms ??= Date.now() - began;
    if (before === undefined) appendFileSync(resultsFile, `${JSON.stringify(result)}\n`);
    results.push({ ...result, mutant });
    if (!isNoticed(result)) console.log(`  ${result.status}: #${mutant.id} ${describe(mutant)}`);
    if (results.length % CONTROL_EVERY === 0) {
      const group = testsFor(mutant, tests).at(-1);
      if (before === undefined && group !== undefined) await passesWithout(runner, group);
      say(`${results.length} done, ${results.filter(isNoticed).length} noticed`);
    }
  }
}
await Promise.all(runners.map(tryMutants));
for (const runner of runners) runner.stop();
if (options.folder === undefined) remove(work);

const share = (list) =>
  `${list.filter(isNoticed).length} of ${list.length} (${((100 * list.filter(isNoticed).length) / list.length).toFixed(1)} %)`;
console.log('\n| file | noticed |\n| --- | --- |');
for (const name of [...new Set(results.map(({ mutant }) => mutant.fileName))].sort()) {
  console.log(`| ${name} | ${share(results.filter(({ mutant }) => mutant.fileName === name))} |`);
}
console.log('\nSurvivors:');
for (const { mutant, status } of results.filter((result) => !isNoticed(result))) {
  console.log(`- ${describe(mutant)}${status === 'survived' ? '' : ` (${status})`}`);
}
const count = (status) => results.filter((result) => result.status === status).length;
const failedControls = controls.filter((kind) => kind !== 'passed').length;
const left = sample.length - results.length;
console.log(
  `\nseed ${options.seed}: noticed ${share(results)}; of them ${count('breaks')} because the program or its tests did not load, ` +
    `${count('timed out')} by time; runs without a mutant that failed: ${failedControls} of ${controls.length}`,
);
if (left > 0) console.log(`Not tried for want of time: ${left}. Run again with the same --folder.`);
if (failedControls > 0) {
  console.log('The run is void: tests failed without a mutant, so that a failure proves nothing.');
  process.exitCode = 1;
}
