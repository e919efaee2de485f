/**
 * Files made of odd lines and odd characters, through the reader and the editor, with botocore as the judge:
 * what it refuses we name, what it reads we read alike, and what we write it reads back. What was found
 * so is in fixtures/format/found.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc, { SEED } from '../support/fast-check.ts';
import {
  inspectDocument,
  parseDocument,
  putSection,
  readSection,
  removeSection,
  sectionsNamed,
} from '../../src/document/index.ts';
import type { Document, Finding } from '../../src/document/index.ts';
import { strip } from '../../src/document/text.ts';
import { meaningOf } from '../../src/document/finding-words.ts';
import type { Reporter } from '../../src/output/reporter.ts';
import { warnOfLostHeader } from '../../src/session/file-warnings.ts';
import { isFailure } from '../../src/problems/problem.ts';
import { readWithBotocore, testWithBotocore } from '../support/botocore.ts';
import type { Profiles } from '../support/botocore.ts';
import { fuzzRuns } from '../support/runs.ts';

const RUNS = fuzzRuns(1000);
const AT_ONCE = 2000;

const NAME = 'x_token';
const SESSION = new Map([
  ['aws_access_key_id', 'ASIAIOSFODNN7EXAMPLE'],
  ['aws_secret_access_key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  ['aws_session_token', 'IQoJb3Jp+made/up=='],
]);

// prettier-ignore
const LINES = [
  '[a]', '[b]', '[c] # note', '[d];glued', '[ e ]', '[x_token]', '[x_token] ; mine', '[ x_token ]', '[x_token];glued', '[prof/é@1]', ' [f]', '[g', ']', '[]', '[h]]', '[i [j]', '[default]',
  'k1 = v1', 'k2: v2', 'K3=v3 # c', 'k4', 'k5 =', 'k6 = a = b', 'k7 : a = b', '= v', ': v', 'k[8] = v', '[k9 = v', 'k10 = [v]',
  '  k = v', '    deeper = v', '\tmore', '  s3 =', 's3 =', '    x = 1', '    y', '  z:1', '  # in', '  ; in', ' = v', '  [n]', '    [n] = v',
  'aws_session_token = old', 'AWS_SESSION_TOKEN: old', '  aws_session_token = indented', 'aws_session_token =', 'IQoJwrapped==', '  IQoJwrapped',
  '# comment', '; comment', ' # comment', '#[d]', 'rem x', '\u00a0\u00a0nbsp', '', '', '   ', '\t', '"quoted" = "v"', "k = 'v'",
];
// prettier-ignore
const CHARACTERS = [
  '\v', '\f', '\x1c', '\x1d', '\x1e', '\x1f', '\x85', '\xa0', '\u2028', '\u2029', '\u3000', '\u200b', '\ufeff', '\x1a', '\x08',
  'é', '本', '😀', '[', ']', '=', ':', '#', ';', ' ', '\t', '"', '%', '\\', '-',
];

const character = fc.constantFrom(...CHARACTERS);
const oddLine = fc
  .tuple(fc.constantFrom(...LINES), fc.nat(20), character)
  .map(([line, at, put]) => line.slice(0, at) + put + line.slice(at));
const line = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...LINES) },
  { weight: 3, arbitrary: oddLine },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(character, fc.string({ maxLength: 3 })), { maxLength: 6 })
      .map((all) => all.join('')),
  },
);
const ending = fc.constantFrom('\n', '\n', '\n', '\r\n');
const file = fc
  .tuple(
    fc.constantFrom('[first]\n', '[first]\n', '[first]\n', '', '\ufeff[first]\n'),
    fc.array(fc.tuple(line, ending), { maxLength: 12 }),
    fc.boolean(),
  )
  .map(([start, lines, isEnded]) => {
    const text = start + lines.map(([words, end]) => words + end).join('');
    return isEnded ? text : text.replace(/\r?\n$/, '');
  });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Case {
  readonly text: string;
  readonly document: Document;
  readonly put: Uint8Array;
  readonly removed: Uint8Array;
}

/** Undefined for what no edit is safe in. */
function caseOf(text: string): Case | undefined {
  try {
    const document = parseDocument(Buffer.from(text), 'credentials');
    const put = putSection(document, NAME, { set: SESSION });
    const removed = removeSection(parseDocument(put, 'credentials'), NAME, (key) =>
      SESSION.has(key),
    );
    return { text, document, put, removed };
  } catch (error) {
    if (isFailure(error) && error.problem.kind === 'unparsable-file') return undefined;
    throw error;
  }
}

function isWarnedOf(document: Document, put: Uint8Array): boolean {
  const said: unknown[] = [];
  const reporter = { warn: (line: unknown) => said.push(line) } as unknown as Reporter;
  warnOfLostHeader(document, put, NAME, reporter);
  return said.length > 0;
}

const isRefused = (findings: readonly Finding[]) =>
  findings.some((finding) => meaningOf(finding).refusedByCli);

/** Nothing if botocore and we agree on the file, else where we differ. */
function complaint(
  one: Case,
  before: Profiles | 'error',
  after: Profiles | 'error',
): string | undefined {
  const { document, text } = one;
  const findings = inspectDocument(document);
  const kinds = new Set(findings.map(({ kind }) => kind));
  const named = isRefused(findings);
  if (before === 'error' && !named) return 'botocore refuses it, and we have no word of it';
  // What we take for a section under an indented header is part of a value to botocore: we may see too much there.
  if (before !== 'error' && named && !kinds.has('indented-header'))
    return 'we say that botocore refuses it, and it does not';
  const written = inspectDocument(parseDocument(one.put, 'credentials'));
  // A refresh warns of a header that is indented right under the session, or in it.
  const isSpoilt = isWarnedOf(document, one.put);
  if (after === 'error') {
    if (!isRefused(written)) return 'botocore refuses what we wrote, and we have no word of it';
    return before === 'error' || isSpoilt ? undefined : 'botocore refuses what we wrote';
  }
  for (const [key, value] of SESSION)
    if (!isSpoilt && after.get(NAME)?.get(key) !== value) return `botocore reads another ${key}`;
  if (sectionsNamed(document, NAME).length === 0 && Buffer.from(one.removed).toString() !== text)
    return 'put and removed is not what it was';
  if (before === 'error' || kinds.has('indented-header') || isSpoilt) return undefined;
  const others = (profiles: Profiles) =>
    JSON.stringify(
      Array.from(profiles, ([name, values]) => [name, ...values]).filter(
        ([name]) => strip(name as string) !== NAME,
      ),
    );
  if (others(before) !== others(after)) return 'another section is not what it was';
  for (const [name, values] of before) {
    // [DEFAULT]'s keys reach every profile of botocore's; blanks around a name are another name to it.
    if (kinds.has('blank-in-name') || kinds.has('reserved-name') || name !== strip(name)) continue;
    const ours = readSection(document, name);
    for (const [key, value] of values)
      if (typeof value === 'string' && ours?.get(key) !== value)
        return `${JSON.stringify(key)} of ${JSON.stringify(name)} is ${JSON.stringify(ours?.get(key))} to us and ${JSON.stringify(value)} to botocore`;
  }
  return undefined;
}

function judge(texts: readonly string[]): { judged: number; complaints: string[] } {
  const cases = texts.map(caseOf).filter((one) => one !== undefined);
  const files = new Map<string, 'credentials'>();
  const write = (name: string, bytes: Uint8Array | string) => {
    const at = path.join(folder, name);
    writeFileSync(at, bytes);
    files.set(at, 'credentials');
    return at;
  };
  const places = cases.map(
    ({ text, put }, index) =>
      [write(`${index}-before`, text), write(`${index}-after`, put)] as const,
  );
  const read = readWithBotocore(files);
  const complaints = cases.flatMap((one, index) => {
    const [before, after] = places[index]!.map((place) => read.get(place)!);
    const said = complaint(one, before!, after!);
    return said === undefined ? [] : [`${said}: ${JSON.stringify(one.text)}`];
  });
  return { judged: cases.length, complaints };
}

testWithBotocore('what was found once', () => {
  const found = path.join(__dirname, '../../fixtures/format/found');
  const texts = readdirSync(found).map((name) => readFileSync(path.join(found, name), 'utf8'));
  expect(judge(texts).complaints).toEqual([]);
});

function judgeGenerated(): void {
  let judged = 0;
  for (let done = 0; done < RUNS; done += AT_ONCE) {
    const texts = fc.sample(file, { numRuns: Math.min(AT_ONCE, RUNS - done), seed: SEED + done });
    const { judged: more, complaints } = judge(texts);
    judged += more;
    complaints.sort((one, other) => one.length - other.length);
    expect(complaints.slice(0, 20)).toEqual([]);
  }
  expect(judged).toBeGreaterThan(RUNS / 2);
}

// `npm run fuzz` judges 100,000 of them.
testWithBotocore('generated files', judgeGenerated, 3_000_000);
