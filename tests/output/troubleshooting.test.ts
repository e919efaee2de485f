/** docs/troubleshooting.md says what the program says: every problem, its words, hint and exit code. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../src/problems/problem.ts';
import { explain } from '../../src/output/explain.ts';
import { PROBLEM_SAMPLES } from '../support/problem-samples.ts';

const PAGE = readFileSync(path.join(__dirname, '../../docs/troubleshooting.md'), 'utf8');

interface Row {
  kind: string;
  exitCode: number;
  words: string;
  cause: string;
  hint: string | undefined;
}

function plain(cell: string): string {
  return cell.replace(/^`(.*)`$/, '$1').replaceAll('\\|', '|');
}

/** The rows of the tables under `## Exit N: …`. */
function readRows(): Row[] {
  return PAGE.split(/^## /m).flatMap((section) => {
    const exitCode = /^Exit (\d+):/.exec(section)?.[1];
    if (exitCode === undefined) return [];
    const lines = section.split('\n').filter((line) => line.startsWith('| `'));
    return lines.map((line) => {
      const [kind, words, cause, hint] = line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim());
      return {
        kind: plain(kind!),
        exitCode: Number(exitCode),
        words: plain(words!),
        cause: cause!,
        hint: hint === '–' ? undefined : plain(hint!),
      };
    });
  });
}

const problems: Problem[] = Object.values(PROBLEM_SAMPLES).flat();
const rows = readRows();

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

test('what the first table points at is on the page', () => {
  const [, byWords] = PAGE.split(/^## /m);
  const lines = byWords!.split('\n').filter((line) => line.startsWith('| `'));
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) {
    const kind = /`([^`]+)`\s*\|$/.exec(line)?.[1];
    expect(Object.keys(PROBLEM_SAMPLES)).toContain(kind);
  }
});

test('a message is in lower case and without a full stop, and only AWS’s own words are left as they are', () => {
  for (const problem of problems) {
    if ('said' in problem) continue;
    const { message, hint } = explain(problem);
    expect(message).not.toMatch(/\.$/);
    expect(hint ?? '').not.toMatch(/\.$/);
    expect(message).toMatch(/^[a-z[~'"]|^(?:AWS|STS|HTTPS_PROXY)\b/);
  }
});
