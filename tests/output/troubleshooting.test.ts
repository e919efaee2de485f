/** The pages on troubleshooting say what the program says: every problem, its words, hint and exit code. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../src/problems/problem.ts';
import { explain } from '../../src/output/explain.ts';
import { speakJapanese } from '../../src/japanese.ts';
import { PROBLEM_SAMPLES } from '../support/problem-samples.ts';

const read = (page: string): string =>
  readFileSync(path.join(__dirname, '../../docs', page), 'utf8');
const PAGE = read('troubleshooting.md');
const JAPANESE = read('ja/troubleshooting.md');

interface Entry {
  kind: string;
  exitCode: number;
  words: string;
  cause: string;
  hint: string | undefined;
}

/** A paragraph that is one piece of code. */
const CODE = /^`` (.*) ``$|^`([^`]*)`$/;

/** The entries under `## Exit N: …`: words, a cause, and mostly what to do. */
function readEntries(): Entry[] {
  return PAGE.split(/^## /m).flatMap((section) => {
    const exitCode = /^Exit (\d+):/.exec(section)?.[1];
    if (exitCode === undefined) return [];
    return section
      .split(/^### /m)
      .slice(1)
      .flatMap((text) => {
        const [kind, ...paragraphs] = text.trim().split('\n\n');
        const entries: Entry[] = [];
        for (const paragraph of paragraphs) {
          const code = CODE.exec(paragraph);
          const hint = /^What to do: (.*)$/.exec(paragraph)?.[1];
          if (code) {
            const words = code[1] ?? code[2]!;
            entries.push({
              kind: kind!,
              exitCode: Number(exitCode),
              words,
              cause: '',
              hint: undefined,
            });
          } else if (hint) {
            const plain = CODE.exec(hint);
            entries.at(-1)!.hint = plain?.[1] ?? plain?.[2];
          } else {
            entries.at(-1)!.cause = paragraph;
          }
        }
        return entries;
      });
  });
}

const problems: Problem[] = Object.values(PROBLEM_SAMPLES).flat();
const rows = readEntries();

test.each(problems.map((problem) => [explain(problem).message, problem] as const))(
  '%s',
  (message, problem) => {
    const { exitCode, hint } = explain(problem);
    const row = rows.find(({ kind, words }) => kind === problem.kind && words === message);
    expect(row).toMatchObject({ exitCode, hint });
    expect(row?.cause).toMatch(/\w/);
  },
);

test('the page tells of nothing that the program does not say', () => {
  const said = problems.map((problem) => `${problem.kind}: ${explain(problem).message}`);
  expect(rows.map(({ kind, words }) => `${kind}: ${words}`).sort()).toEqual(said.sort());
});

test.each([
  'MultiFactorAuthentication failed with invalid MFA one time pass code',
  'unable to validate MFA code',
  'Unable to locate credentials',
  'CERTIFICATE_VERIFY_FAILED',
  'ValidationError',
  '129600',
  'explicit deny',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'Signature expired',
  'ExpiredToken',
  'Cannot call GetSessionToken with session credentials',
  'RegionDisabledException',
])('AWS’s own words are found on the page: %s', (words) => {
  expect(PAGE).toContain(words);
});

test.each([
  ...[
    'ListBuckets',
    'Access Denied',
    'invalid MFA one time pass code',
    'unable to validate MFA code',
  ],
  ...['Unable to locate credentials', 'CERTIFICATE_VERIFY_FAILED', 'explicit deny', 'ExpiredToken'],
  ...['InvalidClientTokenId', 'SignatureDoesNotMatch', '129600', 'Signature expired'],
  ...['Could not connect to the endpoint URL', 'Unable to parse config file'],
])('AWS’s own words are in a heading of both pages: %s', (words) => {
  for (const page of [PAGE, JAPANESE]) {
    const headings = page.split('\n').filter((line) => line.startsWith('### '));
    expect(headings.filter((heading) => heading.includes(words))).not.toEqual([]);
  }
});

test('what the first part points at is on the page', () => {
  const links = [...PAGE.matchAll(/More: \[([a-z-]+)\]\(#([a-z-]+)\)/g)];
  expect(links.length).toBeGreaterThan(10);
  for (const [, kind, anchor] of links) {
    expect(anchor).toBe(kind);
    expect(Object.keys(PROBLEM_SAMPLES)).toContain(kind);
  }
});

test('both pages can be read in half a window: no tables', () => {
  for (const page of [PAGE, JAPANESE]) expect(page).not.toMatch(/^\|/m);
});

test.each(problems.map((problem) => [explain(problem).message, problem] as const))(
  'the Japanese page has both languages: %s',
  (message, problem) => {
    const { told, exitCode } = explain(problem);
    const section = JAPANESE.split(/^### /m).find((text) =>
      text.startsWith(`終了コード ${exitCode}:`),
    );
    const entry = section?.split(/^#### /m).find((text) => text.startsWith(`${problem.kind}\n`));
    expect(entry).toContain(speakJapanese(told.message));
    expect(entry).toContain(`英語: \`${message}\``);
    if (told.hint) expect(entry).toContain(speakJapanese(told.hint));
  },
);

test('a message is in lower case and without a full stop, and only AWS’s own words are left as they are', () => {
  for (const problem of problems) {
    if ('said' in problem) continue;
    const { message, hint } = explain(problem);
    expect(message).not.toMatch(/\.$/);
    expect(hint ?? '').not.toMatch(/\.$/);
    expect(message).toMatch(/^[a-z[~'"]|^(?:AWS|STS|HTTPS_PROXY)\b/);
  }
});
